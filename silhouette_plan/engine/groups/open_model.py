"""Open Model Thread Group and the language's arrivals: a user an arrival (``OpenModelThreadGroup``).

Arrivals do not wait for one another: what a slow target holds up does not hold up the next. At the end of the schedule,
users still running are interrupted; a pause at its end leaves them time.
"""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.program.groups import OpenGroupSpec
from silhouette_plan.program.schedule import arrivals_of, duration_of


async def drive_open(group: GroupRun, spec: OpenGroupSpec) -> None:
    """Starts a user at each arrival and interrupts all at the end."""
    schedule, draw = spec.schedule(group.engine_user)
    group.announce(None)
    for number, moment in enumerate(arrivals_of(schedule, draw)):
        due = group.start + round(moment * 1000) / 1000
        if not await group.sleep_until(due):
            return
        group.start_user(number).user.due = due
    if await group.sleep_until(group.start + duration_of(schedule)):
        group.nursery.cancel_scope.cancel()
