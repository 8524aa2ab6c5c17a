"""Diagnostics of HTTP."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

_TABLE = (
    Code(
        "HT001",
        "proxy is not supported",
        "The request goes through an HTTP proxy. silplan speaks to targets directly; take the proxy out of the request and "
        "of the HTTP Request Defaults in its scope.",
    ),
    Code(
        "HT002",
        "HTTP/2 is not supported",
        "The request asks for HTTP/2. silplan speaks HTTP/1.1. Leave the implementation away to send the same requests so.",
    ),
    Code(
        "HT003",
        "other HTTP implementation",
        "The plan names the `Java` implementation, or one of a plugin. silplan sends and records as JMeter's default, "
        "HttpClient4, does: other default headers, other texts of failures. The plan runs.",
        Severity.WARNING,
    ),
    Code(
        "HT004",
        "cookie policy is not supported",
        "Supported are `standard`, `standard-strict`, `netscape`, `default`, `best-match`, `compatibility` and "
        "`ignoreCookies`. The policies of RFC 2109 and RFC 2965 send cookies with `$Version`, which no server asks for.",
    ),
    Code(
        "HT005",
        "authentication mechanism is not supported",
        "Supported are `BASIC`, `DIGEST`, `BASIC_DIGEST` and `BEARER`. Kerberos needs a ticket that silplan cannot get.",
    ),
    Code(
        "HT006",
        "custom DNS servers are not supported",
        "The DNS Cache Manager names DNS servers of its own. silplan asks the system's resolver; static hosts of the same "
        "manager work.",
    ),
    Code(
        "HT007",
        "protocol is not supported",
        "JMeter's HTTP Request also reads local files by `file:`. silplan sends `http` and `https` only.",
    ),
    Code(
        "HT008",
        "brotli is not decoded",
        "The request says that it accepts `br`, and whatever reads the body would find it compressed. silplan decodes "
        "`gzip` and `deflate`. Leave `br` out of `Accept-Encoding`.",
        Severity.WARNING,
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _TABLE}
