"""Thread Group, setUp and tearDown (``org.apache.jmeter.threads.ThreadGroup``).

User *i* is due *i* steps after the first, a step being the ramp-up over the users, rounded to whole ms. With *delayed
start* each step is what is left of the ramp-up over the users to come, so that the last one starts at its end; none is
made once the time is over, and a negative delay is none. The scheduler's duration counts from the end of its delay, for
all users alike, whenever they start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.program.groups import ThreadGroupSpec
from silhouette_plan.program.numbers import BadNumber, whole
from silhouette_plan.values.java.numbers import single_precision


async def drive_thread_group(group: GroupRun, spec: ThreadGroupSpec) -> None:
    """Starts each user when it is due."""
    user = group.engine_user
    users = whole(spec.users, user, "users")
    ramp_up = whole(spec.ramp_up, user, "ramp-up")
    start = group.start
    deadline: float | None = None
    if spec.scheduler:
        delay = whole(spec.delay, user, "delay")
        duration = whole(spec.duration, user, "duration")
        if spec.delayed_start:
            delay = max(0, delay)
        if duration <= 0 or delay < 0:
            raise BadNumber(f"the scheduler is on with a duration of {duration} s and a delay of {delay} s")
        start += delay
        deadline = start + duration
    group.announce(users)
    for number, offset in enumerate((delayed if spec.delayed_start else at_once)(users, ramp_up)):
        due = start + offset / 1000.0
        if not await group.sleep_until(due) or (spec.delayed_start and deadline is not None and due > deadline):
            return
        group.start_user(number, deadline)


def at_once(users: int, ramp_up: int) -> Iterator[int]:
    """When each user is due, in ms after the first; ``ramp_up`` in s. All are there from the start, and wait."""
    step = _round(single_precision(ramp_up * 1000.0 / users)) if users > 0 else 0
    return (number * step for number in range(users))


def delayed(users: int, ramp_up: int) -> Iterator[int]:
    """The same with *delayed start*."""
    offset = 0
    for to_come in range(users, 0, -1):
        if to_come < users:
            offset += max(0, _round(single_precision((ramp_up * 1000.0 - offset) / to_come)))
        yield offset


def _round(value: float) -> int:
    """Java's ``Math.round``: halves go up."""
    return math.floor(value + 0.5)
