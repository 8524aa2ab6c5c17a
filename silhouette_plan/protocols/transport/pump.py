"""The pump: all sockets of a run in one epoll set, each registered once, edge-triggered.

One task waits through Trio until that set is readable, drains it, and reschedules the user tasks that wait. A wait so costs
no system call of its own (Trio's ``wait_readable`` re-arms epoll each time), and every user stays a Trio task with Trio's
cancellation. The pump stamps each batch as it drains it, so that a user who runs last in a batch is not charged for the
others. While a long batch runs, its users glance at the set now and then and stamp who became ready meanwhile; those are
woken in the next batch as ever, for smaller batches would be dearer. Deadlines are kept per wire and checked by a second
task: a heap with at most one live entry a wire, moved on only when it comes due, so that a sample that answers in time pays
one comparison.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any

import trio
from outcome import Error
from trio.lowlevel import Abort, Task, current_task, reschedule, wait_readable, wait_task_rescheduled

from silhouette_plan.protocols.transport.faults import WireTimeout, lost
from silhouette_plan.protocols.transport.wire import CHUNK, TcpWire

_EVENTS = select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP | select.EPOLLET
_INCOMING = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR
_BATCH = 1024

_GLANCE = 0.0005
"""Seconds for which a running batch leaves the set alone: so late, or by one user's turn, may a stamp be."""


class Pump:
    """One epoll set and the tasks that serve it. Start ``run`` in the background before the first wire waits."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.wires: dict[int, PumpedWire] = {}
        self.epoll = select.epoll()
        self.glance_at = 0.0
        self._glanced: list[PumpedWire] = []
        self._waker: Task | None = None
        self._alarms: list[tuple[float, int, PumpedWire]] = []
        self._order = count()
        self._sleep = trio.CancelScope()

    def wire(self, sock: socket.socket) -> PumpedWire:
        """A wire for a connecting or connected socket, registered."""
        return PumpedWire(self, sock)

    async def run(self) -> None:
        """Serves until cancelled."""
        with self.epoll:
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._expire)
                    nursery.start_soon(self._wake_glanced)
                    await self._drain()
            finally:
                self.glance_at = inf

    async def _drain(self) -> None:
        poll, wires, now, set_number = self.epoll.poll, self.wires, self.now, self.epoll.fileno()
        while True:
            await wait_readable(set_number)
            moment = now()
            self.glance_at = moment + _GLANCE
            for number, events in poll(0, _BATCH):
                wire = wires.get(number)
                if wire is None:
                    continue
                task = wire.task
                if task is not None:
                    wire.task = None
                    wire.arrived = moment
                    reschedule(task)
                elif events & _INCOMING:
                    wire.stirred = True

    def glance(self) -> None:
        """Stamps who became ready while a batch runs."""
        moment = self.now()
        self.glance_at = moment + _GLANCE
        for number, events in self.epoll.poll(0, _BATCH):
            wire = self.wires.get(number)
            if wire is None:
                continue
            if wire.task is not None:
                wire.arrived = moment
                self._glanced.append(wire)
            elif events & _INCOMING:
                wire.stirred = True
        if self._glanced and self._waker is not None:
            reschedule(self._waker)
            self._waker = None

    async def _wake_glanced(self) -> None:
        def give_up(_: object) -> Abort:
            self._waker = None
            return Abort.SUCCEEDED

        while True:
            self._waker = current_task()
            await wait_task_rescheduled(give_up)
            for wire in self._glanced:
                if (task := wire.task) is not None:
                    wire.task = None
                    reschedule(task)
            self._glanced.clear()

    def arm(self, wire: PumpedWire, deadline: float) -> None:
        """Sees to it that ``wire`` is looked at when ``deadline`` comes."""
        wire.alarm = deadline
        heappush(self._alarms, (deadline, next(self._order), wire))
        if self._alarms[0][2] is wire:
            self._set_alarm()

    def _set_alarm(self) -> None:
        due = self._alarms[0][0] if self._alarms else inf
        self._sleep.deadline = inf if due == inf else trio.current_time() + (due - self.now())

    async def _expire(self) -> None:
        while True:
            with trio.CancelScope() as self._sleep:
                self._set_alarm()
                await trio.sleep_forever()
            moment = self.now()
            while self._alarms and self._alarms[0][0] <= moment:
                due, _, wire = heappop(self._alarms)
                if due == wire.alarm:
                    wire.alarm = inf
                    wire.expire(moment)


class PumpedWire(TcpWire):
    """A socket in the pump's set. ``task`` is who waits, ``alarm`` when the pump will next look at its deadline."""

    __slots__ = ("_number", "_pump", "alarm", "deadline", "stirred", "task")

    def __init__(self, pump: Pump, sock: socket.socket) -> None:
        super().__init__(sock)
        self.task: Task | None = None
        self.stirred = False
        self.alarm = self.deadline = inf
        self._pump = pump
        self._number = sock.fileno()
        pump.epoll.register(self._number, _EVENTS)
        pump.wires[self._number] = self

    def ready(self, deadline: float = inf) -> Awaitable[Any]:
        """See ``Wire.ready``. Not a coroutine of its own: one frame less on the way of every sample."""
        self.task = current_task()
        self.deadline = deadline
        if deadline < self.alarm:
            self._pump.arm(self, deadline)
        return wait_task_rescheduled(self._give_up)  # noqa: ASYNC105 - the caller awaits it

    writable = ready

    def take(self) -> bytes | None:
        """See ``Wire.take``. What came between the wake-up and now is taken in with the rest: it makes nothing stale."""
        pump = self._pump
        if pump.now() > pump.glance_at:
            pump.glance()
        self.stirred = False
        try:
            return self.sock.recv(CHUNK)
        except BlockingIOError:
            return None
        except OSError as error:
            raise lost(error) from None

    def _give_up(self, _: object) -> Abort:
        self.task = None
        return Abort.SUCCEEDED

    def expire(self, moment: float) -> None:
        """Wakes whoever waits past its deadline; looks again later where the deadline has moved."""
        task = self.task
        if task is None:
            return
        if self.deadline > moment:
            if self.deadline != inf:
                self._pump.arm(self, self.deadline)
            return
        self.task = None
        reschedule(task, Error(WireTimeout()))

    def stale(self) -> bool:
        """See ``Wire.stale``: an event came while nobody waited."""
        return self.stirred

    def calm(self) -> bool:
        """See ``TcpWire.calm``."""
        self.stirred = False
        return False

    def close(self) -> None:
        """See ``Wire.close``."""
        if self._pump.wires.get(self._number) is self:
            del self._pump.wires[self._number]
            if not self._pump.epoll.closed:
                self._pump.epoll.unregister(self._number)
        super().close()
