"""Groups: plan node to specification, by table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.texts import count, fixed_flag
from silhouette_plan.compile.tree import TreeCompiler
from silhouette_plan.plan import groups as plan
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.program import groups as specs
from silhouette_plan.program.controllers import LoopSpec, index_name
from silhouette_plan.values.template import Template, ValueFault

_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)


def compile_group(node: Group, trees: TreeCompiler) -> specs.GroupSpec | None:
    """The specification of ``node``, which already holds what stands at the plan's level; None where it is refused."""
    make = GROUPS.get(type(node))
    if make is None:
        trees.refuse(node)
        return None
    return make(node, trees)


def _thread_group(node: plan.ThreadGroup, trees: TreeCompiler) -> specs.GroupSpec:
    build = trees.build
    scheduler = fixed_flag(build, node, node.scheduler)
    duration = _number(node.duration, "duration", node, build)
    if scheduler and duration.constant is not None and not _above_zero(duration.constant):
        build.report(problem("CP010", f"{described(node)}: the duration is `{node.duration}`", node))
    return specs.ThreadGroupSpec(
        **shared(node, trees, node.loops, node.on_error),
        phase=_phase(node),
        same_user=fixed_flag(build, node, node.same_user),
        users=_number(node.users, "users", node, build),
        ramp_up=_number(node.ramp_up, "ramp-up", node, build),
        scheduler=scheduler,
        duration=duration,
        delay=_number(node.delay, "delay", node, build),
        delayed_start=fixed_flag(build, node, node.delayed_start),
    )


def shared(node: Group, trees: TreeCompiler, loops: str, on_error: str) -> dict[str, Any]:
    """The fields that every group's specification has; ``loops`` passes of its main loop."""
    build = trees.build
    name = build.template(node.name, node)
    children, told = trees.group(node)
    body = LoopSpec(
        node=node,
        name=name,
        index_name="" if name.constant is None else index_name(name.constant),
        children=children,
        on_iteration=told,
        loops=count(build, node, loops),
        repeats=False,
    )
    known = {one.value for one in specs.OnError}
    return {
        "node": node,
        "name": name,
        "body": body,
        "on_error": specs.OnError(on_error) if on_error in known else specs.OnError.CONTINUE,
        "start": tuple(trees.start),
    }


def _phase(node: Group) -> specs.Phase:
    match node:
        case plan.SetupGroup():
            return specs.Phase.SETUP
        case plan.TeardownGroup():
            return specs.Phase.TEARDOWN
        case _:
            return specs.Phase.MAIN


def _number(text: str, field: str, node: Element, build: PlanBuild) -> Template:
    """A number that the group reads when it starts; one that is known now is checked now."""
    template = build.template(text, node)
    if "${__" not in text:
        try:
            value = template.evaluate(build.plan_user).strip()
        except ValueFault:
            value = "?"
        if value and not _INTEGER.fullmatch(value):
            build.report(problem("CP006", f"{described(node)}: {field} is `{value}`, which is no whole number", node))
    return template


def _above_zero(text: str) -> bool:
    return bool(_INTEGER.fullmatch(text.strip())) and int(text) > 0


GROUPS: Mapping[type[Group], Callable[[Any, TreeCompiler], specs.GroupSpec]] = {
    plan.ThreadGroup: _thread_group,
    plan.SetupGroup: _thread_group,
    plan.TeardownGroup: _thread_group,
}
"""The groups that run, each with what makes its specification."""
