"""From what was measured to a judgement on a line of ``slo``: pure functions."""

from __future__ import annotations

import enum

from silhouette_plan.plan.records import record
from silhouette_plan.results.measure import Measure
from silhouette_plan.results.objectives.objective import Action, Objective
from silhouette_plan.results.objectives.windows import Window


class Result(enum.StrEnum):
    """What became of a line. ``WARNED``: it does not hold, and only tells so."""

    HELD = "held"
    FAILED = "failed"
    WARNED = "warned"
    NO_DATA = "no data"


@record
class Judgement:
    """``value`` is the figure, None without data; of windows, that of the worst, which went from ``begin`` to ``end`` (s).

    ``windows`` were judged and ``broken`` of them did not hold. ``aborted_at``: s after which the line ended the run.
    """

    objective: Objective
    value: float | None = None
    begin: float = 0.0
    end: float = 0.0
    windows: int = 0
    broken: int = 0
    aborted_at: float | None = None

    @property
    def holds(self) -> bool:
        """Whether what was measured keeps the bound; so it does while there is nothing."""
        return self.value is None or self.objective.bound.holds(self.value)

    @property
    def result(self) -> Result:
        """The judgement in a word."""
        if self.value is None:
            return Result.NO_DATA
        if self.holds:
            return Result.HELD
        return Result.WARNED if self.objective.action is Action.WARN else Result.FAILED


def judge_whole(objective: Objective, measure: Measure, seconds: float) -> Judgement:
    """One figure of all that was observed, taken over ``seconds``."""
    if not measure.count:
        return Judgement(objective)
    return Judgement(objective, objective.figure(measure, seconds))


def judge_window(so_far: Judgement, window: Window) -> Judgement:
    """The judgement on the windows ``so_far`` and on one more: the worst of them counts, of equals the first."""
    objective = so_far.objective
    value = objective.figure(window.measure, window.seconds)
    broken = so_far.broken + (not objective.bound.holds(value))
    windows = so_far.windows + 1
    if so_far.value is not None and objective.bound.margin(value) >= objective.bound.margin(so_far.value):
        return Judgement(objective, so_far.value, so_far.begin, so_far.end, windows, broken)
    return Judgement(objective, value, window.begin, window.end, windows, broken)


def may_still_hold(judgement: Judgement) -> bool:
    """Whether the run can mend a line that does not hold now: a count that has not got there yet."""
    objective, value = judgement.objective, judgement.value
    counts_on = objective.aggregate == "count" and objective.over is None
    return counts_on and value is not None and objective.bound.waits_for_more(value)
