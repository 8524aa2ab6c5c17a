"""All passes over a plan."""

from __future__ import annotations

from silhouette_plan.analysis.passes import PASSES
from silhouette_plan.analysis.tree import Surroundings
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.testplan import TestPlan

_NOWHERE = Surroundings()


def analyse(plan: TestPlan, surroundings: Surroundings = _NOWHERE) -> tuple[Diagnostic, ...]:
    """Everything wrong with ``plan`` that shows before it runs, in the order of the source.

    ``surroundings`` gives access to included plans and the first lines of data files; without it, what depends on them
    is not judged. Raises nothing for any plan.
    """
    view = PlanView(plan, surroundings)
    found = [diagnostic for run in PASSES for diagnostic in run(view)]
    return tuple(sorted(found, key=_position))


def _position(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span = diagnostic.span
    return (span.file, span.line, span.column, diagnostic.code) if span else ("", 0, 0, diagnostic.code)
