"""HTTP: the defaults of requests, and what is managed for them: headers, cookies, cache, credentials, names."""

from __future__ import annotations

from silhouette_plan.language.statements.http_lines import (
    BODY,
    COMMON,
    QUERY,
    SHARED_FIELDS,
    joined_proxy,
    setting,
    split_proxy,
)
from silhouette_plan.language.statements.model import Built, Clause, Line, Operand, Place, Row, Values, differing, flags
from silhouette_plan.language.statements.values import NUMBER, TEXT, choice, word_or_text
from silhouette_plan.language.texts import spell, without_holes
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


def _defaults(values: Values) -> Built:
    values.pop("headers", None)
    return HttpDefaults, split_proxy(values)


def _of_defaults(element: HttpDefaults) -> Values:
    return {**differing(element, "base", "path", "method", *SHARED_FIELDS), **joined_proxy(element)}


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

ROWS = (
    Row(
        verb="http",
        kinds=(HttpDefaults,),
        place=Place.SCOPED,
        lines=(
            setting("base", "base", TEXT, "The URL that paths are added to."),
            _HEADER,
            QUERY,
            BODY,
            setting("scheme", "protocol", TEXT, "`http` or `https`."),
            setting("host", "domain", TEXT, "The host."),
            setting("port", "port", NUMBER, "The port."),
            setting("path", "path", TEXT, "The path of requests that have none."),
            setting("method", "method", TEXT, "The method of requests that have none."),
            *COMMON,
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
"""What is merged into requests."""
