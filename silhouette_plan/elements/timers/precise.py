"""Precise Throughput Timer (``org.apache.jmeter.timers.poissonarrivals``).

For each span of ``duration`` seconds, exactly as many moments as the throughput asks for are drawn evenly over the span
and taken in order: Poisson arrivals, given their number. All users of a group, and all timers in it, share one sequence,
whose rate is that of the timer that came first. It counts from the start of the group: what has become due by then goes
at once. With a seed the moments are Java's; without one they come in order one by one, so that no span is drawn as a whole.
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
    """``PreciseThroughputTimer``."""
    throughput_of = decimal_of(build, node, node.throughput)
    period_of = integer_of(build, node, node.period)
    duration_of = integer_of(build, node, node.duration)
    batch_of = integer_of(build, node, node.batch_size)
    seed_of = integer_of(build, node, node.seed)
    key = object()

    def delay(user: User) -> float:
        arrivals: Arrivals | None = user.group.state.get(PreciseThroughputTimer)
        if arrivals is None:
            arrivals = Arrivals(batch_of(user), spread_by(seed_of(user), user.random), (key, user.number))
            user.group.state[PreciseThroughputTimer] = arrivals
        if arrivals.owner == (key, user.number):
            period = period_of(user)
            if not period:
                raise ValueFault("Precise Throughput Timer with a period of 0")
            arrivals.rate, arrivals.duration = throughput_of(user) / period, duration_of(user)
        return max(0, int((user.group.start + arrivals.next() - user.run.clock.now()) * 1000.0))

    return TimerStep(delay=delay)


class Arrivals:
    """The moments at which samples are due, in s; each one counts for ``batch`` samples, below 1 for all.

    They come at ``rate`` a second and are drawn ``duration`` s at a time. ``owner`` is whose timer sets the two: that of
    the user who came first (JMeter asks that user's copy of the timer, which only that user brings up to date).
    """

    __slots__ = (
        "_batch",
        "_drawn_rate",
        "_drawn_until",
        "_left",
        "_moment",
        "_moments",
        "_spread",
        "duration",
        "owner",
        "rate",
    )

    def __init__(
        self, batch: int, spread: Spread, owner: object = None, rate: float = 0.0, duration: float = 0.0
    ) -> None:
        self._batch = batch
        self._spread = spread
        self.owner = owner
        self.rate = rate
        self.duration = duration
        self._drawn_until = 0.0
        self._drawn_rate = -1.0
        self._moments: Iterator[float] = iter(())
        self._moment = 0.0
        self._left: float = 0

    def next(self) -> float:
        """The next moment. Raises ``ValueFault``."""
        if abs(self.rate - self._drawn_rate) >= _PRECISION:
            self._draw()
        if self._left:
            self._left -= 1
            return self._moment
        moment = next(self._moments, None)
        if moment is None:
            self._draw()
            moment = next(self._moments, None)
        if moment is None:
            raise ValueFault("Precise Throughput Timer with no samples to schedule")
        self._moment, self._left = moment, self._batch - 1 if self._batch >= 1 else math.inf
        return moment

    def _draw(self) -> None:
        self._drawn_rate, self._left = self.rate, 0
        count = max(0, math.ceil(self.rate / max(1, self._batch) * self.duration))
        self._moments = self._spread(count, self._drawn_until, self.duration)
        self._drawn_until += self.duration


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
