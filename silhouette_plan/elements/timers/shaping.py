"""Throughput Shaping Timer (``kg.apc.jmeter.timers.VariableThroughputTimer`` of the jpgc plugins).

A schedule of rates for all users together. Each second has room for as many samples as the rate at its start, evenly
over the second; who comes gets the next free place, and what a second did not use is lost. Past the last row the test ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from silhouette_plan.elements.codes import complain
from silhouette_plan.plan.timers import ThroughputShapingTimer
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import decimal, text_of
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.values.user import User


class Ramp(NamedTuple):
    """From one rate to another (samples a second) over a time (s)."""

    start: float
    end: float
    duration: float


def throughput_shaping_timer(node: ThroughputShapingTimer, build: Build) -> TimerStep:
    """``VariableThroughputTimer``. Its rows are read once, when the first user comes."""
    key = object()
    _look_at(node, build)
    rows = [tuple(text_of(build, node, field) for field in row) for row in node.rows]

    def make(user: User) -> Schedule:
        ramps = [Ramp(*(decimal(field(user)) for field in row)) for row in rows]
        return Schedule(user.run.clock.now(), ramps)

    def delay(user: User) -> float:
        schedule = user.run.service(key, lambda: make(user))
        now = user.run.clock.now()
        moment = schedule.take(now)
        if moment is None:
            user.run.stop(False)
            return 0.0
        return max(0.0, (moment - now) * 1000.0)

    return TimerStep(delay=delay)


class Schedule:
    """Hands out places. ``start`` and all moments are in s of the run's clock."""

    __slots__ = ("_ramps", "_second", "_start", "_taken")

    def __init__(self, start: float, ramps: Sequence[Ramp]) -> None:
        self._start = start
        self._ramps = ramps
        self._second = 0
        self._taken = 0

    def take(self, now: float) -> float | None:
        """The next free place that is not past, None where the schedule is over."""
        current = int(now - self._start)
        if current > self._second:
            self._second, self._taken = current, 0
        while (rate := self.rate(self._second)) is not None:
            if self._taken < rate:
                place = self._start + self._second + self._taken / rate
                self._taken += 1
                return place
            self._second += 1
            self._taken = 0
        return None

    def rate(self, second: float) -> float | None:
        """Samples a second, ``second`` s after the start; None past the last row."""
        for ramp in self._ramps:
            if second < ramp.duration:
                return ramp.start + second * (ramp.end - ramp.start) / ramp.duration
            second -= ramp.duration
        return None


def _look_at(node: ThroughputShapingTimer, build: Build) -> None:
    for row in node.rows:
        for field in row:
            constant = build.template(field, node).constant
            if constant is not None and not _is_number(constant):
                complain(build, node, "EL012", repr(constant))


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
