"""Assertions that judge nothing (AN410)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.assertions import DurationAssertion, ResponseAssertion
from silhouette_plan.plan.base import Element

_OR = 32


def empty_assertions(view: PlanView) -> Iterator[Diagnostic]:
    """Every assertion that holds whatever the sample is."""
    for node in view.active:
        if what := _lacks(node.element):
            yield found("AN410", node, f"`{node.name}` judges nothing: it has {what}")


def _lacks(element: Element) -> str:
    match element:
        case ResponseAssertion(patterns=(), test_type=kind) if not kind & _OR:
            return "no pattern"
        case DurationAssertion(duration="" | "0"):
            return "no limit"
        case _:
            return ""
