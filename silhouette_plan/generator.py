"""A watch on the generator: what this process does while a run goes on, looked at about each second.

Nothing is measured by the sample. CPU is that of the whole process: the threads that write results take turns with the users
at one interpreter, so together they have a core and no more. Lag is how late what was due was served; besides the pauses of
users, a probe of the watch's own is due many times a second. A socket that became ready waits for the same turn of the event
loop as a probe whose moment came, so the probe speaks for both.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import trio

from silhouette_plan.descriptors import open_now
from silhouette_plan.engine.lag import Lag
from silhouette_plan.results.health import Course, Health, Window

PROBE_INTERVAL = 0.05
"""Seconds between two probes of the event loop."""

LOOK_INTERVAL = 1.0
"""Seconds between two looks."""

SHORTEST_LOOK = LOOK_INTERVAL / 2
"""A rest at the end that is shorter is not looked at by itself: too few probes, too coarse a clock."""


class Watch:
    """The generator's health from now on. ``lag`` takes in the probes, and the engine's pauses; ``taken`` counts samples."""

    def __init__(self, lag: Lag, taken: Callable[[], int]) -> None:
        self._lag = lag
        self._taken = taken
        self._course = Course()
        self._descriptors = open_now()
        self._began = self._looked = trio.current_time()
        self._cpu_began = self._cpu = time.process_time()
        self._samples = taken()
        self._lag_before = lag.copy()

    async def run(self) -> None:
        """Watches, for as long as it is let."""
        while True:
            due = trio.current_time() + PROBE_INTERVAL
            await trio.sleep_until(due)
            now = trio.current_time()
            self._lag.late(now - due)
            if now - self._looked >= LOOK_INTERVAL:
                self._look(now)

    def _look(self, now: float) -> None:
        """Ends a window: what came since the last look."""
        seconds, cpu, samples = now - self._looked, time.process_time(), self._taken()
        window = Window(
            start=self._looked - self._began,
            seconds=seconds,
            cpu_percent=100 * (cpu - self._cpu) / seconds,
            lag_p99_ms=1000 * self._lag.since(self._lag_before).quantile(0.99),
            samples=samples - self._samples,
            # What a run opens beyond the descriptors of its start are sockets, but for a few.
            open_sockets=max(open_now() - self._descriptors, 0),
        )
        self._course.add(window)
        self._looked, self._cpu, self._samples, self._lag_before = now, cpu, samples, self._lag.copy()

    def health(self) -> Health:
        """How the generator did up to now."""
        now = trio.current_time()
        if now - self._looked >= SHORTEST_LOOK:
            self._look(now)
        seconds = max(now - self._began, 1e-9)
        cpu = 100 * (time.process_time() - self._cpu_began) / seconds
        return self._course.health(seconds, cpu, 1000 * self._lag.quantile(0.99))
