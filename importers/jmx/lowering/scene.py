"""What lowering an element gives, and what it may look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from silhouette_plan.plan.base import Config, Element
from silhouette_plan.plan.processors import ScriptPreProcessor
from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import FlowControl
from silhouette_plan.plan.testplan import TestPlan


@record
class Lowered:
    """The JMeter element, and children that it needs before its own."""

    element: Element
    before: tuple[Element, ...] = ()


@record
class Scene:
    """Where an element stands: ``above`` are its ancestors, outermost first. ``known`` keeps their configuration, by id."""

    plan: TestPlan
    above: tuple[Element, ...]
    known: dict[int, tuple[Config, ...]]

    def configs(self) -> Iterator[Config]:
        """Enabled configuration beside the element or beside an ancestor, innermost first."""
        for ancestor in reversed(self.above):
            found = self.known.get(id(ancestor))
            if found is None:
                found = tuple(one for one in ancestor.children if one.enabled and isinstance(one, Config))
                self.known[id(ancestor)] = found
            yield from found


def same(element: Element) -> dict[str, Any]:
    """What a lowered element takes over from ``element``."""
    return {"name": element.name, "enabled": element.enabled, "comments": element.comments, "extra": element.extra}


def act(name: str, script: str, parameters: str = "") -> FlowControl:
    """A step that makes no sample and runs ``script``: a pause of 0 ms with a pre-processor."""
    return FlowControl(name=name, children=(_before(script, parameters),))


def _before(script: str, parameters: str) -> ScriptPreProcessor:
    return ScriptPreProcessor(name="silplan", script=script, parameters=parameters)
