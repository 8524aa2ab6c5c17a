"""Arrivals and Free-Form Arrivals Thread Groups: each arrival is a pass of an idle user, or of a new one.

A user whose pass is over waits for the next arrival (``ArrivalsThreadGroup``'s pool). An arrival that finds nobody idle
and the limit reached is lost. When the last arrival has begun its pass, the plugin's count of arrivals is full and all
users leave after their sample; where arrivals were lost it never fills, and they end their passes.
"""

from __future__ import annotations

from collections import deque

import trio

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.life import Life
from silhouette_plan.program.groups import ArrivalsGroupSpec
from silhouette_plan.program.numbers import whole


async def drive_arrivals(group: GroupRun, spec: ArrivalsGroupSpec) -> None:
    """Serves the arrivals one by one."""
    user = group.engine_user
    moments = spec.arrivals(user)
    iterations = whole(spec.iterations, user, "iterations")
    limit = whole(spec.limit, user, "concurrency limit")
    group.announce(None)
    idle: deque[tuple[Life, trio.Event]] = deque()
    started = lost = 0
    over = False

    async def again(life: Life, completed: bool) -> bool:
        if (completed and 0 < iterations <= life.user.iteration) or group.stopped or over:
            return False
        called = trio.Event()
        idle.append((life, called))
        life.user.group.active_users -= 1
        life.user.run.active_users -= 1
        try:
            await life.wait(called.wait)
        finally:
            life.user.group.active_users += 1
            life.user.run.active_users += 1
        return called.is_set()

    for moment in moments:
        due = group.start + moment
        if not await group.sleep_until(due):
            return
        if idle:
            life, called = idle.popleft()
            life.user.due = due
            called.set()
        elif limit <= 0 or group.state.active_users < limit:
            group.start_user(started, name=group.starter_name(started), again=again).user.due = due
            started += 1
        else:
            lost += 1
    over = True
    for life, _ in idle:
        life.stop()
    if not lost:
        group.end_users()
