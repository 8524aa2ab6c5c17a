"""A run's results as JSON, for CI."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from silhouette_plan.results.statistics import Row, Statistics
from silhouette_plan.results.verdict import Outcome, Verdict

VERSION = 1
"""Version of the form; raised when a field changes its meaning."""


def summary_of(statistics: Statistics, verdict: Verdict, outcome: Outcome) -> dict[str, Any]:
    """Totals, figures a label, verdict and the generator's health. Times in ms, rates a second, sizes in KiB a second."""
    health = outcome.health
    return {
        "version": VERSION,
        "verdict": {"result": verdict.word, "exit_status": int(verdict.status), "reasons": list(verdict.reasons)},
        "interrupted": outcome.interrupted,
        "total": _figures(statistics.total().row()),
        "labels": [_figures(row) for row in statistics.rows()],
        "unanswered": dict(statistics.unanswered),
        "generator": None if health is None else {**asdict(health), "saturated": health.saturated},
    }


def render_summary(statistics: Statistics, verdict: Verdict, outcome: Outcome) -> str:
    """``summary_of`` as text, indented, with a line end."""
    return json.dumps(summary_of(statistics, verdict, outcome), indent=2, ensure_ascii=False) + "\n"


def _figures(row: Row) -> dict[str, Any]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(row).items()}
