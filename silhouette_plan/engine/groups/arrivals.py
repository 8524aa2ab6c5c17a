"""Arrivals and Free-Form Arrivals Thread Groups: each arrival is a pass of an idle user, or of a new one.

A user whose pass is over waits for the next arrival (``ArrivalsThreadGroup``'s pool). An arrival that finds nobody idle
and the limit reached is lost. When the next arrival would be due and there is none, the plugin's count of arrivals is
full and all users leave after their sample; where arrivals were lost it never fills, and they end their passes.
"""

from __future__ import annotations

from collections import deque

import trio

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.groups.offered import Offered
from silhouette_plan.engine.life import Life
from silhouette_plan.program.groups import ArrivalsGroupSpec
from silhouette_plan.program.numbers import whole


async def drive_arrivals(group: GroupRun, spec: ArrivalsGroupSpec) -> None:
    """Serves the arrivals one by one."""
    user = group.engine_user
    limit = whole(spec.limit, user, "concurrency limit")
    pool = _Pool(group, whole(spec.iterations, user, "iterations"))
    offered = Offered(group)
    moments = iter(spec.arrivals(user))
    group.announce(None)
    started, moment = 0, next(moments)
    for following in moments:
        due = group.start + moment
        if not await group.sleep_until(due):
            return
        if pool.call(due):
            offered.begun(due)
        elif limit <= 0 or pool.busy() < limit:
            group.start_user(started, name=group.starter_name(started), again=pool.again).user.due = due
            started += 1
            offered.begun(due)
        else:
            offered.lost()
        moment = following
    if await group.sleep_until(group.start + moment):
        pool.close()
        if not offered.fell_short():
            group.end_users()
    offered.tell()


class _Pool:
    """The users that have made a pass and wait for an arrival."""

    def __init__(self, group: GroupRun, iterations: int) -> None:
        self._group = group
        self._iterations = iterations
        self._idle: deque[tuple[Life, trio.Event]] = deque()
        self._open = True

    def busy(self) -> int:
        """How many users are at work."""
        return len(self._group.lives) - len(self._idle)

    def call(self, due: float) -> bool:
        """Wakes the user that has waited longest, if there is one."""
        if not self._idle:
            return False
        life, called = self._idle.popleft()
        life.user.due = due
        called.set()
        return True

    def close(self) -> None:
        """There are no more arrivals."""
        self._open = False
        for life, _ in self._idle:
            life.stop()

    async def again(self, life: Life, completed: bool) -> bool:
        """Waits for an arrival; meanwhile the user does not count as active. False where there is none for it."""
        user = life.user
        if not self._open or self._group.stopped or (completed and 0 < self._iterations <= user.iteration):
            return False
        called = trio.Event()
        self._idle.append((life, called))
        user.group.active_users -= 1
        user.run.active_users -= 1
        try:
            await life.wait(called.wait)
        finally:
            user.group.active_users += 1
            user.run.active_users += 1
        return called.is_set()
