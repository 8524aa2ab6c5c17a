"""``--set name=value``: values for a plan's parameters and user-defined variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.testplan import Argument, Parameter, TestPlan, UserVariables
from silhouette_plan.plan.walk import transform, walk


def set_parameters(plan: TestPlan, values: Mapping[str, str]) -> tuple[TestPlan, tuple[Diagnostic, ...]]:
    """``plan`` with ``values`` in the place of the parameters' own; an error for each name that the plan does not have."""
    if not values:
        return plan, ()
    known = {name for element in walk(plan) for name in _names(element)}
    problems = tuple(
        Diagnostic("CL003", f"the plan has no parameter `{name}`", plan.span, hint=did_you_mean(name, known))
        for name in values
        if name not in known
    )
    changed = transform(plan, lambda element: _set(element, values))
    assert isinstance(changed, TestPlan)
    return changed, problems


def _names(element: Element) -> tuple[str, ...]:
    match element:
        case TestPlan() | UserVariables():
            return tuple(argument.name for argument in element.variables)
        case Parameter():
            return (element.name,)
        case _:
            return ()


def _set(element: Element, values: Mapping[str, str]) -> Element:
    match element:
        case TestPlan() | UserVariables():
            return replace(element, variables=tuple(_argument(argument, values) for argument in element.variables))
        case Parameter() if element.name in values:
            return replace(element, default=values[element.name], environment="")
        case _:
            return element


def _argument(argument: Argument, values: Mapping[str, str]) -> Argument:
    return replace(argument, value=values[argument.name]) if argument.name in values else argument
