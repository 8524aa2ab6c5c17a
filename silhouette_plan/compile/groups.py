"""Groups: plan node to specification, by table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.group_parts import checked_number, common, looping
from silhouette_plan.compile.load_groups import (
    arrival_stages,
    arrivals_group,
    concurrency_group,
    free_form_group,
    open_model_group,
    shared_iterations,
    stepping_group,
    ultimate_group,
    user_stages,
)
from silhouette_plan.compile.tree import TreeCompiler
from silhouette_plan.plan import groups as plan
from silhouette_plan.plan.base import Group
from silhouette_plan.program import groups as specs
from silhouette_plan.program.fields import fixed_flag, integer


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
    duration = checked_number(node.duration, "duration", node, build)
    if scheduler and duration.constant is not None and not _above_zero(duration.constant):
        build.report(problem("CP010", f"{described(node)}: the duration is `{node.duration}`", node))
    return specs.ThreadGroupSpec(
        **common(node, trees, looping(node, trees, node.loops)),
        phase=_phase(node),
        same_user=fixed_flag(build, node, node.same_user),
        users=checked_number(node.users, "users", node, build),
        ramp_up=checked_number(node.ramp_up, "ramp-up", node, build),
        scheduler=scheduler,
        duration=duration,
        delay=checked_number(node.delay, "delay", node, build),
        delayed_start=fixed_flag(build, node, node.delayed_start),
    )


def _phase(node: Group) -> specs.Phase:
    match node:
        case plan.SetupGroup():
            return specs.Phase.SETUP
        case plan.TeardownGroup():
            return specs.Phase.TEARDOWN
        case _:
            return specs.Phase.MAIN


def _above_zero(text: str) -> bool:
    return integer(text.strip()) > 0


GROUPS: Mapping[type[Group], Callable[[Any, TreeCompiler], specs.GroupSpec]] = {
    plan.ThreadGroup: _thread_group,
    plan.SetupGroup: _thread_group,
    plan.TeardownGroup: _thread_group,
    plan.OpenModelGroup: open_model_group,
    plan.ArrivalStages: arrival_stages,
    plan.ConcurrencyGroup: concurrency_group,
    plan.ArrivalsGroup: arrivals_group,
    plan.FreeFormArrivalsGroup: free_form_group,
    plan.UltimateGroup: ultimate_group,
    plan.SteppingGroup: stepping_group,
    plan.UserStages: user_stages,
    plan.SharedIterations: shared_iterations,
}
"""The groups that run, each with what makes its specification."""
