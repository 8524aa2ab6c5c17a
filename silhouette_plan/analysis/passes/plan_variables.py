"""Variables of the plan's level, which are computed once before anything runs (AN107 to AN109)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import CallReference, VariableReference, references
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.testplan import Argument, Parameter, TestPlan, UserVariables

_DRAWN = frozenset(
    {"__Random", "__RandomString", "__RandomDate", "__UUID", "__counter", "__threadNum", "__chooseRandom"}
)


def plan_variables(view: PlanView) -> Iterator[Diagnostic]:
    """Values that will not be what they seem to be."""
    known: set[str] = set()
    for node in view.live:
        if isinstance(node.element, Parameter):
            known.add(node.element.name)
        if not isinstance(node.element, (TestPlan, UserVariables)):
            continue
        variables = node.element.variables
        neighbours = {variable.name for variable in variables}
        for variable in variables:
            yield from _of_variable(view, node, variable, neighbours, known)
        known |= neighbours


def _of_variable(
    view: PlanView, node: Node, variable: Argument, neighbours: set[str], known: set[str]
) -> Iterator[Diagnostic]:
    for reference in references(variable.value):
        if isinstance(reference, CallReference):
            if reference.function in _DRAWN:
                yield found(
                    "AN109",
                    node,
                    f"`{variable.name}` gets its value from `{reference.function}` once: it is the same for all users",
                    hint="good for one value a run; for a new one each time, call the function where the value is used",
                )
        elif reference.name not in known:
            yield from _late(view, node, variable, reference, neighbours)


def _late(
    view: PlanView, node: Node, variable: Argument, reference: VariableReference, neighbours: set[str]
) -> Iterator[Diagnostic]:
    stays = f"it stays the text `${{{reference.name}}}` for the whole test"
    if reference.name in neighbours:
        yield found(
            "AN107",
            node,
            f"`{variable.name}` refers to `{reference.name}` of the same element",
            label=stays,
            hint=f"put `{variable.name}` into a User Defined Variables element of its own, further down",
        )
    elif view.names.setters_of(reference.name):
        yield found(
            "AN108",
            node,
            f"`{variable.name}` refers to `{reference.name}`, which is set only while the plan runs",
            label=stays,
            hint=f"use `${{{reference.name}}}` itself where `${{{variable.name}}}` is used",
        )
