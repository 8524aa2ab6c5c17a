"""The pump: all sockets of a run in one epoll set, each registered once, edge-triggered.

One task waits through Trio until that set is readable, drains it, and reschedules the user tasks that wait. A wait so costs
no system call of its own (Trio's ``wait_readable`` re-arms epoll each time), and every user stays a Trio task with Trio's
cancellation. The pump stamps each batch as it drains it, so that a user who runs last in a batch is not charged for the
others.

Requests go out in bursts, at the end of each turn of the users and each time that enough have gathered: a target that waits
is woken once a burst, which costs whoever sends where both are on one machine. Each request is stamped as it leaves. While a
long batch runs, its users glance at the set now and then and stamp who became ready meanwhile; those are woken in the next
batch as ever, for smaller batches would be dearer.

Deadlines are kept per wire and checked by a second task: a heap with at most one live entry a wire, moved on only when it
comes due, so that a sample that answers in time pays one comparison.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Awaitable, Callable, Generator
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any, cast

import trio
from outcome import Error, Outcome
from trio.lowlevel import Abort, Task, current_task, reschedule, wait_readable, wait_task_rescheduled

from silhouette_plan.protocols.transport.faults import WireLost, WireTimeout
from silhouette_plan.protocols.transport.wire import TcpWire

_EVENTS = select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP | select.EPOLLET
_INCOMING = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR
_BATCH = 1024

_BURST = 32
"""Requests that gather at the most: about half a millisecond of the users' turns."""

_GLANCE = 0.0005
"""Seconds for which a running batch leaves the set alone: so late, or by one user's turn, may a stamp be."""

_LARGEST = 1 << 16
"""Bytes of a message that waits for a burst; a larger one goes out at once, piece by piece."""


class Pump:
    """One epoll set and the tasks that serve it. Start ``run`` in the background before the first wire waits."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.wires: dict[int, PumpedWire] = {}
        self.epoll = select.epoll()
        self.glance_at = 0.0
        self.posted: list[PumpedWire] = []
        self._failed: list[PumpedWire] = []
        self._nudge = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self.epoll.register(self._nudge, select.EPOLLIN | select.EPOLLET)
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
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._expire)
                nursery.start_soon(self._wake_glanced)
                await self._drain()
        finally:
            self.glance_at = inf
            self.epoll.close()
            os.close(self._nudge)
            self.posted.clear()

    async def _drain(self) -> None:
        poll, wires, now, set_number = self.epoll.poll, self.wires, self.now, self.epoll.fileno()
        while True:
            await wait_readable(set_number)
            moment = now()
            self.glance_at = moment + _GLANCE
            for number, events in poll(0, _BATCH):
                wire = wires.get(number)
                if wire is None:
                    self._tell_failed()
                    continue
                task = wire.task
                if task is not None:
                    wire.task = None
                    wire.arrived = moment
                    reschedule(task, _NOTHING)
                elif events & _INCOMING:
                    wire.stirred = True

    def burst(self) -> None:
        """Sends what was posted. It may be called where nothing can be raised or rescheduled: who fails is told later."""
        posted = self.posted
        if not posted:
            return
        for wire in posted:
            data = wire.unsent
            if not data:
                continue
            wire.unsent = b""
            try:
                wire.send_now(data)
            except WireLost as fault:
                wire.fault = fault
                self._failed.append(wire)
                os.eventfd_write(self._nudge, 1)
        posted.clear()

    def _tell_failed(self) -> None:
        for wire in self._failed:
            if wire.task is not None and wire.fault is not None:
                reschedule(wire.task, Error(wire.fault))
                wire.task = None
        self._failed.clear()

    def glance(self) -> None:
        """Stamps who became ready while a batch runs."""
        moment = self.now()
        self.glance_at = moment + _GLANCE
        for number, events in self.epoll.poll(0, _BATCH):
            wire = self.wires.get(number)
            if wire is None:
                self._tell_failed()
            elif wire.task is not None:
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
                    reschedule(task, _NOTHING)
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
    """A socket in the pump's set. ``task`` is who waits, ``alarm`` when the pump will next look at its deadline, ``unsent``
    what goes out in the next burst, ``fault`` what became of that where it failed."""

    __slots__ = ("_number", "_parked", "_pump", "alarm", "deadline", "fault", "stirred", "task", "unsent")

    def __init__(self, pump: Pump, sock: socket.socket) -> None:
        super().__init__(sock, pump.now)
        self.task: Task | None = None
        self.stirred = False
        self.alarm = self.deadline = inf
        self.unsent = b""
        self.fault: WireLost | None = None
        self._pump = pump
        self._number = sock.fileno()
        self._parked = _Parked(self._give_up)
        pump.epoll.register(self._number, _EVENTS)
        pump.wires[self._number] = self

    def send(self, data: bytes) -> bool:
        """See ``Wire.send``."""
        if self._pending or len(data) > _LARGEST:
            return self.send_now(data)
        if self.unsent:
            self.unsent += data
            return True
        self.unsent = data
        pump = self._pump
        posted = pump.posted
        posted.append(self)
        if len(posted) >= _BURST:
            pump.burst()
        return True

    send_now = TcpWire.send
    """Sends without waiting for a burst; a rest of what was posted follows as soon as the kernel takes more."""

    def ready(self, deadline: float = inf) -> Awaitable[None]:
        """See ``Wire.ready``. Not a coroutine of its own: one frame less on the way of every sample."""
        self.task = current_task()
        self.deadline = deadline
        if deadline < self.alarm:
            self._pump.arm(self, deadline)
        return self._parked

    writable = ready

    def take(self) -> bytes | None:
        """See ``Wire.take``. What came between the wake-up and now is taken in with the rest: it makes nothing stale."""
        if self._now() > self._pump.glance_at:
            self._pump.glance()
        self.stirred = False
        data = super().take()
        if data is None:
            self.send_rest()
        return data

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
        self.unsent = b""
        if self._pump.wires.get(self._number) is self:
            del self._pump.wires[self._number]
            if not self._pump.epoll.closed:
                self._pump.epoll.unregister(self._number)
        super().close()


class _Nothing:
    """The outcome of a wait that just ended. Trio's own can be unwrapped once only; this one serves every wait."""

    def unwrap(self) -> None:
        """Nothing happened but the end of the wait."""


_NOTHING = cast("Outcome[None]", _Nothing())


class _Parked:
    """What ``wait_task_rescheduled(abort)`` awaits, made once for all waits of a wire: what it yields to Trio never changes."""

    __slots__ = ("_message",)

    def __init__(self, abort: Callable[[Any], Abort]) -> None:
        waiting = wait_task_rescheduled(abort)  # noqa: ASYNC105 - only to see what it yields
        self._message = waiting.send(None)
        waiting.close()

    def __await__(self) -> Generator[Any, Outcome[None], None]:
        (yield self._message).unwrap()
