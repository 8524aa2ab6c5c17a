"""Constant Throughput Timer (``org.apache.jmeter.timers.ConstantThroughputTimer``).

Each user keeps the moment that it was last due. The next one is a share of the minute later: its own, or one multiplied
by the users that share the target, or what a schedule common to all leaves. Who is late goes at once and counts from now.

Moments and spacings are whole ms since 1970 that overflow as Java's ``long`` does: a throughput of 0 has a spacing of the
largest number, which waits for ever but holds nobody back who has started already.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from silhouette_plan.plan.timers import ConstantThroughputTimer
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import decimal_of, text_of
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.values.java.numbers import wrap_long
from silhouette_plan.values.user import User

_LARGEST = (1 << 63) - 1

Spacing = Callable[[User, float, int], int]
"""Ms from one sample of a user to its next, by the ms a sample has at the target and the time now."""


class _Due:
    """When somebody was last due; long ago before the first time."""

    __slots__ = ("moment",)

    def __init__(self) -> None:
        self.moment = 0


def constant_throughput_timer(node: ConstantThroughputTimer, build: Build) -> TimerStep:
    """``ConstantThroughputTimer``."""
    key = object()
    throughput_of = decimal_of(build, node, node.throughput)
    mode_of = text_of(build, node, node.mode)

    def delay(user: User) -> float:
        due: _Due | None = user.state.get(key)
        if due is None:
            due = user.state[key] = _Due()
        clock = user.run.clock
        now = clock.stamp(clock.now())
        spacing = _SPACINGS[_mode(mode_of(user))](user, _per_sample(throughput_of(user)), now)
        target = wrap_long(due.moment + spacing)
        due.moment = max(now, target)
        return wrap_long(due.moment - now)

    return TimerStep(delay=delay)


def _per_sample(throughput: float) -> float:
    return 60_000.0 / throughput if throughput else math.inf


def _mode(text: str) -> int:
    """A mode by number, or as its key in JMeter's resources (``calcMode.1`` is 0); an unknown one means this user."""
    number = text.removeprefix("calcMode.")
    if not number.isdecimal():
        return 0
    mode = int(number) - 1 if number != text else int(number)
    return mode if mode in range(len(_SPACINGS)) else 0


def _rounded(milliseconds: float) -> int:
    """Java's ``Math.round``."""
    return math.floor(milliseconds + 0.5) if milliseconds < _LARGEST else _LARGEST


def _shared(user: User, key: object, per_sample: float, now: int) -> int:
    """One schedule for all: the next moment on it is this user's."""
    due = user.run.service(key, _Due)
    due.moment = max(now, wrap_long(due.moment + _rounded(per_sample)))
    return max(0, wrap_long(due.moment - now))


_SPACINGS: tuple[Spacing, ...] = (
    lambda user, per_sample, now: _rounded(per_sample),
    lambda user, per_sample, now: _rounded(user.run.active_users * per_sample),
    lambda user, per_sample, now: _rounded(user.group.active_users * per_sample),
    lambda user, per_sample, now: _shared(user, "constant throughput", per_sample, now),
    lambda user, per_sample, now: _shared(user, ("constant throughput", user.group), per_sample, now),
)
