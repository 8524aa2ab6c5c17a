"""What of a sample is looked at after it was taken; the rest need not be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import reduce

from silhouette_plan.elements.reads import EVERYTHING, NOTHING, Reads, reads
from silhouette_plan.plan.base import Assertion, Element, Listener, PostProcessor, Property
from silhouette_plan.plan.listeners import ResultCollector

_LOOKING_BACK = ("prev", "ctx", "__regexFunction", "__XPath")
"""Words of text that may look at the last sample: scripts and functions."""


def reads_of(nodes: Iterable[Element]) -> Reads:
    """What any of ``nodes``, elements in a scope, looks at in a sample."""
    looking = [node for node in nodes if isinstance(node, (PostProcessor, Assertion, Listener))]
    return reduce(
        merged, [_written(node) if isinstance(node, ResultCollector) else reads(node) for node in looking], NOTHING
    )


def merged(one: Reads, other: Reads) -> Reads:
    """What either looks at."""
    return Reads(*(a or b for a, b in zip(one, other, strict=True)))


def _written(node: ResultCollector) -> Reads:
    """A listener without a file writes nothing; else its switches say what, where the plan has them."""
    if not node.file.strip():
        return NOTHING
    on = {name for name, value in node.save if value.strip().lower() == "true"}
    body = bool(on & {"responseData", "responseDataOnError"})
    return (
        Reads(body, "responseHeaders" in on, bool(on & {"samplerData", "requestHeaders"})) if node.save else EVERYTHING
    )


def looks_back(nodes: list[Element]) -> bool:
    """Whether anything in ``nodes`` may look at the sample before it: a script, or a function in any text."""
    return any(
        _mentions(getattr(node, one.name), any_text=hasattr(node, "script"))
        for node in nodes
        for one in fields(node)
        if one.name != "children"
    )


def _mentions(value: object, any_text: bool) -> bool:
    """``any_text``: also text without a function is a script."""
    match value:
        case str():
            return (any_text or "${__" in value) and any(word in value for word in _LOOKING_BACK)
        case tuple():
            return any(_mentions(item, any_text) for item in value)
        case Property():
            return False
        case _ if hasattr(value, "__dataclass_fields__") and not isinstance(value, Element):
            return any(_mentions(getattr(value, name), any_text) for name in value.__dataclass_fields__)
        case _:
            return False
