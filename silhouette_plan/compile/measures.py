"""What a plan measures: its own metrics, its checks, and the names that observations are told by."""

from __future__ import annotations

from dataclasses import dataclass, field

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import problem
from silhouette_plan.plan.base import Element, Group, Sampler
from silhouette_plan.plan.controllers import TransactionController
from silhouette_plan.plan.listeners import Monitor
from silhouette_plan.plan.processors import Check, Record
from silhouette_plan.plan.samplers import AddMetric
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import walk


@dataclass(slots=True)
class Measures:
    """``metrics`` are the plan's own with their kinds; the sets hold names. ``any_label``: some label shows only in the run."""

    metrics: dict[str, str] = field(default_factory=dict)
    checks: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    monitors: set[str] = field(default_factory=set)
    any_label: bool = False


def measures_of(plan: TestPlan, build: PlanBuild) -> Measures:
    """What ``plan`` measures, whose calls and includes are resolved. A metric of two kinds is reported."""
    found = Measures()
    for node in walk(plan, disabled=False):
        match node:
            case Record() | AddMetric():
                if found.metrics.setdefault(node.metric, node.kind) != node.kind:
                    message = f"`{node.metric}` is a {found.metrics[node.metric]} elsewhere in the plan, and a {node.kind} here"
                    build.report(problem("CP012", message, node))
            case Check():
                found.checks.add(node.name)
            case Group():
                found.groups.add(build.template(node.name, node).evaluate(build.plan_user))
            case Monitor():
                found.monitors.add(node.name)
            case Sampler() | TransactionController():
                _add_label(node, found, build)
            case _:
                pass
    return found


def _add_label(node: Element, found: Measures, build: PlanBuild) -> None:
    label = build.template(node.name, node).constant
    if label is None:
        found.any_label = True
    else:
        found.labels.add(label)
