"""Concurrency Thread Group: keeps as many users alive as the plan wants (``ConcurrencyThreadStarter``)."""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.life import Life
from silhouette_plan.program.groups import ConcurrencyGroupSpec
from silhouette_plan.program.numbers import whole


async def drive_concurrency(group: GroupRun, spec: ConcurrencyGroupSpec) -> None:
    """Starts users as they become due; one that ends is replaced; at the end all leave after their sample."""
    rises = spec.rises(group.engine_user)
    limit = whole(spec.iterations, group.engine_user, "iterations")
    end = group.start + rises.end
    group.announce(len(rises.due))
    started = 0

    async def again(life: Life) -> bool:
        return life.user.run.clock.now() < end and not 0 < limit <= life.user.iteration

    def start() -> None:
        nonlocal started
        name = f"{group.state.name}-ThreadStarter {group.state.number}-{started + 1}"
        group.start_user(started, end, name, again=again, ended=replace)
        started += 1

    def replace(life: Life) -> None:
        if not group.stopped and life.user.run.clock.now() < end:
            start()

    for due in rises.due:
        if not await group.sleep_until(group.start + due):
            return
        start()
    await group.sleep_until(end)
    group.stop_users()
