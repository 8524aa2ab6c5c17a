"""What lowering an element gives, and what it may look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.processors import ScriptPreProcessor
from silhouette_plan.plan.samplers import FlowControl
from silhouette_plan.plan.testplan import TestPlan


@dataclass(frozen=True, slots=True)
class Lowered:
    """The JMeter element, and children that it needs before its own."""

    element: Element
    before: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an element stands: ``above`` are its ancestors, outermost first."""

    plan: TestPlan
    above: tuple[Element, ...]

    def in_scope(self) -> Iterator[Element]:
        """Enabled elements that stand beside the element or beside an ancestor, innermost first."""
        for ancestor in reversed(self.above):
            yield from (child for child in ancestor.children if child.enabled)


def same(element: Element) -> dict[str, Any]:
    """What a lowered element takes over from ``element``."""
    return {"name": element.name, "enabled": element.enabled, "comments": element.comments, "extra": element.extra}


def act(name: str, script: str, parameters: str = "") -> FlowControl:
    """A step that makes no sample and runs ``script``: a pause of 0 ms with a pre-processor."""
    return FlowControl(name=name, children=(_before(script, parameters),))


def _before(script: str, parameters: str) -> ScriptPreProcessor:
    return ScriptPreProcessor(name="silplan", script=script, parameters=parameters)
