"""The diagnostic value: what went wrong, where, and how to mend it."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span


class Severity(enum.StrEnum):
    """How bad it is; only an error keeps a plan from running."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record
class Code:
    """A kind of problem. Every room keeps a table of its codes; ``silplan explain`` shows ``explanation`` (Markdown)."""

    code: str
    title: str
    explanation: str
    severity: Severity = Severity.ERROR


@record
class Diagnostic:
    """One problem found in a plan, a file or a run.

    ``label`` stands under the carets; ``hint`` says how to mend it; ``notes`` add facts, one line each.
    """

    code: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.ERROR
    label: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


class PlanError(Exception):
    """Carries diagnostics to the edge where they are shown; raised only when nothing further can be done."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in self.diagnostics))
