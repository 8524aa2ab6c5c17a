"""What a request asks for that silplan does not do: said before the run, never dropped in silence."""

from __future__ import annotations

import re

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.protocols.http.codes import CODES
from silhouette_plan.protocols.http.cookies import IGNORE, NETSCAPE, STANDARD
from silhouette_plan.protocols.http.merge import Merged

_MECHANISMS = {"", "BASIC", "DIGEST", "BASIC_DIGEST", "BEARER"}
_HTTP_CLIENT = {"", "HttpClient4", "HttpClient3.1"}


def refuse(merged: Merged, build: Build) -> None:
    """Reports all that ``merged`` holds and that cannot be done."""
    node = merged.node
    if merged.proxy_host:
        _report(build, "HT001", node, "this request goes through a proxy", "send it directly")
    if "http2" in merged.implementation.lower():
        _report(build, "HT002", node, "this request asks for HTTP/2", "leave the implementation away")
    elif merged.implementation not in _HTTP_CLIENT:
        _report(build, "HT003", node, f"this request asks for the implementation {merged.implementation!r}", "")
    if merged.protocol.strip().lower() == "file":
        _report(build, "HT007", node, "this request reads a local file", "serve the file over HTTP")
    for header in merged.headers:
        if header.name.lower() == "accept-encoding" and re.search(r"\bbr\b", header.value):
            _report(build, "HT008", node, f"Accept-Encoding: {header.value}", "leave `br` out")
    _refuse_managers(merged, build)


def _refuse_managers(merged: Merged, build: Build) -> None:
    if merged.cookies is not None and merged.cookies.policy.strip().lower() not in ("", IGNORE, *STANDARD, *NETSCAPE):
        _report(build, "HT004", merged.cookies, f"the cookie policy {merged.cookies.policy!r}", "use `standard`")
    for entry in merged.auth.entries if merged.auth is not None else ():
        if entry.mechanism.upper() not in _MECHANISMS:
            _report(build, "HT005", merged.auth, f"the mechanism {entry.mechanism!r}", "use BASIC or DIGEST")
    if merged.dns is not None and merged.dns.custom_resolver and merged.dns.servers:
        _report(build, "HT006", merged.dns, "DNS servers of its own", "list the addresses as static hosts")


def _report(build: Build, code: str, node: Element | None, what: str, hint: str) -> None:
    kind = CODES[code]
    span = node.span if node is not None else None
    build.report(Diagnostic(code, f"{kind.title}: {what}", span, kind.severity, hint=hint))
