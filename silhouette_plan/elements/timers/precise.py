"""Precise Throughput Timer (``org.apache.jmeter.timers.poissonarrivals``).

For each span of ``duration`` seconds, exactly as many moments as the throughput asks for are drawn evenly over the span
and taken in order: Poisson arrivals, given their number. All users of a group, and all timers in it, share one sequence.
With a seed the moments are Java's; without one they come in order one by one, so that no span is drawn as a whole.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

from silhouette_plan.plan.timers import PreciseThroughputTimer
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import decimal_of, integer_of
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

Spread = Callable[[int, float, float], Iterator[float]]
"""So many moments in order, from a start over a length (s)."""

_PRECISION = 0.00001


def precise_throughput_timer(node: PreciseThroughputTimer, build: Build) -> TimerStep:
    """``PreciseThroughputTimer``. The schedule starts when a user of the group first asks for it."""
    throughput_of = decimal_of(build, node, node.throughput)
    period_of = integer_of(build, node, node.period)
    duration_of = integer_of(build, node, node.duration)
    batch_of = integer_of(build, node, node.batch_size)
    seed_of = integer_of(build, node, node.seed)

    def make(user: User) -> Arrivals:
        return Arrivals(user.run.clock.now(), batch_of(user), spread_by(seed_of(user), user.random))

    def delay(user: User) -> float:
        arrivals = user.run.service((PreciseThroughputTimer, user.group), lambda: make(user))
        period = period_of(user)
        if not period:
            raise ValueFault("Precise Throughput Timer with a period of 0")
        moment = arrivals.next(throughput_of(user) / period, duration_of(user))
        return max(0, int((arrivals.start + moment - user.run.clock.now()) * 1000.0))

    return TimerStep(delay=delay)


class Arrivals:
    """The moments at which samples are due, in s after ``start``; each one counts for ``batch`` samples."""

    __slots__ = ("_batch", "_drawn_until", "_left", "_moment", "_moments", "_rate", "_spread", "start")

    def __init__(self, start: float, batch: int, spread: Spread) -> None:
        self.start = start
        self._batch = max(1, batch)
        self._spread = spread
        self._drawn_until = 0.0
        self._rate = -1.0
        self._moments: Iterator[float] = iter(())
        self._moment = 0.0
        self._left = 0

    def next(self, rate: float, duration: float) -> float:
        """The next moment, at ``rate`` samples a second, drawn ``duration`` s at a time. Raises ``ValueFault``."""
        if abs(rate - self._rate) >= _PRECISION:
            self._draw(rate, duration)
        if self._left:
            self._left -= 1
            return self._moment
        moment = next(self._moments, None)
        if moment is None:
            self._draw(rate, duration)
            moment = next(self._moments, None)
        if moment is None:
            raise ValueFault("Precise Throughput Timer with no samples to schedule")
        self._moment, self._left = moment, self._batch - 1
        return moment

    def _draw(self, rate: float, duration: float) -> None:
        self._rate, self._left = rate, 0
        count = max(0, math.ceil(rate / self._batch * duration))
        self._moments = self._spread(count, self._drawn_until, duration)
        self._drawn_until += duration


def spread_by(seed: int, stream: random.Random) -> Spread:
    """Moments by Java's generator of ``seed``, or from ``stream`` where that is 0."""
    if not seed:
        return lambda count, start, length: in_order(stream, count, start, length)
    generator = JavaRandom(seed)
    return lambda count, start, length: iter(sorted(start + generator.next_double() * length for _ in range(count)))


def in_order(stream: random.Random, count: int, start: float, length: float) -> Iterator[float]:
    """``count`` even draws over a span, sorted, without drawing them all: each is the least of those that remain."""
    position = 0.0
    for remaining in range(count, 0, -1):
        position += (1.0 - position) * (1.0 - (1.0 - stream.random()) ** (1.0 / remaining))
        yield start + position * length
