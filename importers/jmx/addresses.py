"""A whole URL in the host name field: JMeter takes one in the path, so it moves there and the request goes where it says.

The field may hold the URL itself or a variable of the plan that does; the variable stays in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from silhouette_plan.importers.jmx.findings import Findings

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import HttpDefaults
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import TestPlan, UserVariables
from silhouette_plan.plan.walk import transform, walk, walk_with_path

_URL = re.compile(r"https?://", re.IGNORECASE)
_BARE_HOST = re.compile(r"https?://[^/:?#]+", re.IGNORECASE)
_PARTS = re.compile(r"(https?)://([^/:?#@$\[\]\s]+)(?::(\d+))?/?", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{(\w+)\}")


def move_urls(plan: TestPlan, findings: Findings) -> TestPlan:
    """``plan`` with every URL moved from ``domain`` to ``path``."""
    values = _values(plan)
    bases = _inherited(plan, values)

    def of_request(element: Element) -> Element:
        if isinstance(element, HttpRequest) and (_is_url(element.domain, values) or id(element) in bases):
            return _moved(element, bases.get(id(element), element.domain), values, findings)
        return element

    def of_defaults(element: Element) -> Element:
        if isinstance(element, HttpDefaults) and _is_url(element.domain, values):
            return _split(element, findings)
        return element

    changed = transform(transform(plan, of_request), of_defaults)
    return changed if isinstance(changed, TestPlan) else plan


def _inherited(plan: TestPlan, values: Mapping[str, str]) -> dict[int, str]:
    """URLs that requests get from the nearest defaults, by the request's id, where these cannot be split into parts."""
    found: dict[int, str] = {}
    if not any(isinstance(one, HttpDefaults) and _is_url(one.domain, values) for one in walk(plan)):
        return found
    for element, above in walk_with_path(plan):
        if isinstance(element, HttpRequest) and not element.domain:
            scope = (one for ancestor in (element, *reversed(above)) for one in ancestor.children if one.enabled)
            nearest = next((one for one in scope if isinstance(one, HttpDefaults) and one.domain), None)
            if nearest and _is_url(nearest.domain, values) and not _PARTS.fullmatch(nearest.domain):
                found[id(element)] = nearest.domain
    return found


def _values(plan: TestPlan) -> dict[str, str]:
    values = {one.name: one.value for one in plan.variables}
    for element in walk(plan, disabled=False):
        if isinstance(element, UserVariables):
            values.update((one.name, one.value) for one in element.variables)
    return values


def _is_url(domain: str, values: Mapping[str, str]) -> bool:
    return bool(_URL.match(_value(domain, values)))


def _value(domain: str, values: Mapping[str, str]) -> str:
    """``domain``, with a variable that it begins with replaced by its value."""
    reference = _REFERENCE.match(domain)
    if reference is None:
        return domain
    return values.get(reference[1], "") + domain[reference.end() :]


def _moved(request: HttpRequest, base: str, values: Mapping[str, str], findings: Findings) -> HttpRequest:
    if _URL.match(request.path):
        return request
    base = base.rstrip("/")
    if request.port and _BARE_HOST.fullmatch(_value(base, values)):
        base = f"{base}:{request.port}"
    path = request.path if request.path.startswith(("/", "?")) or not request.path else f"/{request.path}"
    _report(request, base, f"path “{base}{path}”", findings)
    return replace(request, protocol="", domain="", port="", path=base + path)


def _split(defaults: HttpDefaults, findings: Findings) -> HttpDefaults:
    """Defaults cannot hold a URL in the path, for a request's own path replaces theirs: its parts go to their fields, and
    what cannot be taken apart (a variable, a path of its own) has been put before the paths of the requests in scope."""
    parts = _PARTS.fullmatch(defaults.domain)
    if parts is None:
        _report(defaults, defaults.domain, "the beginning of the paths in its scope", findings)
        return replace(defaults, protocol="", domain="", port="")
    scheme, host, port = parts[1].lower(), parts[2], parts[3] or defaults.port
    _report(defaults, defaults.domain, f"protocol “{scheme}”, host “{host}”, port “{port}”", findings)
    return replace(defaults, protocol=scheme, domain=host, port=port)


def _report(element: HttpRequest | HttpDefaults, url: str, into: str, findings: Findings) -> None:
    span = element.span
    line, path = (span.line, span.path) if span else (1, "")
    findings.add("JX307", f"host name “{url}” is a URL; it is read as {into}", line, path=path)
