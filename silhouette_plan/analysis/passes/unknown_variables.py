"""References to variables that nothing sets (AN101)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.variables import Use
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import HeaderManager
from silhouette_plan.plan.samplers import HttpRequest

_MOST_HINTS = 25
"""Names for which the nearest known ones are looked up; the search is quadratic."""


def unknown_variables(view: PlanView) -> Iterator[Diagnostic]:
    """One diagnostic a name, at its first use, which counts the others."""
    if not view.groups or view.names.anything:
        return
    unknown: dict[str, list[tuple[Node, Use]]] = defaultdict(list)
    for node, uses in view.names.uses.items():
        for use in uses:
            if not use.asks and not use.name.lstrip().startswith("__") and not view.names.is_known(use.name):
                unknown[use.name].append((node, use))
    if unknown:
        namesakes = _namesakes(view)
        disabled = _disabled_setters(view)
        for count, (name, places) in enumerate(unknown.items()):
            known = view.names.setters if count < _MOST_HINTS and name not in namesakes else ()
            yield _diagnostic(name, places, did_you_mean(name, known), namesakes.get(name, ""), disabled.get(name))


def _diagnostic(
    name: str, places: list[tuple[Node, Use]], hint: str, namesake: str, disabled: Node | None
) -> Diagnostic:
    node, use = places[0]
    notes = [f"`{name}` is the name of {namesake}, which sets no variable"] if namesake else []
    if disabled is not None:
        notes.append(f"`{disabled.name}` would set it, but is disabled")
    if len(places) > 1:
        notes.append(f"it is read in {counted(len(places) - 1, 'more place')}")
    return found(
        "AN101",
        node,
        f"unknown variable `{name}` in the {use.place} of `{node.name}`",
        label=f"nothing sets it; it is sent as the text `${{{name}}}`" if use.text else "nothing sets it",
        hint=hint,
        notes=tuple(notes),
    )


def _namesakes(view: PlanView) -> dict[str, str]:
    """What has a name without being a variable."""
    names: dict[str, str] = {}
    for node in view.active:
        for name, what in _named_things(node.element):
            names.setdefault(name, f"{what} of `{node.name}`")
        names.setdefault(node.element.name, "an element")
    return names


def _named_things(element: Element) -> Iterator[tuple[str, str]]:
    if isinstance(element, HeaderManager):
        yield from ((header.name, "a header") for header in element.headers)
    if isinstance(element, HttpRequest):
        yield from ((argument.name, "an argument") for argument in element.arguments)
        replaced = (item for part in element.extra for item in part.items)
        yield from ((item.name, "an argument") for item in replaced if item.name)
        yield from (
            (inner.name, "an argument") for part in element.extra for item in part.items for inner in item.items
        )


def _disabled_setters(view: PlanView) -> dict[str, Node]:
    live = set(view.live)
    setters: dict[str, Node] = {}
    for node in view.nodes:
        if node not in live:
            for one in view.names.sets_of(node).names:
                setters.setdefault(one.name, node)
    return setters
