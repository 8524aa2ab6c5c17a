"""How the generator itself did while a run went on, and whether it was the limit.

A run is looked at in windows of about a second. A window in which the generator's core was busy, or its event loop late, is
one at its limit: the times of its samples are the generator's own.

1. The run as a whole is in doubt when such windows hold a tenth of its time *or* a tenth of its samples: from there on its
   90th percentile is. Time alone would let an idle tail hide a storm; samples alone would miss a generator that hung and
   therefore took none.
2. The first seconds are start-up (connections, caches, all users at once) and not judged, and less than two seconds at the
   limit are a hiccup. So runs are judged from five seconds on.
3. What is kept does not grow with the run.
"""

from __future__ import annotations

from dataclasses import replace

from silhouette_plan.plan.records import record

LAG_LIMIT_MS = 50.0
"""Event-loop lag (p99 of a window, ms) above which the generator is at its limit."""

CPU_LIMIT_PERCENT = 90.0
"""CPU of the process, in percent of one core, above which it is at its limit: its threads take turns at the interpreter."""

LIMITED_SHARE = 0.1
"""Share of the time, or of the samples, from which on the generator was the limit of the run."""

START_UP_S = 3.0
"""Seconds at the start that are not judged."""

HICCUP_S = 2.0
"""Fewer seconds at the limit than this say nothing about a run."""

STRETCHES = 5
"""As many stretches at the limit are kept, the longest ones."""


@record
class Window:
    """A look at the generator, over ``seconds`` from ``start`` (s into the run): CPU in percent of one core, event-loop lag
    p99 in ms, ``samples`` taken meanwhile, and the sockets open at its end."""

    start: float
    seconds: float
    cpu_percent: float
    lag_p99_ms: float
    samples: int
    open_sockets: int = 0

    @property
    def limited(self) -> bool:
        """Whether the generator was at its limit."""
        return self.cpu_percent > CPU_LIMIT_PERCENT or self.lag_p99_ms > LAG_LIMIT_MS

    @property
    def judged(self) -> float:
        """The share of the window that lies after start-up."""
        after = self.start + self.seconds - START_UP_S
        return min(max(after / self.seconds, 0.0), 1.0)


@record
class Stretch:
    """A time at the limit, ``start`` to ``end`` (s into the run), with the highest CPU and lag of its windows."""

    start: float
    end: float
    cpu_percent: float
    lag_p99_ms: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@record
class Health:
    """How the generator did over a run of ``seconds``: mean CPU in percent of one core and event-loop lag p99 in ms, each
    with the highest of a window (``_peak``); ``open_sockets`` at most at once.

    ``limited_seconds`` were at its limit, the longest of them in ``limited``; they held ``limited_share`` of the run, by
    time or by samples, whichever is more.
    """

    cpu_percent: float
    cpu_peak_percent: float
    lag_p99_ms: float
    lag_peak_ms: float
    seconds: float
    open_sockets: int = 0
    limited_seconds: float = 0.0
    limited_share: float = 0.0
    limited: tuple[Stretch, ...] = ()

    @property
    def saturated(self) -> bool:
        """Whether the generator was the limit of the run."""
        return self.limited_seconds >= HICCUP_S and self.limited_share >= LIMITED_SHARE


class Course:
    """The windows of a run, taken in one after another, in constant memory."""

    def __init__(self) -> None:
        self._seconds = self._samples = 0.0
        self._limited_seconds = self._limited_samples = 0.0
        self._cpu_peak = self._lag_peak = 0.0
        self._sockets = 0
        self._stretches: list[Stretch] = []
        self._current: Stretch | None = None

    def add(self, window: Window) -> None:
        """Takes in the next window."""
        self._sockets = max(self._sockets, window.open_sockets)
        self._cpu_peak = max(self._cpu_peak, window.cpu_percent)
        self._lag_peak = max(self._lag_peak, window.lag_p99_ms)
        judged = window.judged
        if not judged:
            return
        self._seconds += judged * window.seconds
        self._samples += judged * window.samples
        if window.limited:
            self._limited_seconds += judged * window.seconds
            self._limited_samples += judged * window.samples
            self._lengthen(window)
        else:
            self._current = None

    def _lengthen(self, window: Window) -> None:
        """The window is another second of the stretch under way, or begins one."""
        end, before = window.start + window.seconds, self._current
        if before is None:
            self._current = Stretch(max(window.start, START_UP_S), end, window.cpu_percent, window.lag_p99_ms)
        else:
            self._stretches.remove(before)
            self._current = replace(
                before,
                end=end,
                cpu_percent=max(before.cpu_percent, window.cpu_percent),
                lag_p99_ms=max(before.lag_p99_ms, window.lag_p99_ms),
            )
        self._stretches.append(self._current)
        if len(self._stretches) > STRETCHES + 1:
            self._stretches.remove(min(self._stretches[:-1], key=lambda one: one.seconds))

    def health(self, seconds: float, cpu_percent: float, lag_p99_ms: float) -> Health:
        """The run as a whole: its length, mean CPU and lag p99 are given, the rest is what the windows told.

        A last rest of the run may be in no window, so the whole may exceed them.
        """
        longest = sorted(self._stretches, key=lambda one: one.seconds, reverse=True)[:STRETCHES]
        return Health(
            cpu_percent=cpu_percent,
            cpu_peak_percent=max(self._cpu_peak, cpu_percent),
            lag_p99_ms=lag_p99_ms,
            lag_peak_ms=max(self._lag_peak, lag_p99_ms),
            seconds=seconds,
            open_sockets=self._sockets,
            limited_seconds=self._limited_seconds,
            limited_share=max(
                self._limited_seconds / self._seconds if self._seconds else 0.0,
                self._limited_samples / self._samples if self._samples else 0.0,
            ),
            limited=tuple(sorted(longest, key=lambda one: one.start)),
        )
