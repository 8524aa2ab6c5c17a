"""Children of Random and Interleave Controllers whose empty turn ends the user in JMeter (AN306)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.passes.dead_controllers import can_read
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import (
    IfController,
    InterleaveController,
    RandomController,
    SimpleController,
    TransactionController,
    WhileController,
)
from silhouette_plan.plan.expressions import Literal

_BLOCKS = (SimpleController, TransactionController)


def skipped_children(view: PlanView) -> Iterator[Diagnostic]:
    """One diagnostic a controller, naming the children that may give nothing in their turn."""
    for node in view.of(RandomController, InterleaveController):
        element = node.element
        assert isinstance(element, (RandomController, InterleaveController))
        weighted = isinstance(element, RandomController) and element.weights
        if element.style.strip() not in ("", "0") or weighted:
            continue
        skipped = [step for step in node.steps if _may_be_empty(step)]
        if skipped:
            listed = ", ".join(f"`{step.name}`" for step in skipped)
            yield found(
                "AN306",
                node,
                f"JMeter asks a child of `{node.name}` until it has something to run, and ends the user where it never has",
                label=f"may give nothing in its turn: {listed}",
                hint="do not ignore sub-controllers (style 1)",
                notes=(
                    "a condition that draws or counts holds in the end, whatever its chance, here as there",
                    "one that stays false is passed over here, as JMeter's manual describes it",
                ),
            )


def _may_be_empty(step: Node) -> bool:
    """Whether the child may have a turn in which nothing runs, without being done for good."""
    element = step.element
    if isinstance(element, _BLOCKS):
        return bool(step.steps) and all(_may_be_empty(inner) for inner in step.steps)
    return isinstance(element, (IfController, WhileController)) and bool(step.steps) and not _always(element)


def _always(element: Element) -> bool:
    condition = getattr(element, "condition", "")
    if isinstance(condition, Literal):
        return bool(condition.value)
    return isinstance(condition, str) and not is_live(condition) and can_read(condition, "true")
