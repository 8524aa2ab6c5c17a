"""XPath 1: expressions compiled once, faults in Xalan's words, and results as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lxml import etree

from silhouette_plan.elements.xml.document_paths import from_document

_VARIABLE = re.compile(r"\$([\w.-]+)")
_CALL = re.compile(r"([A-Za-z][\w-]*)\s*\(")
XPATH_FUNCTIONS = frozenset((
    "boolean", "ceiling", "comment", "concat", "contains", "count", "false", "floor", "id", "lang", "last", "local-name",
    "name", "namespace-uri", "node", "normalize-space", "not", "number", "position", "processing-instruction", "round",
    "starts-with", "string", "string-length", "substring", "substring-after", "substring-before", "sum", "text", "translate",
    "true", "and", "or", "div", "mod",
))  # fmt: skip
"""Words before a parenthesis that XPath 1 knows."""
_PREFIX = re.compile(r"([A-Za-z_][\w.-]*):(?!:)")


class BadQuery(ValueError):
    """An XPath expression that cannot be read or evaluated."""


Namespaces = tuple[tuple[str, str], ...]
"""Prefixes with what they stand for."""


def namespaces_of(tree: Any, *, aware: bool = True) -> Namespaces:
    """The prefixes that the root element declares. A reader that knows no namespaces finds nothing by them."""
    prefixes = sorted((prefix, uri) for prefix, uri in tree.getroot().nsmap.items() if prefix)
    return tuple((prefix, uri if aware else f"no namespace: {prefix}") for prefix, uri in prefixes)


@lru_cache(maxsize=1024)
def compile_xpath(query: str, namespaces: Namespaces = ()) -> Callable[[Any], Any]:
    """``query`` compiled, to be asked of a tree; it and its result raise ``BadQuery``."""
    try:
        compiled = etree.XPath(from_document(query), namespaces=dict(namespaces))
    except etree.XPathError as problem:
        raise BadQuery(_query_fault(query, namespaces, problem)) from None

    def evaluate(tree: Any) -> Any:
        try:
            return compiled(tree)
        except etree.XPathError as problem:
            raise BadQuery(_query_fault(query, namespaces, problem)) from None

    return evaluate


def _query_fault(query: str, namespaces: Namespaces, problem: Exception) -> str:
    message = str(problem)
    if not query:
        return "Empty expression!"
    if "Undefined variable" in message and (match := _VARIABLE.search(query)):
        return f"Variable not resolvable: {match[1]}"
    if "Unregistered function" in message:
        unknown = next((name for name in _CALL.findall(query) if name not in XPATH_FUNCTIONS), "")
        return f"Could not find function: {unknown}"
    if "Undefined namespace prefix" in message:
        known = dict(namespaces)
        unknown = next((prefix for prefix in _PREFIX.findall(query) if prefix not in known), "")
        return f"Prefix must resolve to a namespace: {unknown}"
    return message


def selects_document(query: str, tree: Any, namespaces: Namespaces) -> bool:
    """Whether an empty result of ``query`` is really the document itself, which lxml leaves out of results."""
    return bool(compile_xpath(f"count({query})", namespaces)(tree))


def node_value(node: Any) -> str | None:
    """A node's value: of an element, that of its first child (``XPathUtil.getValueForNode``)."""
    if isinstance(node, str):
        return str(node)
    if not isinstance(node.tag, str):
        return str(node.text or "")
    if node.text:
        return str(node.text)
    return node_value(node[0]) if len(node) and not isinstance(node[0].tag, str) else None


def number_text(number: float) -> str:
    """A number as XPath writes it."""
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def scalar_text(value: object) -> str:
    """A result that is no set of nodes, as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, float) else str(value)
