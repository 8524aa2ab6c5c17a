"""The language's ``iterations``: a number of passes shared by users (k6's shared-iterations)."""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.life import Life
from silhouette_plan.program.groups import SharedIterationsSpec
from silhouette_plan.program.numbers import whole


async def drive_shared(group: GroupRun, spec: SharedIterationsSpec) -> None:
    """Starts all users; each takes the next pass while one is left."""
    left = whole(spec.iterations, group.engine_user, "iterations")
    users = min(whole(spec.users, group.engine_user, "users"), left)
    group.announce(users)
    left -= users

    async def again(life: Life, completed: bool) -> bool:
        nonlocal left
        left -= 1
        return left >= 0

    for number in range(users):
        group.start_user(number, again=again)
