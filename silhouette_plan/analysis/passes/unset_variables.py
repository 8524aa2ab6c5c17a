"""Variables that are unset where they are read (AN102 to AN105), from the flow analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.flow import ALTERNATIVES, Fault, State
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.plan.base import Element, Scoped
from silhouette_plan.plan.controllers import (
    Case,
    Chance,
    ForeachController,
    IfController,
    ThroughputController,
    WhileController,
)

_OPTIONAL: tuple[type[Element], ...] = (
    IfController,
    Case,
    WhileController,
    ForeachController,
    ThroughputController,
    Chance,
    *ALTERNATIVES,
)


def unset_variables(view: PlanView) -> Iterator[Diagnostic]:
    """One diagnostic for each variable, kind of fault and group, at the first place."""
    grouped: dict[tuple[str, str, Node | None], list[Fault]] = defaultdict(list)
    for fault in view.flow.faults:
        grouped[_code(fault), fault.use.name, fault.at.group].append(fault)
    for (code, name, _), faults in grouped.items():
        yield _diagnostic(view, code, name, faults)


def _code(fault: Fault) -> str:
    if fault.state is State.ELSEWHERE:
        return "AN105"
    if fault.state is State.PERHAPS:
        return "AN103"
    return "AN104" if fault.condition and fault.use.text else "AN102"


def _diagnostic(view: PlanView, code: str, name: str, faults: list[Fault]) -> Diagnostic:
    fault = faults[0]
    setter = view.names.setters_of(name)[0]
    message, hint = _TEXTS[code]
    notes = [_where_set(setter)]
    if fault.blocks:
        steps = ", ".join(f"`{step.name}`" for step in fault.node.steps)
        notes.insert(0, f"the comparison is with the text `${{{name}}}` and fails, so {steps} never runs")
    if fault.state is State.NEVER:
        notes.append("no step that runs sets it")
    if isinstance(fault.node.element, Scoped) and fault.at is not fault.node.parent:
        notes.append(_where_it_applies(fault))
    if len(faults) > 1:
        notes.append(f"the same in {counted(len(faults) - 1, 'more place')}")
    stays = (
        f"the text `${{{name}}}` stays while it is unset" if fault.use.text else "it reads as empty while it is unset"
    )
    return found(
        code,
        fault.node,
        message.format(name=name, place=fault.use.place, node=fault.node.name, at=fault.at.name),
        label=stays,
        hint=hint.format(name=name),
        notes=tuple(notes),
    )


def _where_it_applies(fault: Fault) -> str:
    scope = f"`{fault.node.name}` applies to every sampler in its block, the first of which is `{fault.at.name}`"
    behind = fault.node.index > fault.at.index
    return f"{scope}; that it stands further down, or in a block of its own, changes nothing" if behind else scope


def _where_set(setter: Node) -> str:
    """Who sets the variable, and on which condition."""
    way = next((node for node in setter.ancestors() if isinstance(node.element, _OPTIONAL)), None)
    where = f" ({setter.element.span})" if setter.element.span else ""
    above = f" below `{setter.parent.name}`" if setter.parent and setter.parent.parent else ""
    under = f", which runs only when `{way.name}` lets it" if way else ""
    return f"set by `{setter.name}`{above}{where}{under}"


_TEXTS: dict[str, tuple[str, str]] = {
    "AN102": (
        "`{name}` is read in the {place} of `{node}` before anything sets it",
        "set it before, or give `{name}` a first value at the plan's level",
    ),
    "AN103": (
        "`{name}` may be unset where the {place} of `{node}` reads it",
        "ask for it first, or give `{name}` a first value at the plan's level",
    ),
    "AN104": (
        "the condition of `{node}` compares `{name}`, which nothing has set yet",
        "give `{name}` an empty value at the plan's level, or ask `${{__isVarDefined({name})}}`",
    ),
    "AN105": (
        "`{name}` is read in the {place} of `{node}`, but set only in another group",
        "users share no variables: hand it over as a property (`__setProperty`, then `${{__P({name})}}`)",
    ),
}
