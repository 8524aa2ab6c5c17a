"""Groups and controllers with nothing to run (AN302, AN303, AN311)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.tree import Node, is_step
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Controller, Group
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import TestFragment

_FILLED_ELSEWHERE = (IncludeController, ModuleController, TestFragment)


def empty_blocks(view: PlanView) -> Iterator[Diagnostic]:
    """Empty groups and controllers; a plan whose groups are all disabled."""
    for node in view.active:
        if isinstance(node.element, Group) and node not in view.holders:
            yield found(
                "AN303", node, f"`{node.name}` has no step to run", label="its users end at once", notes=_disabled(node)
            )
        elif (
            isinstance(node.element, Controller) and not isinstance(node.element, _FILLED_ELSEWHERE) and _is_bare(node)
        ):
            yield found("AN302", node, f"`{node.name}` has no step to run", notes=_disabled(node))
    groups = [node for node in view.nodes if isinstance(node.element, Group)]
    if groups and not view.groups and view.root.live:
        yield found("AN311", view.root, "every group of this plan is disabled", hint=f"enable `{groups[0].name}`")


def _is_bare(node: Node) -> bool:
    return not any(child.element.enabled for child in node.children)


def _disabled(node: Node) -> tuple[str, ...]:
    steps = [child for child in node.children if is_step(child.element)]
    return ("all steps in it are disabled",) if steps and not any(step.element.enabled for step in steps) else ()
