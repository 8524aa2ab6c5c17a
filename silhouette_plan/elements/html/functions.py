"""What Jsoup's selectors ask of an element and XPath 1 cannot: functions for lxml in a namespace of their own, ``j``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silhouette_plan.elements.html.jsoup import data_of, own_text, visible_text
from silhouette_plan.values.java.regex import compile_java_regex

_NAMESPACE = "urn:silhouette-plan:jsoup"

NAMESPACES = {"j": _NAMESPACE}


def _found(context: object, text: str, pattern: str) -> bool:
    return compile_java_regex(pattern).search(text) is not None


def _nth_of_type(context: object, nodes: list[Any], step: float, offset: float, last: float) -> bool:
    """Whether the element stands in a place of ``step``n + ``offset`` among its siblings of the same name."""
    place = 1 + sum(1 for one in nodes[0].itersiblings(preceding=not last) if one.tag == nodes[0].tag)
    distance = place - offset
    return distance == 0 if not step else distance * step >= 0 and distance % step == 0


def _on_first(function: Callable[[Any], str]) -> Callable[[object, list[Any]], str]:
    return lambda context, nodes: function(nodes[0])


EXTENSIONS = {
    (_NAMESPACE, "found"): _found,
    (_NAMESPACE, "nth"): _nth_of_type,
    (_NAMESPACE, "whole"): _on_first(visible_text),
    (_NAMESPACE, "whole-own"): _on_first(own_text),
    (_NAMESPACE, "text"): _on_first(lambda element: visible_text(element).lower()),
    (_NAMESPACE, "own"): _on_first(lambda element: own_text(element).lower()),
    (_NAMESPACE, "data"): _on_first(lambda element: data_of(element).lower()),
}
