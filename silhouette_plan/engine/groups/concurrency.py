"""Concurrency Thread Group: keeps as many users alive as the plan wants (``ConcurrencyThreadStarter``).

The plugin looks at its plan when a user ended, else once a second (ten milliseconds while it has no user at all): a ramp
rises in steps of a second, and the end of the time is seen at the next look. Users then leave after their sample; no
pause is cut short. The fields are read at each look, since a property may change them meanwhile.
"""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.life import Life
from silhouette_plan.program.groups import ConcurrencyGroupSpec
from silhouette_plan.program.numbers import whole
from silhouette_plan.program.profiles import wanted_users

LOOK = 1.0
"""Seconds between two looks at the plan."""

LOOK_ALONE = 0.01
"""The same, while no user is alive."""


async def drive_concurrency(group: GroupRun, spec: ConcurrencyGroupSpec) -> None:
    """Starts users as they become due; one that ends is replaced; at the end all leave after their sample."""
    clock = group.session.run.clock
    climb = spec.climb(group.engine_user)
    limit = whole(spec.iterations, group.engine_user, "iterations")
    group.announce(climb.target)
    started = 0

    async def again(life: Life, completed: bool) -> bool:
        return len(group.lives) <= climb.target and not (completed and 0 < limit <= life.user.iteration)

    while (wanted := wanted_users(climb, clock.now() - group.start)) is not None and climb.target > 0:
        for number in range(started, started + wanted - len(group.lives)):
            group.start_user(number, name=group.starter_name(number), again=again, ended=group.look)
            started += 1
        if not await group.sleep_until(clock.now() + (LOOK if group.lives else LOOK_ALONE)):
            return
        climb = spec.climb(group.engine_user)
    group.end_users()
