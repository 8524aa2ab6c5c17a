"""HTTP: requests with their own lines, defaults, and what is managed for them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from silhouette_plan.language.statements.jsonbody import JSON_BODY
from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Refused,
    Row,
    Values,
    differing,
    flags,
)
from silhouette_plan.language.statements.values import LONG_TEXT, MILLISECONDS, NUMBER, TEXT, choice, word_or_text
from silhouette_plan.language.texts import is_hole, spell, without_holes
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import (
    AuthManager,
    Authorization,
    CacheManager,
    Cookie,
    CookieManager,
    DnsCacheManager,
    Header,
    HeaderManager,
    HttpDefaults,
    KeystoreConfig,
    LoginConfig,
    StaticHost,
)
from silhouette_plan.plan.samplers import HttpArgument, HttpFile, HttpRequest

_QUERY_METHODS = ("GET", "DELETE", "OPTIONS")
"""Methods whose arguments JMeter puts into the query; others have a form."""

# ---- lines of requests


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


_QUERY = _arguments("query", "A name and value of the query, percent-encoded unless `raw`.")
_FORM = _arguments("form", "A name and value of the form that is sent.")
_QUERY_IN_PATH = Line(
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


_FILE = Line(
    verb="file",
    operands=(Operand("parameter", TEXT), Operand("path", TEXT)),
    clauses=(Clause("type", "mime_type", TEXT),),
    into="files",
    make=_file,
    unmake=_of_file,
    summary="A part of a multipart body from a file; with an empty name, the body itself.",
)
_BODY = Line(
    verb="body",
    operands=(Operand("body", LONG_TEXT, optional=True),),
    clauses=(Clause("from", "body_file", TEXT),),
    summary="The raw body.",
)
_JSON = Line(verb="json", operands=(Operand("json", JSON_BODY),), summary="The body as JSON, sent as written.")


def _flag(verb: str, name: str, constant: Any, summary: str) -> Line:
    """A line of one word."""

    def unmake(values: Values) -> Values | None:
        return {} if name in values and values[name] == constant and type(values[name]) is type(constant) else None

    return Line(verb=verb, make=lambda values: {name: constant}, unmake=unmake, summary=summary)


def _setting(verb: str, name: str, value: Any, summary: str) -> Line:
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
_COMMON = (
    _TIMEOUT,
    _EMBEDDED,
    _setting("embedded-parallel", "embedded_parallel", NUMBER, "How many of them at once, where they are fetched."),
    _PROXY,
    _setting("encoding", "encoding", TEXT, "The character set of the body."),
    _flag("http2", "implementation", "http2", "Speaks HTTP/2."),
    _setting("client", "implementation", TEXT, "The HTTP client that JMeter uses."),
    _setting("source-address", "source_address", TEXT, "The local address."),
    _flag("md5", "save_as_md5", True, "Keeps the MD5 of the answer, not the answer."),
)
_REDIRECTS = {"follow": (True, False), "auto": (False, True), "none": (False, False)}
_REQUEST_LINES = (
    _FILE,
    _BODY,
    _JSON,
    _setting(
        "redirects", "redirects", choice("a way", {word: word for word in _REDIRECTS}), "What to do with a redirect."
    ),
    _flag("no-keepalive", "keep_alive", False, "Closes the connection after the answer."),
    _flag("multipart", "multipart", True, "Sends form and files as multipart."),
    _flag("browser-compatible", "browser_compatible", True, "Multipart headers as browsers write them."),
    *_COMMON,
)
_ADDRESS = (Clause("scheme", "protocol", TEXT), Clause("host", "domain", TEXT), Clause("port", "port", NUMBER))


def _split_proxy(values: Values) -> Values:
    if "proxy" in values:
        host, colon, port = values.pop("proxy").rpartition(":")
        values |= {"proxy_host": host, "proxy_port": port} if colon else {"proxy_host": port}
    return values


def _joined_proxy(element: HttpRequest | HttpDefaults) -> Values:
    values = differing(element, "proxy_scheme", "proxy_user", "proxy_password")
    if element.proxy_host or element.proxy_port or values:
        values["proxy"] = f"{element.proxy_host}:{element.proxy_port}" if element.proxy_port else element.proxy_host
    return values


_SHARED_FIELDS = (
    *("protocol", "domain", "port", "encoding", "arguments", "body", "connect_timeout", "response_timeout"),
    *("embedded", "embedded_matching", "embedded_parallel", "implementation", "source_address", "save_as_md5"),
)

# ---- requests


def _request(method: str) -> Any:
    def build(values: Values) -> Built:
        values = _split_proxy({"method": method, **values} if method else values)
        if "redirects" in values:
            values["follow_redirects"], values["auto_redirects"] = _REDIRECTS[values.pop("redirects")]
        if "json" in values:
            values |= {"body": values.pop("json"), "json_body": True}
        for item in values.pop("query", ()):
            values["path"] = _with_query(values["path"], item)
        if values.get("arguments") and values.get("body") is not None:
            raise Refused("a request has either a body or a form, not both")
        return HttpRequest, values

    return build


def _with_query(path: str, item: Values) -> str:
    name, value = item["name"], item.get("value")
    if not item.get("raw"):
        name, value = _encoded(name), None if value is None else _encoded(value)
    return f"{path}{'&' if '?' in path else '?'}{name}" + ("" if value is None else f"={value}")


def _encoded(text: str) -> str:
    if "${" not in text:
        return quote(text, safe="")
    if is_hole(text):
        return f"${{__urlencode({text})}}"
    raise Refused("a text of the query is constant or one hole; write `raw` and encode the parts")


def _of_request(method: str) -> Any:
    def values_of(element: HttpRequest) -> Values | None:
        if method and element.method != method:
            return None
        fields = (*_SHARED_FIELDS, "body_file", "files", "keep_alive", "multipart", "browser_compatible")
        values = {"path": element.path, **differing(element, *fields), **_joined_proxy(element)}
        if not method:
            values["method"] = element.method
        if element.json_body is True and JSON_BODY.show(element.body) is not None:
            values["json"] = values.pop("body")
        ways = (element.follow_redirects, element.auto_redirects)
        way = next((word for word, meant in _REDIRECTS.items() if meant == ways), "follow")
        return values if way == "follow" else {**values, "redirects": way}

    return values_of


def _request_name(method: str) -> Any:
    def name(values: Values) -> str:
        path = values["path"].split("?", 1)[0] if not values["path"].startswith("${") else values["path"]
        return f"{method or values['method']} {without_holes(path)}"

    return name


def _request_row(verb: str, method: str) -> Row:
    arguments = (_QUERY,) if method in _QUERY_METHODS else (_QUERY_IN_PATH, _FORM)
    named = () if method else (Operand("method", TEXT),)
    shown = verb if method else f'{verb} "PROPFIND"'
    return Row(
        verb=verb,
        kinds=(HttpRequest,),
        operands=(*named, Operand("path", TEXT)),
        clauses=_ADDRESS,
        lines=(*arguments, *_REQUEST_LINES),
        build=_request(method),
        values_of=_of_request(method),
        default_name=_request_name(method),
        jmeter="HTTP Request",
        summary=f"Sends {method or 'any method'}."
        if verb != "get"
        else "Sends GET. Without `as` a request is called by method and path, without the query.",
        example=f'threads "Users" {{\n  {shown} "/items/${{id}}" as "Item" {{\n    header "Accept" "text/html"\n    timeout connect 5s response 30s\n  }}\n}}',
    )


# ---- defaults and managers


def _defaults(values: Values) -> Built:
    values.pop("headers", None)
    return HttpDefaults, _split_proxy(values)


def _of_defaults(element: HttpDefaults) -> Values:
    return {**differing(element, "base", "path", "method", *_SHARED_FIELDS), **_joined_proxy(element)}


def _headers_beside(headers: tuple[Header, ...]) -> Element:
    name = f"header {spell(headers[0].name)} {spell(headers[0].value)}" if len(headers) == 1 else "headers"
    return HeaderManager(name=without_holes(name), headers=headers)


def _of_header(element: HeaderManager) -> Values | None:
    if len(element.headers) != 1:
        return None
    return {"name": element.headers[0].name, "value": element.headers[0].value}


_HEADER = Line(
    verb="header",
    operands=(Operand("name", TEXT), Operand("value", TEXT)),
    into="headers",
    make=lambda values: Header(values["name"], values["value"]),
    unmake=lambda header: {"name": header.name, "value": header.value},
    summary="A header of every request in scope.",
)


def _of_cookie(cookie: Cookie) -> Values | None:
    values: Values = {"name": cookie.name, "value": cookie.value}
    for name, default in (
        ("domain", ""),
        ("path", ""),
        ("expires", "0"),
        ("secure", False),
        ("path_specified", True),
        ("domain_specified", True),
    ):
        value = getattr(cookie, name)
        if isinstance(default, bool) and not isinstance(value, bool):
            return None
        if value != default:
            values[name] = value
    return values


_COOKIE = Line(
    verb="cookie",
    operands=(Operand("name", TEXT), Operand("value", TEXT)),
    clauses=(
        Clause("domain", "domain", TEXT),
        Clause("path", "path", TEXT),
        *flags("secure"),
        Clause("expires", "expires", NUMBER),
        Clause("no-path", "path_specified", constant=False),
        Clause("no-domain", "domain_specified", constant=False),
    ),
    into="cookies",
    make=lambda values: Cookie(**values),
    unmake=_of_cookie,
    summary="A cookie from the start.",
)
_MECHANISM = choice(
    "a mechanism",
    {"basic": "BASIC", "digest": "DIGEST", "kerberos": "KERBEROS", "basic-digest": "BASIC_DIGEST", "bearer": "BEARER"},
)
_AUTH_OPERANDS = (
    Operand("mechanism", _MECHANISM),
    Operand("url", TEXT),
    Operand("user", TEXT, optional=True),
    Operand("password", TEXT, optional=True),
)
_AUTH_CLAUSES = (Clause("domain", "domain", TEXT), Clause("realm", "realm", TEXT))


def _of_authorization(entry: Authorization) -> Values:
    values = {"mechanism": entry.mechanism, "url": entry.url, "user": entry.user, "password": entry.password}
    return values | {name: value for name in ("domain", "realm") if (value := getattr(entry, name))}


_AUTH = Line(
    verb="auth",
    operands=_AUTH_OPERANDS,
    clauses=_AUTH_CLAUSES,
    into="entries",
    make=lambda values: Authorization(**values),
    unmake=_of_authorization,
    summary="Credentials for URLs that begin with a text.",
)
_CLEAR = Clause("clear-each-iteration", "clear_each_iteration")
_BY_GROUP = Clause("by-group", "controlled_by_group")

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")

ROWS = (
    *(_request_row(verb, verb.upper()) for verb in _VERBS),
    _request_row("request", ""),
    Row(
        verb="http",
        kinds=(HttpDefaults,),
        place=Place.SCOPED,
        lines=(
            _setting("base", "base", TEXT, "The URL that paths are added to."),
            _HEADER,
            _QUERY,
            _BODY,
            _setting("scheme", "protocol", TEXT, "`http` or `https`."),
            _setting("host", "domain", TEXT, "The host."),
            _setting("port", "port", NUMBER, "The port."),
            _setting("path", "path", TEXT, "The path of requests that have none."),
            _setting("method", "method", TEXT, "The method of requests that have none."),
            *_COMMON,
        ),
        build=_defaults,
        values_of=_of_defaults,
        beside={"headers": _headers_beside},
        jmeter="HTTP Request Defaults, and a HTTP Header Manager for its headers",
        summary="What requests in scope leave out.",
        example='http {\n  base "http://localhost:8000/api"\n  header "Accept" "application/json"\n  timeout connect 5s response 30s\n}',
    ),
    Row(
        verb="header",
        kinds=(HeaderManager,),
        place=Place.SCOPED,
        operands=(Operand("name", TEXT), Operand("value", TEXT)),
        build=lambda values: (HeaderManager, {"headers": (Header(values["name"], values["value"]),)}),
        values_of=_of_header,
        jmeter="HTTP Header Manager",
        summary="A header of every request in scope; the nearest of one name wins.",
        example='header "Authorization" "Bearer ${token}"',
    ),
    Row(
        verb="headers",
        kinds=(HeaderManager,),
        place=Place.SCOPED,
        title="name",
        operands=(Operand("name", TEXT, optional=True),),
        lines=(_HEADER,),
        jmeter="HTTP Header Manager",
        summary="Several headers in one element.",
        example='headers {\n  header "Accept" "application/json"\n  header "X-API-Key" "${key}"\n}',
    ),
    Row(
        verb="cookies",
        kinds=(CookieManager,),
        place=Place.SCOPED,
        clauses=(
            _CLEAR,
            _BY_GROUP,
            Clause("policy", "policy", word_or_text("a policy")),
            Clause("handler", "implementation", TEXT),
        ),
        lines=(_COOKIE,),
        jmeter="HTTP Cookie Manager",
        summary="Keeps cookies, a jar a user. Without it none are kept.",
        example='cookies clear-each-iteration policy standard {\n  cookie "lang" "en" domain "localhost"\n}',
    ),
    Row(
        verb="cache",
        kinds=(CacheManager,),
        place=Place.SCOPED,
        clauses=(
            _CLEAR,
            Clause("ignore-expires", "use_expires", constant=False),
            Clause("max", "max_size", NUMBER),
            _BY_GROUP,
        ),
        jmeter="HTTP Cache Manager",
        summary="Keeps what may be kept, a cache a user.",
        example="cache clear-each-iteration max 1000",
    ),
    Row(
        verb="auth",
        kinds=(AuthManager,),
        place=Place.SCOPED,
        operands=_AUTH_OPERANDS,
        clauses=_AUTH_CLAUSES,
        build=lambda values: (AuthManager, {"entries": (Authorization(**values),)}),
        values_of=lambda element: _of_authorization(element.entries[0]) if len(element.entries) == 1 else None,
        jmeter="HTTP Authorization Manager",
        summary="Credentials for URLs that begin with a text.",
        example='auth basic "http://localhost:8000/" "user" "secret"',
    ),
    Row(
        verb="credentials",
        kinds=(AuthManager,),
        place=Place.SCOPED,
        clauses=(_CLEAR, _BY_GROUP),
        lines=(_AUTH,),
        jmeter="HTTP Authorization Manager",
        summary="Several credentials in one element.",
        example='credentials clear-each-iteration {\n  auth basic "http://a/" "user" "secret"\n  auth digest "http://b/" "user" "secret"\n}',
    ),
    Row(
        verb="login",
        kinds=(LoginConfig,),
        place=Place.SCOPED,
        operands=(Operand("user", TEXT), Operand("password", TEXT)),
        jmeter="Login Config Element",
        summary="User and password of samplers that have none.",
        example='login "user" "secret"',
    ),
    Row(
        verb="dns",
        kinds=(DnsCacheManager,),
        place=Place.SCOPED,
        clauses=(_CLEAR, Clause("custom", "custom_resolver")),
        lines=(
            Line(
                verb="server",
                operands=(Operand("server", TEXT),),
                into="servers",
                make=lambda v: v["server"],
                unmake=lambda server: {"server": server},
                summary="A name server.",
            ),
            Line(
                verb="address",
                operands=(Operand("name", TEXT), Operand("address", TEXT)),
                into="hosts",
                make=lambda v: StaticHost(**v),
                unmake=lambda host: {"name": host.name, "address": host.address},
                summary="The address of a host.",
            ),
        ),
        jmeter="DNS Cache Manager",
        summary="Name servers and addresses of the users' own.",
        example='dns custom {\n  server "1.1.1.1"\n  address "api.example.com" "127.0.0.1"\n}',
    ),
    Row(
        verb="keystore",
        kinds=(KeystoreConfig,),
        place=Place.SCOPED,
        clauses=(
            Clause("alias", "alias_variable", TEXT),
            Clause("from", "start_index", NUMBER),
            Clause("to", "end_index", NUMBER),
            Clause("preload", "preload", TEXT),
        ),
        jmeter="Keystore Configuration",
        summary="Client certificates by index.",
        example='keystore alias "cert" from 0 to 9',
    ),
)
"""Requests, and what is merged into them."""
