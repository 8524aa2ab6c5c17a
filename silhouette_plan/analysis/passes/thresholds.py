"""Thresholds on metrics and labels that nothing has (AN502)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live, pattern_of
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan.base import Group, Sampler
from silhouette_plan.plan.controllers import IncludeController, TransactionController
from silhouette_plan.plan.listeners import Monitor, Threshold
from silhouette_plan.plan.processors import Check, Record
from silhouette_plan.plan.samplers import AddMetric

OF_SAMPLES = frozenset({"time", "latency", "connect", "size", "sent", "failed", "ok", "samples", "checks"})
"""Metrics that every sample has."""

OF_PROCESSES = frozenset({"rss", "cpu", "threads", "files", "memory", "lag", "uss", "vms", "connections", "sockets"})
"""Metrics that monitors and the generator have."""


def thresholds(view: PlanView) -> Iterator[Diagnostic]:
    """Every line of ``slo`` that can match nothing. Files that are not at hand may hold anything, so it asks for all of them."""
    lines = view.of(Threshold)
    if not lines or view.has_unknown_elements:
        return
    if any(not view.targets.is_known(node) for node in view.of(IncludeController)):
        return
    metrics = _metrics(view)
    labels = _labels(view)
    checks = {node.element.name for node in view.of(Check)}
    for node in lines:
        line = node.element
        assert isinstance(line, Threshold)
        if line.metric and line.metric not in metrics:
            yield _unmatched(node, "metric", line.metric, metrics)
        if line.metric == "checks" and line.of in checks:
            continue
        if line.of and line.of != "generator" and not any(label.fullmatch(line.of) for label in labels.values()):
            what = "step, group, check or monitor" if line.metric == "checks" else "step, group or monitor"
            yield _unmatched(node, what, line.of, [*labels, *(checks if line.metric == "checks" else ())])


def _unmatched(node: Node, what: str, name: str, known: Iterable[str]) -> Diagnostic:
    return found(
        "AN502", node, f"no {what} is called `{name}`", label="it could never be judged", hint=did_you_mean(name, known)
    )


def _metrics(view: PlanView) -> frozenset[str]:
    recorded = {node.element.metric for node in view.active if isinstance(node.element, (Record, AddMetric))}
    return OF_SAMPLES | OF_PROCESSES | recorded


def _labels(view: PlanView) -> dict[str, re.Pattern[str]]:
    """Every name that rows may carry; one with a reference as a pattern."""
    labels: dict[str, re.Pattern[str]] = {}
    for node in _with_included(view):
        name = node.element.name
        if isinstance(node.element, (Sampler, TransactionController, Group, Monitor)) and name not in labels:
            labels[name] = (pattern_of(name) if is_live(name) else None) or re.compile(
                ".*" if is_live(name) else re.escape(name)
            )
    return labels


def _with_included(view: PlanView) -> Iterator[Node]:
    yield from view.active
    yield from view.names.nodes
