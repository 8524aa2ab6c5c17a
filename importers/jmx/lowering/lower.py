"""What the language has and JMeter has not, as JMeter elements that do the same job, for export.

Each element lowers by itself to one JMeter element, perhaps with made-up children before its own, so that a plan keeps
its shape. What JMeter cannot do at all becomes a switched-off Simple Config Element in its place: it keeps the original
and does nothing. Either way ``marker`` brings the original back when the file is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from silhouette_plan.importers.jmx.lowering.controllers import CONTROLLERS
from silhouette_plan.importers.jmx.lowering.groovy import Unportable
from silhouette_plan.importers.jmx.lowering.groups import GROUPS
from silhouette_plan.importers.jmx.lowering.requests import REQUESTS
from silhouette_plan.importers.jmx.lowering.scene import Lowered, Scene
from silhouette_plan.importers.jmx.lowering.steps import STEPS
from silhouette_plan.importers.jmx.marker import made, marked

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.plan import assertions, listeners
from silhouette_plan.plan.base import Config, Element
from silhouette_plan.plan.processors import Check, Record
from silhouette_plan.plan.samplers import AddMetric
from silhouette_plan.plan.testplan import Foreign, TestPlan

Lower = Callable[..., Lowered | None]
"""Takes an element and its scene; None where it is JMeter's already. May raise ``Unportable``."""


_WITHOUT_MATCH: Mapping[type[Element], str] = {
    AddMetric: "JMeter counts no metrics of a plan's own",
    Record: "JMeter counts no metrics of a plan's own",
    Check: "JMeter has no checks",
    assertions.JsonSchemaAssertion: "JMeter has no JSON Schema assertion",
    listeners.SummaryLine: "JMeter's Summariser is set by properties",
    listeners.Report: "JMeter makes reports by an option of its command",
    listeners.Export: "JMeter has no exporter of this kind",
    listeners.Monitor: "JMeter watches no processes",
    listeners.Threshold: "JMeter judges no objectives",
    listeners.Objectives: "JMeter judges no objectives",
}
"""What JMeter has no element for, and why it is switched off."""


def _without_match(element: Element, scene: Scene) -> Lowered:
    raise Unportable(_WITHOUT_MATCH[type(element)])


LOWER: Mapping[type[Element], Lower] = {
    **CONTROLLERS,
    **GROUPS,
    **STEPS,
    **REQUESTS,
    **dict.fromkeys(_WITHOUT_MATCH, _without_match),
}
"""What lowers a kind. Kinds that are not here are JMeter's own."""


def lowered(plan: TestPlan) -> Element:
    """``plan`` in JMeter's elements only."""
    return _lower_all(plan)[0]


def unportable(plan: TestPlan) -> tuple[Diagnostic, ...]:
    """A note for each element that JMeter cannot run, and that is exported switched off."""
    return tuple(_lower_all(plan)[1])


def _lower_all(plan: TestPlan) -> tuple[Element, list[Diagnostic]]:
    known: dict[int, tuple[Config, ...]] = {}
    scenes: list[tuple[Element, Scene, int]] = []
    pending: list[tuple[Element, tuple[Element, ...], int]] = [(plan, (), -1)]
    while pending:
        element, above, parent = pending.pop()
        inside = (*above, element)
        pending.extend((child, inside, len(scenes)) for child in reversed(element.children))
        scenes.append((element, Scene(plan, above, known), parent))
    notes: list[Diagnostic] = []
    below: dict[int, list[Element]] = {}
    for index in range(len(scenes) - 1, -1, -1):
        element, scene, parent = scenes[index]
        children = tuple(reversed(below.pop(index, [])))
        below.setdefault(parent, []).append(_lower_one(element, scene, children, notes))
    return below[-1][0], notes[::-1]


def _lower_one(element: Element, scene: Scene, children: tuple[Element, ...], notes: list[Diagnostic]) -> Element:
    lower = LOWER.get(type(element))
    if lower is None:
        return replace(element, children=children)
    try:
        result = lower(element, scene)
    except Unportable as reason:
        notes.append(_note(element, str(reason)))
        result = Lowered(_switched_off(element))
    if result is None:
        return replace(element, children=children)
    new = marked(replace(result.element, children=()), element)
    return replace(new, children=(*(made(one) for one in result.before), *children))


def _note(element: Element, reason: str) -> Diagnostic:
    name = element.name or type(element).__name__
    return Diagnostic("JX502", f"“{name}” is switched off: {reason}", element.span, Severity.NOTE)


def _switched_off(element: Element) -> Element:
    return Foreign(
        name=element.name,
        enabled=False,
        comments=element.comments,
        tag="ConfigTestElement",
        testclass="ConfigTestElement",
        guiclass="SimpleConfigGui",
    )
