"""Synchronizing Timer (``org.apache.jmeter.timers.SyncTimer``): users wait for one another.

As with a Java ``CyclicBarrier``, one user that gives up, by its timeout or because it is stopped, lets the others go.
"""

from __future__ import annotations

import math

import trio

from silhouette_plan.plan.timers import SyncTimer
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import integer_of
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def sync_timer(node: SyncTimer, build: Build) -> TimerStep:
    """``SyncTimer``. A group size below 0 waits for nobody; a timeout below 0 loses the sample."""
    key = object()
    users_of = integer_of(build, node, node.users)
    timeout_of = integer_of(build, node, node.timeout)

    async def wait(user: User) -> None:
        size, timeout = users_of(user), timeout_of(user)
        if size < 0:
            return
        if timeout < 0:
            raise ValueFault(f"Synchronizing Timer with a negative timeout: {timeout}")
        barrier = user.run.service(key, lambda: Barrier(size or user.group.planned_users or 1))
        limit = timeout / 1000.0 if timeout else math.inf
        if user.deadline is not None:
            limit = min(limit, max(0.0, user.deadline - user.run.clock.now()))
        await barrier.wait(limit)

    return TimerStep(wait=wait)


class Barrier:
    """Lets ``parties`` tasks pass at once, again and again."""

    __slots__ = ("_arrived", "_open", "_parties")

    def __init__(self, parties: int) -> None:
        self._parties = parties
        self._arrived = 0
        self._open = trio.Event()

    async def wait(self, timeout: float) -> None:
        """Until all have come, or ``timeout`` s have passed for one of them."""
        self._arrived += 1
        if self._arrived >= self._parties:
            self._release()
            return
        gate = self._open
        with trio.move_on_after(timeout):
            try:
                await gate.wait()
            finally:
                if not gate.is_set():
                    self._release()

    def _release(self) -> None:
        self._open.set()
        self._open = trio.Event()
        self._arrived = 0
