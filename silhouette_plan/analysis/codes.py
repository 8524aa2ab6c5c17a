"""The codes of the analysis. Every explanation has the same four headings, so that ``silplan explain`` reads alike."""

from __future__ import annotations

from silhouette_plan.analysis.explanations import EXPLANATIONS, Explanation
from silhouette_plan.analysis.tree import Node
from silhouette_plan.diagnostics import Code, Diagnostic
from silhouette_plan.plan.span import Span


def _code(row: Explanation) -> Code:
    text = (
        f"## What it finds\n{row.finds}\n\n## Why it matters\n{row.matters}\n\n"
        f"## Example\n```\n{row.example}\n```\n\n## Mend\n{row.mend}\n"
    )
    return Code(row.code, row.title, text, row.severity)


CODES: dict[str, Code] = {row.code: _code(row) for row in EXPLANATIONS}
"""Every code of this room, by its name."""


def found(
    code: str,
    node: Node,
    message: str,
    *,
    label: str = "",
    hint: str = "",
    notes: tuple[str, ...] = (),
    span: Span | None = None,
) -> Diagnostic:
    """A problem at ``node`` (or at ``span`` inside it), as severe as its code says."""
    return Diagnostic(code, message, span or node.element.span, CODES[code].severity, label, hint, notes)
