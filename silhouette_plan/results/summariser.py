"""The lines of JMeter's *Generate Summary Results* (``reporters.Summariser``), as texts given to a callback.

Samples drive it, as in JMeter: the first one that ends in the first seconds after a full interval of the wall clock brings
the lines. Samples of transaction controllers are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

INTERVAL = 30
"""Seconds between lines, where the property ``summariser.interval`` does not say."""

_WINDOW = 5
_FAR = 2**63


def interval_of(properties: Mapping[str, str]) -> int:
    """Seconds between lines by JMeter's property; the usual ones where it is no number above 0."""
    text = properties.get("summariser.interval", "").strip()
    return int(text) if text.isdecimal() and int(text) else INTERVAL


class _Tally:
    """Counts since ``start`` (ms since 1970)."""

    __slots__ = ("count", "elapsed", "end", "errors", "maximum", "minimum", "start")

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.count = self.errors = self.elapsed = self.maximum = 0
        self.minimum = _FAR

    def add(self, other: _Tally, now: int) -> None:
        self.minimum = min(self.minimum, other.minimum)
        self.maximum = max(self.maximum, other.maximum)
        self.count += other.count
        self.errors += other.errors
        self.elapsed += other.elapsed
        self.end = now

    def line(self, name: str, sign: str) -> str:
        duration = self.end - self.start if self.count else 0
        seconds = (duration + 500) // 1000
        clock = f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
        rate = f"{self.count * 1000 / duration:6.1f}" if duration else "******"
        mean = self.elapsed // self.count if self.count else 0
        failed = self.errors / self.count if self.count else 0
        return (
            f"{name} {sign} {self.count:6d} in {clock} = {rate}/s Avg: {mean:5d} Min: {self.minimum if self.count else 0:5d} "
            f"Max: {self.maximum:5d} Err: {self.errors:5d} ({failed:.2%})"
        )


class Summariser(Observer):
    """Gives ``emit`` the lines of a run: ``+`` since the last lines, ``=`` in all. ``interval`` is in seconds.

    ``users`` tells (active, started, finished) for the ``+`` line; without it, the users seen by this observer.
    """

    def __init__(
        self,
        emit: Callable[[str], None],
        name: str = "summary",
        interval: int = INTERVAL,
        users: Callable[[], tuple[int, int, int]] | None = None,
    ) -> None:
        self._emit = emit
        self._name = name
        self._interval = interval
        self._window = min(_WINDOW, interval - 1)
        self._users = users or self._users_seen
        self._started = self._ended = 0
        self._next = 0
        self._delta = self._total = _Tally(0)
        self.on_run_started(0)

    def on_run_started(self, start: int) -> None:
        """Counts from ``start``."""
        self._delta, self._total = _Tally(start), _Tally(start)

    def on_user_started(self, thread_name: str) -> None:
        """Counts a user."""
        self._started += 1

    def on_user_ended(self, thread_name: str) -> None:
        """Counts a user's end."""
        self._ended += 1

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Counts samples, and tells the lines when they are due."""
        own = [sample for sample in samples if not sample.from_transaction]
        if own and _end(own[-1]) < self._next:
            self._count(own)
            return
        for sample in own:
            self._count((sample,))
            if self._delta.end >= self._next:
                self._look(self._delta.end)

    def _count(self, samples: Sequence[Sample]) -> None:
        delta = self._delta
        times = [sample.elapsed for sample in samples]
        delta.count += len(times)
        delta.elapsed += sum(times)
        delta.minimum = min(delta.minimum, *times)
        delta.maximum = max(delta.maximum, *times)
        delta.errors += len([sample for sample in samples if not sample.success])
        delta.end = _end(samples[-1])

    def _look(self, now: int) -> None:
        """Tells the lines at ``now`` (ms since 1970) if this is the beginning of an interval of the wall clock."""
        second = now // 1000
        into = second % self._interval
        if into <= self._window:
            self._next = 1000 * (second + self._window + 1)
            self._report(now)
        else:
            self._next = 1000 * (second - into + self._interval)

    def on_run_ended(self, end: int, interrupted: str) -> None:
        """Tells the last lines."""
        self._delta.end = end
        if self._delta.count and self._total.count:
            self._emit(self._delta_line())
        self._total.add(self._delta, end)
        self._emit(self._total.line(self._name, "="))

    def _report(self, now: int) -> None:
        self._emit(self._delta_line())
        first = not self._total.count
        self._total.add(self._delta, now)
        self._delta = _Tally(now)
        if not first:
            self._emit(self._total.line(self._name, "="))

    def _users_seen(self) -> tuple[int, int, int]:
        return self._started - self._ended, self._started, self._ended

    def _delta_line(self) -> str:
        active, started, finished = self._users()
        return f"{self._delta.line(self._name, '+')} Active: {active} Started: {started} Finished: {finished}"


def _end(sample: Sample) -> int:
    return sample.start + sample.elapsed + sample.idle
