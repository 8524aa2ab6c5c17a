"""A line of ``slo``, compiled: what is measured, over which part of the run, and the bound it must keep."""

from __future__ import annotations

import enum

from silhouette_plan.plan.records import record
from silhouette_plan.results.figures import Unit
from silhouette_plan.results.measure import Measure


class Action(enum.StrEnum):
    """What a line does that does not hold."""

    FAIL = ""
    WARN = "warn"
    ABORT = "abort"


class Nature(enum.Enum):
    """What the observations of a metric are: amounts that add up, numbers, truths, or a level that goes up and down."""

    AMOUNT = enum.auto()
    NUMBER = enum.auto()
    TRUTH = enum.auto()
    LEVEL = enum.auto()


class Scope(enum.Enum):
    """Whose observations count.

    ``ALL``: those of every request, also of those inside a transaction, and those made outside samples. ``LABEL``: of
    samples with that label, transactions too. ``GROUP``: of the requests of a group's users. ``CHECK``: of the check of
    that name.
    """

    ALL = enum.auto()
    LABEL = enum.auto()
    GROUP = enum.auto()
    CHECK = enum.auto()


@record
class Selection:
    """Observations of ``metric``, of those that ``scope`` and ``name`` tell."""

    metric: str
    scope: Scope = Scope.ALL
    name: str = ""


@record
class Bound:
    """``< <= > >= == !=`` with one number, in ``low`` and ``high`` alike; or ``in``, both ends included."""

    comparison: str
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether ``value`` keeps the bound."""
        match self.comparison:
            case "<":
                return value < self.high
            case ">":
                return value > self.low
            case "!=":
                return value != self.low
            case _:
                return self.margin(value) >= 0

    def margin(self, value: float) -> float:
        """How far ``value`` is inside the bound; below 0, how far outside."""
        match self.comparison:
            case "<" | "<=":
                return self.high - value
            case ">" | ">=":
                return value - self.low
            case "!=":
                return abs(value - self.low)
            case _:
                return min(value - self.low, self.high - value)

    def waits_for_more(self, value: float) -> bool:
        """Whether a number that only ever rises, ``value`` now, may still come to keep the bound."""
        return self.comparison not in ("<", "<=", "!=") and value <= self.low


@record(kw_only=True)
class Objective:
    """``text`` is the line without its action; ``aggregate`` as the language spells it, ``throughput`` included.

    ``during`` is a part of the run and ``over`` the length of windows, in s. ``after``: s before which nothing is aborted.
    """

    text: str
    aggregate: str
    selection: Selection
    nature: Nature
    bound: Bound
    unit: Unit = Unit.NONE
    during: tuple[float, float] | None = None
    over: float | None = None
    action: Action = Action.FAIL
    after: float = 0.0

    @property
    def adds_up(self) -> bool:
        """Whether the figure depends on how long was measured, so that a window cut short is no window."""
        of_time = self.aggregate == "rate" and self.nature is Nature.AMOUNT
        return of_time or self.aggregate in ("throughput", "count", "growth")

    @property
    def judges_failures(self) -> bool:
        """Whether the line says how many samples may fail."""
        return self.action is not Action.WARN and self.selection.metric in ("failed", "ok")

    def figure(self, measure: Measure, seconds: float) -> float:
        """The number that the aggregate makes of ``measure``, taken over ``seconds``."""
        match self.aggregate:
            case "min":
                return measure.minimum
            case "max":
                return measure.maximum
            case "avg":
                return measure.average()
            case "med":
                return measure.percentile(50)
            case "stddev":
                return measure.deviation()
            case "growth":
                return measure.last - measure.first
            case "count":
                return measure.total if self.nature in (Nature.AMOUNT, Nature.TRUTH) else measure.count
            case "rate" | "throughput":
                return measure.total / (measure.count if self.nature is Nature.TRUTH else seconds)
            case percentile:
                return measure.percentile(float(percentile.removeprefix("p")))
