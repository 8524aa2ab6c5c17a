"""The lines shown while a run goes on: a state and the lines made of it."""

from __future__ import annotations

from collections.abc import Sequence

from silhouette_plan.plan.records import record
from silhouette_plan.results.figures import clock_text
from silhouette_plan.results.histogram import Histogram
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

_FULL, _EMPTY = "█", "░"
_BAR = 20


@record
class LiveState:
    """A moment of a run. ``elapsed`` and ``planned`` (None: unknown) are seconds, ``rate`` samples a second, ``p95`` ms."""

    name: str
    users: int
    elapsed: float
    planned: float | None
    samples: int
    errors: int
    rate: float
    p95: int
    planned_users: int | None = None
    stopping: bool = False


def live_lines(state: LiveState, width: int = 80) -> list[str]:
    """Two lines for ``state``, none longer than ``width``."""
    share = 100 * state.errors / state.samples if state.samples else 0.0
    users = f"{state.users}/{state.planned_users}" if state.planned_users else str(state.users)
    facts = (
        f"users {users}",
        f"{state.rate:.0f}/s",
        f"{state.samples} samples",
        f"{state.errors} failed ({share:.1f} %)",
        f"p95 {state.p95} ms",
    )
    return [_progress(state, width), _joined(facts, width)]


def _progress(state: LiveState, width: int) -> str:
    clock = clock_text(state.elapsed)
    ending = " stopping" if state.stopping else ""
    if not state.planned:
        return f"{state.name}  {clock}{ending}"[:width]
    done = min(state.elapsed / state.planned, 1.0)
    filled = int(done * _BAR)
    bar = f"{_FULL * filled}{_EMPTY * (_BAR - filled)}"
    left = clock_text(max(state.planned - state.elapsed, 0))
    return _joined((f"{bar} {done:4.0%}", f"{clock}, {left} left{ending}", state.name), width)


def _joined(facts: tuple[str, ...], width: int) -> str:
    """As many facts as fit, the first ones first."""
    line = facts[0]
    for fact in facts[1:]:
        if len(line) + 2 + len(fact) > width:
            break
        line += f"  {fact}"
    return line[:width]


class LiveCounts(Observer):
    """Counts what a live view shows. ``planned`` is the run's duration in s, None where it is unknown."""

    def __init__(self, name: str, planned: float | None = None) -> None:
        self.name = name
        self.users = 0
        self.samples = 0
        self.errors = 0
        self.planned_users: int | None = 0
        self.stopping = False
        self._planned = planned
        self._before = (0.0, 0)
        self._times = Histogram()

    def on_group_started(self, name: str, planned_users: int | None) -> None:
        """Adds the group's users to those planned."""
        if self.planned_users is not None:
            self.planned_users = None if planned_users is None else self.planned_users + planned_users

    def on_user_started(self, thread_name: str) -> None:
        """Counts a user."""
        self.users += 1

    def on_user_ended(self, thread_name: str) -> None:
        """Counts a user's end."""
        self.users -= 1

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Counts samples."""
        self.samples += len(samples)
        record = self._times.record
        for sample in samples:
            record(sample.elapsed)
            if not sample.success:
                self.errors += 1

    def state(self, elapsed: float) -> LiveState:
        """The state ``elapsed`` seconds into the run; the rate is that since the last call."""
        before, count = self._before
        rate = (self.samples - count) / (elapsed - before) if elapsed > before else 0.0
        self._before = (elapsed, self.samples)
        return LiveState(
            name=self.name,
            users=self.users,
            elapsed=elapsed,
            planned=self._planned,
            samples=self.samples,
            errors=self.errors,
            rate=rate,
            p95=self._times.percentile(95),
            planned_users=self.planned_users,
            stopping=self.stopping,
        )
