"""Pauses of many users, served by one task.

A pause by itself costs Trio a cancel scope: a deadline set, watched and taken back, and an exception through the user's
frames, about 40 µs. Here a user's task parks, and one task wakes all whose moment has come, in order of their moments.
Cancellation works as at any checkpoint.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable
from typing import Any

import trio

from silhouette_plan.engine.lag import Lag

_TIDY = 64
"""Woken early entries that may stay in the queue, at the least, before it is tidied."""


class Pause:
    """A task's wait for its moment; ``task`` is None once it was woken."""

    __slots__ = ("_sleeper", "task")

    def __init__(self, sleeper: Sleeper) -> None:
        self._sleeper = sleeper
        self.task: trio.lowlevel.Task | None = trio.lowlevel.current_task()

    async def over(self) -> None:
        """Waits for the moment, or for ``cancel``."""
        await trio.lowlevel.wait_task_rescheduled(self._abort)

    def cancel(self) -> None:
        """Ends the wait before its moment."""
        if self.task is not None:
            trio.lowlevel.reschedule(self.task)
            self._abort(None)

    def _abort(self, _: Any) -> trio.lowlevel.Abort:
        self.task = None
        self._sleeper.forget_one()
        return trio.lowlevel.Abort.SUCCEEDED


class Sleeper:
    """Wakes tasks. ``offset`` turns a moment of ``now``'s clock into Trio's time."""

    def __init__(self, now: Callable[[], float], offset: float, lag: Lag) -> None:
        self._now = now
        self._offset = offset
        self._lag = lag
        self._queue: list[tuple[float, int, Pause]] = []
        self._order = itertools.count()
        self._early = 0
        self._scope = trio.CancelScope()

    def until(self, moment: float) -> Pause:
        """A pause of the current task until ``moment`` (s), to be awaited at once."""
        pause = Pause(self)
        heapq.heappush(self._queue, (moment, next(self._order), pause))
        if self._queue[0][2] is pause:
            self._scope.deadline = moment + self._offset
        return pause

    def forget_one(self) -> None:
        """A pause ended early; its entry stays until there are too many such."""
        self._early += 1
        if self._early > _TIDY and self._early * 2 > len(self._queue):
            self._queue = [entry for entry in self._queue if entry[2].task is not None]
            heapq.heapify(self._queue)
            self._early = 0

    async def run(self) -> None:
        """Serves all pauses, for as long as it is let."""
        while True:
            with trio.CancelScope() as self._scope:
                self._scope.deadline = self._queue[0][0] + self._offset if self._queue else math.inf
                await trio.sleep_forever()
            self._wake_due()

    def _wake_due(self) -> None:
        now, queue = self._now(), self._queue
        while queue and queue[0][0] <= now:
            moment, _, pause = heapq.heappop(queue)
            if pause.task is None:
                self._early -= 1
            else:
                self._lag.late(now - moment)
                trio.lowlevel.reschedule(pause.task)
                pause.task = None
