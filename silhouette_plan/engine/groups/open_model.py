"""Open Model Thread Group and the language's arrivals: a user an arrival (``OpenModelThreadGroup``).

Arrivals do not wait for one another: what a slow target holds up does not hold up the next. All of them are drawn before
the first is due, so that drawing holds up none. At the end of the schedule, users still running are interrupted; a pause
at its end leaves them time.
"""

from __future__ import annotations

from array import array

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.groups.offered import Offered
from silhouette_plan.program.groups import OpenGroupSpec
from silhouette_plan.program.schedule import arrivals_of, duration_of


async def drive_open(group: GroupRun, spec: OpenGroupSpec) -> None:
    """Starts a user at each arrival and interrupts all at the end."""
    schedule, draw = spec.schedule(group.engine_user)
    moments = array("d", arrivals_of(schedule, draw))
    group.announce(None)
    group.start = start = group.session.run.clock.now()
    offered = Offered(group)
    for number, moment in enumerate(moments):
        due = start + round(moment * 1000) / 1000
        if not await group.sleep_until(due):
            return
        group.start_user(number).user.due = due
        offered.begun(due)
    if await group.sleep_until(start + duration_of(schedule)):
        offered.interrupted(len(group.lives))
        group.nursery.cancel_scope.cancel()
    offered.tell()
