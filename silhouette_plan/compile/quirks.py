"""Warns where JMeter itself breaks and silplan does what its manual says."""

from __future__ import annotations

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.controllers import may_answer_anew
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Controller, Element
from silhouette_plan.plan.controllers import (
    ForeachController,
    IfController,
    InterleaveController,
    RandomController,
    SimpleController,
    ThroughputController,
    WhileController,
)
from silhouette_plan.plan.walk import walk

_MAY_GIVE_NOTHING = (IfController, WhileController, ForeachController, ThroughputController)


def warn_of_quirks(plan: Element, build: PlanBuild) -> None:
    """A child that may give nothing without being done, under Random or Interleave with style 0."""
    for node in walk(plan):
        if isinstance(node, (InterleaveController, RandomController)) and node.style.strip() != "1":
            for child in node.children:
                if _may_give_nothing(child):
                    build.report(_warning(child, node))


def _warning(child: Element, node: Element) -> Diagnostic:
    where = f"{described(child)} under {described(node)}"
    if may_answer_anew(child):
        message = f"{where} is asked again until it has something to run: its condition decides nothing"
        return problem("CP015", message, child, "let sub-controllers run whole (style 1), or use weights")
    message = f"{where}: JMeter ends the user when it has nothing to run"
    return problem("CP007", message, child, "silplan passes over it and goes on")


def _may_give_nothing(node: Element) -> bool:
    if isinstance(node, _MAY_GIVE_NOTHING):
        return True
    steps = [child for child in node.children if isinstance(child, Controller)]
    return isinstance(node, SimpleController) and bool(steps) and all(_may_give_nothing(step) for step in steps)
