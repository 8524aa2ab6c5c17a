"""Judgements as lines for people."""

from __future__ import annotations

from collections.abc import Sequence

from silhouette_plan.diagnostics.colours import GREEN, RED, YELLOW, painted
from silhouette_plan.results.figures import figure_text, seconds_text
from silhouette_plan.results.objectives.judging import Judgement, Result
from silhouette_plan.results.objectives.objective import Scope
from silhouette_plan.results.sections import GAP, Entry, aligned, headed

MARKS = {Result.HELD: "✓", Result.FAILED: "✗", Result.WARNED: "!", Result.NO_DATA: "?"}

_COLOURS = {Result.HELD: GREEN, Result.FAILED: RED, Result.WARNED: YELLOW, Result.NO_DATA: RED}


def objectives_table(judgements: Sequence[Judgement], width: int = 100, *, colour: bool = False) -> str:
    """A line for each objective: a mark, the line as written, what was measured, and what else is to be known of it."""
    entries: list[Entry] = [(line_of(one), measured(one), notes_of(one)) for one in judgements]
    lines = []
    for judgement, line in zip(judgements, aligned(entries, width - 1 - len(GAP)), strict=True):
        mark = painted(MARKS[judgement.result], _COLOURS[judgement.result] if colour else "")
        lines.append(f"{mark}{GAP}{line}")
    return headed("objectives", lines, colour=colour)


def line_of(judgement: Judgement) -> str:
    """The objective with its action."""
    objective = judgement.objective
    after = f" after {seconds_text(objective.after)}" if objective.after else ""
    return f"{objective.text} {objective.action}{after}".rstrip()


def measured(judgement: Judgement) -> str:
    """The figure, with as many places as tell on which side of the bound it is."""
    objective, value = judgement.objective, judgement.value
    if value is None:
        return "no data"
    return figure_text(value, objective.unit, lambda shown: objective.bound.holds(shown) == judgement.holds)


def notes_of(judgement: Judgement) -> list[str]:
    """That it ended the run; what else is to be known."""
    stopped = judgement.aborted_at
    return [*([] if stopped is None else [f"stopped the run at {seconds_text(stopped)}"]), *_details(judgement)]


def reason_of(judgement: Judgement) -> str:
    """The line with what was measured, for the reasons of a verdict."""
    text, details = judgement.objective.text, ", ".join(_details(judgement))
    if judgement.value is None:
        return f"{text}: {details}"
    return f"{text}, measured {measured(judgement)}{f' ({details})' if details else ''}"


def _details(judgement: Judgement) -> list[str]:
    """Which window was the worst, or what matched nothing."""
    if judgement.value is None:
        return [_missing(judgement)]
    if judgement.windows < 2:
        return []
    broken = f"{judgement.broken} of {judgement.windows} windows fail"
    return [
        f"worst {seconds_text(judgement.begin)}..{seconds_text(judgement.end)}",
        broken if judgement.broken else f"{judgement.windows} windows",
    ]


def _missing(judgement: Judgement) -> str:
    selection = judgement.objective.selection
    during = " in that part of the run" if judgement.objective.during else ""
    match selection.scope:
        case Scope.LABEL:
            return f"no `{selection.metric}` of a sample called “{selection.name}”{during}"
        case Scope.GROUP:
            return f"no `{selection.metric}` of a sample of the group “{selection.name}”{during}"
        case Scope.CHECK:
            return f"the check “{selection.name}” looked at no sample{during}"
        case _:
            return f"no `{selection.metric}` was observed{during}"
