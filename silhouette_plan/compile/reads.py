"""What of a sample is looked at after it was taken; the rest need not be kept."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from silhouette_plan.elements import tables
from silhouette_plan.elements.reads import EVERYTHING, NOTHING, Reads
from silhouette_plan.plan.base import Assertion, Element, Listener, PostProcessor, Property

_LOOKING_BACK = ("prev", "ctx", "__regexFunction", "__XPath")
"""Words of text that may look at the last sample: scripts and functions."""


def reads_of(node: Element) -> Reads:
    """What ``node`` looks at, as its table says; everything, where it says nothing."""
    if not isinstance(node, (PostProcessor, Assertion, Listener)):
        return NOTHING
    table: dict[type[Element], Any] = getattr(tables, "READS", {})
    told = table.get(type(node), EVERYTHING)
    return told if isinstance(told, Reads) else Reads(*told(node))


def looks_back(nodes: list[Element]) -> bool:
    """Whether anything in ``nodes`` may look at the sample before it: a script, or a function in any text."""
    return any(_mentions(getattr(node, one.name)) for node in nodes for one in fields(node) if one.name != "children")


def _mentions(value: object) -> bool:
    match value:
        case str():
            return any(word in value for word in _LOOKING_BACK)
        case tuple():
            return any(_mentions(item) for item in value)
        case Property():
            return False
        case _ if hasattr(value, "__dataclass_fields__") and not isinstance(value, Element):
            return any(_mentions(getattr(value, name)) for name in value.__dataclass_fields__)
        case _:
            return False
