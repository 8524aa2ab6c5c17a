"""A run's results as JSON, for CI."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from silhouette_plan.results.objectives import Judgement
from silhouette_plan.results.own_measures import CheckCounts, OwnMeasures, figures_of
from silhouette_plan.results.statistics import Row, Statistics
from silhouette_plan.results.verdict import Outcome, Verdict

VERSION = 1
"""Version of the form; raised when a field changes its meaning."""


def summary_of(
    statistics: Statistics, verdict: Verdict, outcome: Outcome, own: OwnMeasures | None = None
) -> dict[str, Any]:
    """Totals, figures a label, objectives, checks and metrics, verdict and the generator's health.

    Times in ms, rates a second, sizes in KiB a second; figures of objectives in the ``unit`` beside them, shares as parts of one.
    """
    health = outcome.health
    return {
        "version": VERSION,
        "verdict": {"result": verdict.word, "exit_status": int(verdict.status), "reasons": list(verdict.reasons)},
        "interrupted": outcome.interrupted,
        "total": _figures(statistics.total().row()),
        "labels": [_figures(row) for row in statistics.rows()],
        "objectives": [_objective(judgement) for judgement in outcome.objectives],
        "checks": [] if own is None else [_check(name, counts) for name, counts in own.checks.items()],
        "metrics": [] if own is None else _metrics(own, statistics.total().duration),
        "unanswered": dict(statistics.unanswered),
        "generator": None if health is None else {**asdict(health), "saturated": health.saturated},
    }


def render_summary(statistics: Statistics, verdict: Verdict, outcome: Outcome, own: OwnMeasures | None = None) -> str:
    """``summary_of`` as text, indented, with a line end."""
    return json.dumps(summary_of(statistics, verdict, outcome, own), indent=2, ensure_ascii=False) + "\n"


def _figures(row: Row) -> dict[str, Any]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(row).items()}


def _objective(judgement: Judgement) -> dict[str, Any]:
    objective, bound = judgement.objective, judgement.objective.bound
    return {
        "objective": objective.text,
        "result": judgement.result.value,
        "value": judgement.value,
        "unit": objective.unit.value,
        "aggregate": objective.aggregate,
        "metric": objective.selection.metric,
        "of": objective.selection.name,
        "comparison": bound.comparison,
        "bound": [bound.low, bound.high] if bound.comparison == "in" else bound.low,
        "during": objective.during,
        "over": objective.over,
        "action": objective.action.value or "fail",
        "windows": judgement.windows,
        "windows_failed": judgement.broken,
        "worst_window": [judgement.begin, judgement.end] if judgement.windows else None,
        "aborted_at": judgement.aborted_at,
    }


def _check(name: str, counts: CheckCounts) -> dict[str, Any]:
    return {"check": name, "count": counts.count, "held": counts.held}


def _metrics(own: OwnMeasures, seconds: float) -> list[dict[str, Any]]:
    return [
        {"metric": name, "kind": metric.kind, **figures_of(metric, seconds)} for name, metric in own.metrics.items()
    ]
