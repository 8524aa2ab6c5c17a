"""What an element looks at: what nothing reads need not be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from silhouette_plan.plan import assertions, expressions, processors
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression


class Reads(NamedTuple):
    """Whether an element may look at a sample's body, its response headers, its request (headers, data)."""

    body: bool = False
    headers: bool = False
    request: bool = False


NOTHING = Reads()
EVERYTHING = Reads(True, True, True)
BODY = Reads(body=True)
HEADERS = Reads(headers=True)
REQUEST = Reads(request=True)

_FIELDS: Mapping[str, Reads] = {
    "Assertion.response_data": BODY,
    "Assertion.response_data_as_document": BODY,
    "Assertion.response_headers": HEADERS,
    "Assertion.request_headers": REQUEST,
    "Assertion.request_data": REQUEST,
}
_SOURCES: Mapping[str, Reads] = {
    "true": HEADERS,
    "request_headers": REQUEST,
    "URL": NOTHING,
    "code": NOTHING,
    "message": NOTHING,
}
_NAMES: Mapping[str, Reads] = {
    "body": BODY,
    "rows": BODY,
    "unescaped": BODY,
    "document": BODY,
    "headers": HEADERS,
    "request-headers": REQUEST,
}
_QUERIES = frozenset({"json", "jmespath", "regex", "boundary", "xpath", "xpath2", "css"})


def reads_by_scope(node: Any) -> Reads:
    """The body, unless a variable is searched instead."""
    return NOTHING if node.scope == "variable" else BODY


def reads_by_source(node: Any) -> Reads:
    """What ``useHeaders`` names."""
    return NOTHING if node.scope == "variable" else _SOURCES.get(node.source, BODY)


def reads_by_field(node: Any) -> Reads:
    """What ``Assertion.test_field`` names."""
    return NOTHING if node.scope == "variable" else _FIELDS.get(node.field, NOTHING)


def reads_by_measure(node: Any) -> Reads:
    """The sizes of headers and body are told apart where headers are kept."""
    return HEADERS if node.field in ("SizeAssertion.response_headers", "SizeAssertion.response_data") else NOTHING


def reads_by_expressions(node: Any) -> Reads:
    """What the expressions of ``node`` name."""
    parts = (getattr(node, field, None) for field in ("condition", "value", "when"))
    return _merged(part for expression in parts if expression is not None for part in _reads_of(expression))


def _merged(parts: Iterator[Reads]) -> Reads:
    body = headers = request = False
    for part in parts:
        body, headers, request = body or part.body, headers or part.headers, request or part.request
    return Reads(body, headers, request)


def _reads_of(expression: Expression) -> Iterator[Reads]:
    match expression:
        case expressions.Name(name):
            yield _NAMES.get(name, NOTHING)
        case expressions.Call(function, arguments):
            if function == "header":
                yield HEADERS
            elif function in _QUERIES:
                yield BODY
            elif function.startswith("__"):
                yield EVERYTHING
            for argument in arguments:
                yield from _reads_of(argument)
        case expressions.ListOf(items):
            for item in items:
                yield from _reads_of(item)
        case expressions.Range(one, other) | expressions.Binary(_, one, other):
            yield from _reads_of(one)
            yield from _reads_of(other)
        case expressions.Unary(_, operand) | expressions.IsKind(operand):
            yield from _reads_of(operand)
        case _:
            return


READS: Mapping[type[Element], Reads | Callable[[Any], Reads]] = {
    processors.JsonExtractor: reads_by_scope,
    processors.JmesPathExtractor: reads_by_scope,
    processors.XPathExtractor: reads_by_scope,
    processors.XPath2Extractor: reads_by_scope,
    processors.CssExtractor: reads_by_scope,
    processors.RegexExtractor: reads_by_source,
    processors.BoundaryExtractor: reads_by_source,
    processors.ExpressionExtractor: reads_by_expressions,
    processors.Check: reads_by_expressions,
    processors.Record: reads_by_expressions,
    processors.DebugPostProcessor: NOTHING,
    processors.ResultAction: NOTHING,
    assertions.ResponseAssertion: reads_by_field,
    assertions.DurationAssertion: NOTHING,
    assertions.SizeAssertion: reads_by_measure,
    assertions.JsonAssertion: BODY,
    assertions.JmesPathAssertion: BODY,
    assertions.XPathAssertion: reads_by_scope,
    assertions.XPath2Assertion: reads_by_scope,
    assertions.XmlAssertion: BODY,
    assertions.XmlSchemaAssertion: BODY,
    assertions.Md5HexAssertion: BODY,
    assertions.CompareAssertion: BODY,
    assertions.JsonSchemaAssertion: BODY,
    assertions.ExpressionAssertion: reads_by_expressions,
}
"""What each kind looks at, or how to tell for a node. A kind without a row looks at everything."""


def reads(node: Element) -> Reads:
    """What ``node`` looks at in a sample."""
    told = READS.get(type(node), EVERYTHING)
    return told if isinstance(told, Reads) else told(node)
