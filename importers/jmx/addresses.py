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
from silhouette_plan.plan.walk import transform, walk

_URL = re.compile(r"https?://", re.IGNORECASE)
_BARE_HOST = re.compile(r"https?://[^/:?#]+", re.IGNORECASE)
_PARTS = re.compile(r"(https?)://([^/:?#@$\[\]\s]+)(?::(\d+))?(/[^?#\s$]*)?", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{(\w+)\}")


def move_urls(plan: TestPlan, findings: Findings) -> TestPlan:
    """``plan`` with every URL moved from ``domain`` to ``path``."""
    values = _values(plan)

    def change(element: Element) -> Element:
        if isinstance(element, HttpRequest) and _is_url(element.domain, values):
            return _moved(element, values, findings)
        if isinstance(element, HttpDefaults) and _is_url(element.domain, values):
            return _split(element, findings)
        return element

    changed = transform(plan, change)
    return changed if isinstance(changed, TestPlan) else plan


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


def _moved(request: HttpRequest, values: Mapping[str, str], findings: Findings) -> HttpRequest:
    if _URL.match(request.path):
        return request
    base = request.domain.rstrip("/")
    if request.port and _BARE_HOST.fullmatch(_value(base, values)):
        base = f"{base}:{request.port}"
    path = request.path if request.path.startswith(("/", "?")) or not request.path else f"/{request.path}"
    _report(request, f"path “{base}{path}”", findings)
    return replace(request, protocol="", domain="", port="", path=base + path)


def _split(defaults: HttpDefaults, findings: Findings) -> HttpDefaults:
    """Defaults cannot hold a URL in the path, for a request's own path replaces theirs."""
    parts = _PARTS.fullmatch(defaults.domain)
    if parts is None:
        return defaults
    scheme, host, port, path = parts[1].lower(), parts[2], parts[3] or defaults.port, defaults.path or parts[4] or ""
    _report(defaults, f"protocol “{scheme}”, host “{host}”, port “{port}”, path “{path}”", findings)
    return replace(defaults, protocol=scheme, domain=host, port=port, path=path)


def _report(element: HttpRequest | HttpDefaults, into: str, findings: Findings) -> None:
    span = element.span
    line, path = (span.line, span.path) if span else (1, "")
    findings.add("JX307", f"host name “{element.domain}” is a URL; it is read as {into}", line, path=path)
