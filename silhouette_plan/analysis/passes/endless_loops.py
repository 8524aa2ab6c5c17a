"""Loops that nothing slows down and nothing ends (AN304, AN305)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.passes.dead_controllers import can_read
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.scopes import enabled_children
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element, Timer
from silhouette_plan.plan.controllers import (
    IncludeController,
    LoopController,
    ModuleController,
    RuntimeController,
    WhileController,
)
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import ResultAction
from silhouette_plan.plan.samplers import DummySampler, FlowControl, JavaRequest, Pause
from silhouette_plan.plan.testplan import Foreign

_STOPS = frozenset({0, 2, 3, 5})


def endless_loops(view: PlanView) -> Iterator[Diagnostic]:
    """Endless groups and loops with no pause, and While Controllers whose condition never reads ``false``."""
    brakes = _with_brakes(view)
    for node in view.active:
        element = node.element
        if node not in view.holders:
            continue
        if isinstance(element, ThreadGroup) and _is_endless(element.loops) and not _ends(element):
            if element.on_error == "continue" and not _is_braked(node, brakes):
                yield _unbraked(node)
        elif isinstance(element, LoopController) and _is_endless(element.loops):
            if not _is_braked(node, brakes) and not _is_bounded(node):
                yield _unbraked(node)
        elif isinstance(element, WhileController):
            yield from _of_while(node, brakes)


def _unbraked(node: Node) -> Diagnostic:
    return found(
        "AN304",
        node,
        f"`{node.name}` runs for ever with no timer, no pause and no duration",
        hint="add a timer, a duration or a number of loops",
    )


def _of_while(node: Node, brakes: set[Node]) -> Iterator[Diagnostic]:
    condition = getattr(node.element, "condition", "")
    text = condition.strip() if isinstance(condition, str) else "LAST"
    if text.upper() in ("", "LAST") or text.lower() == "false" or can_read(text, "false"):
        return
    constant = text.lower() == "true"
    if node in brakes or (constant and _is_bounded(node)):
        return
    yield found(
        "AN305",
        node,
        f"nothing ends `{node.name}`",
        label="" if constant else "the condition is text here, and never reads `false`",
        hint="" if constant else "wrap the condition: `${__jexl3(…)}`",
    )


def _with_brakes(view: PlanView) -> set[Node]:
    """Elements with something below that pauses, ends the loop, or may do either out of sight."""
    found_in: set[Node] = set()
    for node in view.active:
        if _is_brake(node.element):
            above = node.parent
            while above is not None and above not in found_in:
                found_in.add(above)
                above = above.parent
    return found_in


def _is_brake(element: Element) -> bool:
    match element:
        case FlowControl(action=1) | Pause() | Timer() | Foreign() | ModuleController() | IncludeController():
            return True
        case FlowControl(action=action):
            return action in _STOPS
        case DummySampler() | JavaRequest():
            return True
        case ResultAction(action=action):
            return action != 0
        case _:
            return hasattr(element, "script")


def _is_braked(node: Node, brakes: set[Node]) -> bool:
    """Whether anything in it or around it pauses."""
    return node in brakes or any(
        isinstance(child.element, Timer) for above in node.ancestors() for child in enabled_children(above)
    )


def _is_bounded(node: Node) -> bool:
    return any(
        isinstance(above.element, RuntimeController)
        or (isinstance(above.element, ThreadGroup) and _ends(above.element))
        for above in node.ancestors()
    )


def _is_endless(loops: str) -> bool:
    return loops.strip().startswith("-")


def _ends(group: ThreadGroup) -> bool:
    duration = group.duration.strip()
    return group.scheduler is not False and (is_live(duration) or duration not in ("", "0"))
