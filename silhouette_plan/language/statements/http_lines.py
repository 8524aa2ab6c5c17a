"""The lines that HTTP requests and the defaults of HTTP have: what is sent, and how."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.jsonbody import JSON_BODY
from silhouette_plan.language.statements.model import Clause, Line, Operand, Values, differing, flags
from silhouette_plan.language.statements.values import LONG_TEXT, MILLISECONDS, NUMBER, TEXT
from silhouette_plan.plan.configs import HttpDefaults
from silhouette_plan.plan.samplers import HttpArgument, HttpFile, HttpRequest


def _argument(values: Values) -> HttpArgument:
    raw, value = values.pop("raw", False), values.pop("value", "")
    return HttpArgument(value=value, encode=not raw, **values)


def _of_argument(argument: HttpArgument) -> Values | None:
    if not isinstance(argument.encode, bool) or not isinstance(argument.use_equals, bool):
        return None
    values: Values = {"name": argument.name, "value": argument.value}
    if not argument.encode:
        values["raw"] = True
    if not argument.use_equals:
        values["use_equals"] = False
    return {**values, "content_type": argument.content_type} if argument.content_type else values


_ARGUMENT_OPERANDS = (Operand("name", TEXT), Operand("value", TEXT, optional=True))
_ARGUMENT_CLAUSES = (
    *flags("raw"),
    Clause("no-equals", "use_equals", constant=False),
    Clause("type", "content_type", TEXT),
)


def _arguments(verb: str, summary: str) -> Line:
    return Line(
        verb=verb,
        operands=_ARGUMENT_OPERANDS,
        clauses=_ARGUMENT_CLAUSES,
        into="arguments",
        make=_argument,
        unmake=_of_argument,
        summary=summary,
    )


QUERY = _arguments("query", "A name and value of the query, percent-encoded unless `raw`.")
FORM = _arguments("form", "A name and value of the form that is sent.")
QUERY_IN_PATH = Line(
    verb="query",
    operands=_ARGUMENT_OPERANDS,
    clauses=flags("raw"),
    into="query",
    unmake=lambda item: None,
    summary="A name and value of the query, put behind the path.",
)


def _file(values: Values) -> HttpFile:
    return HttpFile(values["path"], values["parameter"], values.get("mime_type", ""))


def _of_file(file: HttpFile) -> Values:
    values = {"parameter": file.parameter, "path": file.path}
    return {**values, "mime_type": file.mime_type} if file.mime_type else values


FILE = Line(
    verb="file",
    operands=(Operand("parameter", TEXT), Operand("path", TEXT)),
    clauses=(Clause("type", "mime_type", TEXT),),
    into="files",
    make=_file,
    unmake=_of_file,
    summary="A part of a multipart body from a file; with an empty name, the body itself.",
)
BODY = Line(
    verb="body",
    operands=(Operand("body", LONG_TEXT, optional=True),),
    clauses=(Clause("from", "body_file", TEXT),),
    summary="The raw body.",
)
JSON = Line(verb="json", operands=(Operand("json", JSON_BODY),), summary="The body as JSON, sent as written.")


def flag(verb: str, name: str, constant: Any, summary: str) -> Line:
    """A line of one word."""

    def unmake(values: Values) -> Values | None:
        return {} if name in values and values[name] == constant and type(values[name]) is type(constant) else None

    return Line(verb=verb, make=lambda values: {name: constant}, unmake=unmake, summary=summary)


def setting(verb: str, name: str, value: Any, summary: str) -> Line:
    """A line of one word with one value."""
    return Line(verb=verb, operands=(Operand(name, value),), summary=summary)


def _embedded(values: Values) -> Values:
    concurrent = {"concurrent_embedded": True} if "embedded_parallel" in values else {}
    return {**values, "embedded": True, **concurrent}


def _of_embedded(values: Values) -> Values | None:
    if values.get("embedded") is not True:
        return None
    return {name: values[name] for name in ("embedded_matching", "embedded_parallel") if name in values}


_TIMEOUT = Line(
    verb="timeout",
    clauses=(Clause("connect", "connect_timeout", MILLISECONDS), Clause("response", "response_timeout", MILLISECONDS)),
    summary="How long to wait for the connection and for the answer.",
)
_EMBEDDED = Line(
    verb="embedded",
    clauses=(Clause("matching", "embedded_matching", TEXT), Clause("parallel", "embedded_parallel", NUMBER)),
    make=_embedded,
    unmake=_of_embedded,
    summary="Also fetches what the page embeds, where the URL matches.",
)
_PROXY = Line(
    verb="proxy",
    operands=(Operand("proxy", TEXT),),
    clauses=(
        Clause("scheme", "proxy_scheme", TEXT),
        Clause("user", "proxy_user", TEXT),
        Clause("password", "proxy_password", TEXT),
    ),
    summary="A proxy, `host:port`.",
)
COMMON = (
    _TIMEOUT,
    _EMBEDDED,
    setting("embedded-parallel", "embedded_parallel", NUMBER, "How many of them at once, where they are fetched."),
    _PROXY,
    setting("encoding", "encoding", TEXT, "The character set of the body."),
    flag("http2", "implementation", "http2", "Speaks HTTP/2."),
    setting("client", "implementation", TEXT, "The HTTP client that JMeter uses."),
    setting("source-address", "source_address", TEXT, "The local address."),
    flag("md5", "save_as_md5", True, "Keeps the MD5 of the answer, not the answer."),
)


def split_proxy(values: Values) -> Values:
    """``values`` with the proxy of the line `proxy` as host and port."""
    if "proxy" in values:
        host, colon, port = values.pop("proxy").rpartition(":")
        values |= {"proxy_host": host, "proxy_port": port} if colon else {"proxy_host": port}
    return values


def joined_proxy(element: HttpRequest | HttpDefaults) -> Values:
    """The line `proxy` of ``element``; nothing where it has none."""
    values = differing(element, "proxy_scheme", "proxy_user", "proxy_password")
    if element.proxy_host or element.proxy_port or values:
        values["proxy"] = f"{element.proxy_host}:{element.proxy_port}" if element.proxy_port else element.proxy_host
    return values


SHARED_FIELDS = (
    *("protocol", "domain", "port", "encoding", "arguments", "body", "connect_timeout", "response_timeout"),
    *("embedded", "embedded_matching", "embedded_parallel", "implementation", "source_address", "save_as_md5"),
)
"""Fields that are alike in a request and in the defaults."""
