"""HTTP requests, a verb a method."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from silhouette_plan.language.statements.http_lines import (
    BODY,
    COMMON,
    FILE,
    FORM,
    JSON,
    QUERY,
    QUERY_IN_PATH,
    SHARED_FIELDS,
    flag,
    joined_proxy,
    setting,
    split_proxy,
)
from silhouette_plan.language.statements.jsonbody import JSON_BODY
from silhouette_plan.language.statements.model import Built, Clause, Operand, Refused, Row, Values, differing
from silhouette_plan.language.statements.values import NUMBER, TEXT, choice
from silhouette_plan.language.texts import is_hole, without_holes
from silhouette_plan.plan.samplers import HttpRequest

_QUERY_METHODS = ("GET", "DELETE", "OPTIONS")
"""Methods whose arguments JMeter puts into the query; others have a form."""

_REDIRECTS = {"follow": (True, False), "auto": (False, True), "none": (False, False)}
_REQUEST_LINES = (
    FILE,
    BODY,
    JSON,
    setting(
        "redirects", "redirects", choice("a way", {word: word for word in _REDIRECTS}), "What to do with a redirect."
    ),
    flag("no-keepalive", "keep_alive", False, "Closes the connection after the answer."),
    flag("multipart", "multipart", True, "Sends form and files as multipart."),
    flag("browser-compatible", "browser_compatible", True, "Multipart headers as browsers write them."),
    *COMMON,
)
_ADDRESS = (Clause("scheme", "protocol", TEXT), Clause("host", "domain", TEXT), Clause("port", "port", NUMBER))


def _request(method: str) -> Any:
    def build(values: Values) -> Built:
        values = split_proxy({"method": method, **values} if method else values)
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
        fields = (*SHARED_FIELDS, "body_file", "files", "keep_alive", "multipart", "browser_compatible")
        values = {"path": element.path, **differing(element, *fields), **joined_proxy(element)}
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
    arguments = (QUERY,) if method in _QUERY_METHODS else (QUERY_IN_PATH, FORM)
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


_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")

ROWS = (*(_request_row(verb, verb.upper()) for verb in _VERBS), _request_row("request", ""))
