"""XPath 2 as far as XPath 1 goes: what needs more is refused, never guessed at."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from silhouette_plan.elements.xml.xpath import XPATH_FUNCTIONS, Namespaces, node_value

_TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL = re.compile(r"([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(")
_DIVISION = re.compile(r"\sdiv\s")


def unsupported(query: str) -> str | None:
    """What in ``query`` is beyond XPath 1, None where nothing is."""
    bare = _TEXTS.sub("''", query)
    for name in _CALL.findall(bare):
        if name not in XPATH_FUNCTIONS:
            return f"{query}: the function {name}"
    if _DIVISION.search(bare):
        return f"{query}: division, which gives a decimal number in XPath 2"
    if not query:
        return None
    try:
        etree.XPath(query, namespaces={})
    except etree.XPathError as problem:
        return f"{query}: {problem}"
    return None


def read_namespaces(text: str) -> Namespaces:
    """Lines ``prefix=uri``."""
    pairs = (line.partition("=") for line in text.split("\n"))
    return tuple((prefix, uri) for prefix, mark, uri in pairs if mark and prefix)


def string_value(node: Any) -> str | None:
    """All the text in a node."""
    if isinstance(node, str) or not isinstance(node.tag, str):
        return node_value(node)
    return str(node.xpath("string()"))
