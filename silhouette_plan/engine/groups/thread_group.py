"""Thread Group, setUp and tearDown (``org.apache.jmeter.threads.ThreadGroup``).

User *i* is due *i* steps after the first, a step being the ramp-up over the users, rounded to whole ms. With *delayed
start* the users are spread evenly instead, and none is made once the time is over. The scheduler's duration counts from
the end of its delay, for all users alike, whenever they start.
"""

from __future__ import annotations

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
        if duration <= 0 or delay < 0:
            raise BadNumber(f"the scheduler is on with a duration of {duration} s and a delay of {delay} s")
        start += delay
        deadline = start + duration
    group.announce(users)
    for number in range(users):
        due = start + offset(number, users, ramp_up, spec.delayed_start) / 1000.0
        if not await group.sleep_until(due) or (spec.delayed_start and deadline is not None and due > deadline):
            return
        group.start_user(number, deadline)


def offset(number: int, users: int, ramp_up: int, delayed_start: bool = False) -> int:
    """When user ``number`` (from 0) of ``users`` is due, in ms after the first; ``ramp_up`` in s."""
    if delayed_start:
        return round(number * ramp_up * 1000 / users)
    return number * _round(single_precision(ramp_up * 1000.0 / users))


def _round(value: float) -> int:
    """Java's ``Math.round``: halves go up."""
    return int(value + 0.5)
