"""Load profiles as pure functions: when each user comes and goes, or an arrival is due. All times in s from the start.

The arithmetic is that of the plugins (``kg.apc.jmeter.threads``, ``com.blazemeter.jmeter.threads``), to the ms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from silhouette_plan.plan.records import record


@record
class Stay:
    """A user comes at ``start`` and goes at ``end``."""

    start: float
    end: float


def ultimate(rows: Sequence[tuple[int, int, int, int, int]]) -> list[Stay]:
    """Ultimate Thread Group; rows of users, delay, ramp-up, hold and ramp-down.

    Within a row the first user comes last and goes last, as the plugin counts down. A row without users takes one of the
    users of the rows behind it, as there.
    """
    stays = [stay for row in rows for stay in _row(*row)]
    return stays[: sum(row[0] for row in rows)]


def _row(users: int, delay: int, ramp_up: int, hold: int, ramp_down: int) -> Iterator[Stay]:
    for left in range(users, 0, -1) if users else (0,):
        share = left / users if users else 0.0
        rise, fall = math.floor(1000 * ramp_up * share), math.floor(1000 * ramp_down * share)
        yield Stay(delay + rise / 1000, delay + ramp_up + hold + fall / 1000)


@record
class Steps:
    """The fields of a Stepping Thread Group: ``burst`` users at once, then ``users_in`` every ``period`` s, each lot over
    ``ramp_up`` s; held for ``hold`` s; then ``users_out`` leave every ``period_out`` s."""

    users: int
    delay: int
    burst: int
    users_in: int
    period: int
    ramp_up: int
    hold: int
    users_out: int
    period_out: int


def stepping(steps: Steps) -> list[Stay]:
    """Stepping Thread Group."""
    users = steps.users
    users_in, users_out = steps.users_in or users, steps.users_out or users
    burst = min(steps.burst, users) if min(steps.burst, users) > 0 else users_in
    lot = 1000 * (steps.period + steps.ramp_up)
    lots = 1 if users < burst else math.ceil((users - burst) / users_in)
    in_last = math.fmod(users - burst, users_in) or users_in
    base = 1000 * steps.delay
    all_there = base + lots * lot + 1000 * steps.ramp_up // users_in * in_last + 1000 * steps.hold
    stays = []
    for number in range(users):
        first = number < burst
        place = number if first else (number - burst) % users_in
        start = base + (0 if first else 1 + (number - burst) // users_in) * lot
        start += place * (1000 * steps.ramp_up // (burst if first else users_in))
        end = all_there + 1000 * steps.period_out * (number // users_out)
        stays.append(Stay(start / 1000, end / 1000))
    return stays


def stages(line: Sequence[tuple[int, int, float]]) -> list[Stay]:
    """Users along a line of stages: from, to, over how many s.

    User *k* of a rise comes when the line reaches *k*; on a fall those leave first who came last, each when the line has
    fallen by one.
    """
    stays: list[Stay] = []
    present: list[int] = []
    now = 0.0

    def move(before: int, after: int, over: float) -> None:
        for count in range(1, after - before + 1):
            present.append(len(stays))
            stays.append(Stay(now + over * (count / (after - before)), math.inf))
        for count in range(1, before - after + 1):
            index = present.pop()
            stays[index] = Stay(stays[index].start, now + over * (count / (before - after)))

    users = 0
    for start, end, duration in line:
        move(users, start, 0.0)
        move(start, end, duration)
        users = end
        now += duration
    return [stay if math.isfinite(stay.end) else Stay(stay.start, now) for stay in stays]


@record
class Climb:
    """The fields of a Concurrency Thread Group: to ``target`` users in ``ramp_up`` s, in ``steps`` or in a line, kept for
    ``hold`` s."""

    target: int
    ramp_up: int
    hold: int
    steps: int


def wanted_users(climb: Climb, moment: float) -> int | None:
    """How many users a Concurrency Thread Group wants at ``moment``; None once its time is over."""
    target, ramp_up = climb.target, climb.ramp_up
    if moment >= ramp_up + climb.hold:
        return None
    if moment >= ramp_up:
        return target
    if climb.steps > 0:
        return math.floor(target / climb.steps * (math.floor(moment / (ramp_up / climb.steps)) + 1) + 0.5)
    return math.floor(target / ramp_up * moment + 0.5)


Level = Callable[[float, int], float]
"""Arrivals a second at a moment, given how many arrivals there were; below 0 where all is over."""

_WAIT = 0.2
"""How long the plugin waits where the rate is 0."""

_CLOSE = 1e-9
"""A moment this close before a bound is at it: sums of distances are not exact."""


def arrivals(rate: Level) -> Iterator[float]:
    """Arrivals whose distance is the inverse of the rate at the first of the two; behind the last, the end of it all."""
    moment, count = 0.0, 0
    while (level := rate(moment, count)) >= 0:
        if level > 0:
            yield moment
            count += 1
        moment += 1 / level if level > 0 else _WAIT
    yield moment


def arrivals_level(target: float, ramp_up: int, hold: int, steps: int) -> Level:
    """Arrivals Thread Group, ``target`` a second. Without steps, the plugin's rate within the ramp-up depends on the
    arrivals so far and so stays 0 until the ramp-up is over."""

    def level(moment: float, count: int) -> float:
        if moment + _CLOSE >= ramp_up + hold:
            return -1.0
        if ramp_up == 0 or moment > ramp_up:
            return target
        if steps > 0:
            return target / steps * (math.floor((moment + _CLOSE) / (ramp_up / steps)) + 1)
        slope = target / ramp_up
        return slope * math.sqrt(2 * count / slope) if slope > 0 else 0.0

    return level


def free_form_level(rows: Sequence[tuple[float, float, float]]) -> Level:
    """Free-Form Arrivals Thread Group: rows of start and end (a second) and duration (s), whole seconds added up."""

    def level(moment: float, count: int) -> float:
        begun = 0
        for start, end, duration in rows:
            progress = (moment - begun) / duration if duration else 0.0
            begun = int(begun + duration)
            if moment <= begun + _CLOSE:
                return start + progress * (end - start)
        return -1.0

    return level
