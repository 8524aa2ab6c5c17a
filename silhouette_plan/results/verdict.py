"""What a run says in the end: its exit status and why.

1. Whether results are on record comes first, then whether the run went its whole way, then whether anything was measured,
   and last what was measured.
2. A run that measured nothing, or measured the generator instead of the target, gives no verdict: neither pass nor fail.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator

from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.plan.records import record
from silhouette_plan.results.figures import clock_text, seconds_text
from silhouette_plan.results.health import Health
from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.objectives.judging import Judgement, Result
from silhouette_plan.results.objectives.objective import Action
from silhouette_plan.results.objectives.showing import reason_of
from silhouette_plan.results.statistics import Statistics


class ExitStatus(enum.IntEnum):
    """The exit statuses of every command."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    INVALID_PLAN = 3
    FAILED = 4
    NO_VERDICT = 5
    RESULTS_LOST = 6
    ABORTED = 7
    IMPORT_INCOMPLETE = 8
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


SENTENCES: dict[ExitStatus, str] = {
    ExitStatus.OK: "Done; for a run, the verdict is pass.",
    ExitStatus.INTERNAL: "Internal error: a bug of silplan, please report it.",
    ExitStatus.USAGE: "Usage: an unknown option or a missing file.",
    ExitStatus.INVALID_PLAN: "The plan does not compile, or a check found something.",
    ExitStatus.FAILED: "The verdict is fail: an objective failed, or every sample did.",
    ExitStatus.NO_VERDICT: "No verdict: there was no sample, the target never answered, an objective matched no sample, "
    "or the generator was the limit.",
    ExitStatus.RESULTS_LOST: "Results could not be written.",
    ExitStatus.ABORTED: "Stopped by an objective's abort.",
    ExitStatus.IMPORT_INCOMPLETE: "The import is incomplete.",
    ExitStatus.HUNG_UP: "Interrupted by SIGHUP, its terminal was closed; results are written.",
    ExitStatus.INTERRUPTED: "Interrupted by SIGINT; results are written.",
    ExitStatus.TERMINATED: "Interrupted by SIGTERM; results are written.",
}
"""A sentence for every exit status."""


@record
class Outcome:
    """What else is known of a run when it is judged.

    ``interrupted`` is the name of the signal that did it, or empty. ``fail_on_error``: any failed sample fails
    the run. ``objectives`` are the judgements on the plan's objectives.
    """

    interrupted: str = ""
    fail_on_error: bool = False
    results_lost: tuple[ResultsLost, ...] = ()
    health: Health | None = None
    objectives: tuple[Judgement, ...] = ()


@record
class Verdict:
    """The exit status with its reasons, one line each; a pass may have lines too, worth knowing."""

    status: ExitStatus
    reasons: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """``pass``, ``fail``, ``no verdict`` or ``interrupted``."""
        return _WORDS.get(self.status, "fail")


_WORDS = {
    ExitStatus.OK: "pass",
    ExitStatus.NO_VERDICT: "no verdict",
    ExitStatus.RESULTS_LOST: "no verdict",
    ExitStatus.HUNG_UP: "interrupted",
    ExitStatus.INTERRUPTED: "interrupted",
    ExitStatus.TERMINATED: "interrupted",
}

_Gate = Callable[[Statistics, Outcome], Iterator[str]]


def judge(statistics: Statistics, outcome: Outcome) -> Verdict:
    """The verdict on a run: the first gate that has something to say decides, all that follow add their reasons."""
    status = ExitStatus.OK
    reasons: list[str] = []
    for gate, consequence in _GATES:
        said = list(gate(statistics, outcome))
        if said and status is ExitStatus.OK:
            status = consequence
        reasons += said
    return Verdict(status, (*reasons, *_worth_knowing(statistics, outcome)))


def _results_lost(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    yield from map(str, outcome.results_lost)


def _interrupted_by(name: str) -> _Gate:
    def gate(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
        if outcome.interrupted == name:
            yield f"interrupted by {name}"

    return gate


def _aborted(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    for judgement in outcome.objectives:
        if judgement.aborted_at is not None:
            yield f"objective stopped the run at {seconds_text(judgement.aborted_at)}: {reason_of(judgement)}"


def _nothing_measured(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    if not (statistics.labels or statistics.transactions):
        yield "no sample was taken"
    elif _never_answered(statistics):
        for address, count in statistics.unanswered.most_common():
            yield f"the target never answered: {address}, {counted(count, 'sample')}"


def _never_answered(statistics: Statistics) -> bool:
    networked = [entry for entry in statistics.labels.values() if entry.networked]
    return bool(networked) and all(entry.unanswered == entry.count for entry in networked)


def _all_failed(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    if any(judgement.objective.judges_failures for judgement in outcome.objectives):
        return
    total = statistics.total()
    if total.count and total.errors == total.count and not _never_answered(statistics):
        yield f"every sample failed ({total.count})"


def _measured_itself(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    health = outcome.health
    if health is not None and health.saturated:
        yield f"the generator was the limit {_when(health)}: times taken then are its own, not the target's"


IDLE_PERCENT = 50.0
"""CPU of the generator below which its lag is not its own doing."""

_OTHERS = "; its CPU was not used up: something else kept the machine busy"


def _when(health: Health) -> str:
    """How long the generator was at its limit, and the longest stretch of it."""
    longest = max(health.limited, key=lambda stretch: stretch.seconds)
    stretch = "from" if len(health.limited) == 1 else "the longest stretch from"
    return (
        f"for {clock_text(health.limited_seconds)} of {clock_text(health.seconds)}, {stretch} "
        f"{clock_text(longest.start)} to {clock_text(longest.end)} "
        f"(CPU {longest.cpu_percent:.0f} %, event-loop lag p99 {longest.lag_p99_ms:.0f} ms"
        f"{_OTHERS if longest.cpu_percent < IDLE_PERCENT else ''})"
    )


def _objectives_failed(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    for judgement in outcome.objectives:
        if judgement.result is Result.FAILED and judgement.aborted_at is None:
            yield f"objective failed: {reason_of(judgement)}"
    errors = statistics.total().errors
    if outcome.fail_on_error and errors:
        yield f"{counted(errors, 'sample')} failed"


def _objectives_unmatched(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    for judgement in outcome.objectives:
        if judgement.result is Result.NO_DATA and judgement.objective.action is not Action.WARN:
            yield f"objective matched no sample: {reason_of(judgement)}"


_GATES: tuple[tuple[_Gate, ExitStatus], ...] = (
    (_results_lost, ExitStatus.RESULTS_LOST),
    (_interrupted_by("SIGHUP"), ExitStatus.HUNG_UP),
    (_interrupted_by("SIGINT"), ExitStatus.INTERRUPTED),
    (_interrupted_by("SIGTERM"), ExitStatus.TERMINATED),
    (_aborted, ExitStatus.ABORTED),
    (_nothing_measured, ExitStatus.NO_VERDICT),
    (_all_failed, ExitStatus.FAILED),
    (_measured_itself, ExitStatus.NO_VERDICT),
    (_objectives_failed, ExitStatus.FAILED),
    (_objectives_unmatched, ExitStatus.NO_VERDICT),
)


def _worth_knowing(statistics: Statistics, outcome: Outcome) -> Iterator[str]:
    """Addresses that gave no answer at times, where others did; a generator at its limit, but not for long."""
    if not _never_answered(statistics):
        for address, count in statistics.unanswered.most_common():
            yield f"{address} gave no answer to {counted(count, 'sample')}"
    health = outcome.health
    if health is not None and health.limited and not health.saturated:
        yield f"the generator was at its limit {_when(health)}"
