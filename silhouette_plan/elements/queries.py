"""The language's queries: what an expression reads from a response (``json(path)``, ``regex(re, headers)`` …).

A last argument more than a query needs is the text to search instead of the body. A query that finds nothing is unset
(None); so is one on a body that is not of its format, with one warning a run.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jmespath.exceptions import JMESPathError

from silhouette_plan.elements.documents import json_of
from silhouette_plan.elements.extractors.boundary import between
from silhouette_plan.elements.extractors.css import find_elements, jsoup_value
from silhouette_plan.elements.html.conditions import BadSelector
from silhouette_plan.elements.html.jsoup import jsoup_of, read_as_jsoup
from silhouette_plan.elements.jmes import BadDocument, compile_query, document_of, read_document
from silhouette_plan.elements.jsonpath import NotJson, PathFault, compile_path, parse
from silhouette_plan.elements.xml.reading import BadXml, read_xml
from silhouette_plan.elements.xml.xpath import BadQuery, compile_xpath, namespaces_of, node_value
from silhouette_plan.elements.xml.xpath2 import string_value
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.coercion import NULL, text_of
from silhouette_plan.values.context import EvaluateWithSample, Query, ValueContext
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.user import User

_FAULTS = (
    NotJson,
    PathFault,
    BadDocument,
    JMESPathError,
    PatternFault,
    MatchTooLong,
    BadXml,
    BadQuery,
    BadSelector,
)

Source = Sample | str
"""A sample, whose body is meant, or a text."""

Search = Callable[..., object]
"""Searches a source (first) for what the other arguments, all text, say."""


def _query(name: str, operands: int, search: Search) -> Query:
    """A query of ``operands`` arguments, and one more for another source."""

    def build(arguments: tuple[EvaluateWithSample, ...], context: ValueContext) -> EvaluateWithSample:
        asked, rest = arguments[:operands], arguments[operands:]
        source_of = rest[0] if rest else None

        def evaluate(user: User, sample: Sample | None) -> object:
            source: Any = sample or user.previous if source_of is None else source_of(user, sample)
            if source is None:
                return None
            if source_of is not None:
                source = text_of(source)
            try:
                return search(source, *[text_of(argument(user, sample)) for argument in asked])
            except _FAULTS as problem:
                _warn_once(user, name, str(problem))
                return None

        return evaluate

    return build


def _warn_once(user: User, name: str, problem: str) -> None:
    def warn() -> bool:
        user.run.finding("EL016", f"{name}() is unset: {problem}")
        return True

    user.run.service(("query", name), warn)


def _text(source: Source) -> str:
    return source if isinstance(source, str) else source.text


def _json(source: Source, path: str) -> object:
    """The value of a definite path, the array of all matches of any other."""
    document = parse(source) if isinstance(source, str) else json_of(source)
    compiled = compile_path(path)
    try:
        found = compiled.read(document)
    except PathFault:
        return None
    if found == [] and not compiled.definite:
        return None
    return _value(found)


def _value(found: object) -> object:
    """JSON as a value of an expression."""
    if found is None:
        return NULL
    return float(found) if isinstance(found, Decimal) else found


def _jmespath(source: Source, path: str) -> object:
    found: object = compile_query(path)(read_document(source) if isinstance(source, str) else document_of(source))
    return found


def _regex(source: Source, pattern: str) -> object:
    """The first group of the first match, or all of it where there is no group."""
    match = compile_oro_regex(pattern).search(_text(source))
    if match is None:
        return None
    return match[1] if match.re.groups else match[0]


def _boundary(source: Source, left: str, right: str) -> object:
    return next(between(_text(source), left, right), None)


def _xpath_by(value_of: Callable[[Any], str | None]) -> Search:
    def search(source: Source, query: str) -> object:
        tree = read_xml(_text(source))
        found = compile_xpath(query, namespaces_of(tree))(tree)
        if isinstance(found, list):
            return value_of(found[0]) if found else None
        return found

    return search


def _header(source: Source, name: str) -> object:
    """The value of the first header called ``name``, in any case."""
    text = source if isinstance(source, str) else source.response_headers
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == name.lower():
            return value.strip()
    return None


def css(arguments: tuple[EvaluateWithSample, ...], context: ValueContext) -> EvaluateWithSample:
    """``css(selector[, attribute[, source]])``."""
    if len(arguments) == 1:
        return _query("css", 1, lambda source, selector: _first_element(source, selector, ""))(arguments, context)
    return _query("css", 2, _first_element)(arguments, context)


def _first_element(source: Source, selector: str, attribute: str) -> object:
    tree = read_as_jsoup(source) if isinstance(source, str) else jsoup_of(source)
    elements = find_elements((tree,), selector)
    return jsoup_value(elements[0], attribute) if elements else None


json = _query("json", 1, _json)
jmespath = _query("jmespath", 1, _jmespath)
regex = _query("regex", 1, _regex)
boundary = _query("boundary", 2, _boundary)
xpath = _query("xpath", 1, _xpath_by(node_value))
xpath2 = _query("xpath2", 1, _xpath_by(string_value))
header = _query("header", 1, _header)
