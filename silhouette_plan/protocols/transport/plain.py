"""Plain waiting through Trio, where there is no epoll: dearer by a system call or two a wait, otherwise the same."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from math import inf

import trio

from silhouette_plan.protocols.transport.faults import WireTimeout
from silhouette_plan.protocols.transport.wire import TcpWire


class Plain:
    """Makes wires that wait one by one."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now

    def wire(self, sock: socket.socket) -> PlainWire:
        """A wire for a connecting or connected socket."""
        return PlainWire(sock, self.now)


class PlainWire(TcpWire):
    """A socket that Trio waits for each time."""

    __slots__ = ()

    async def ready(self, deadline: float = inf) -> None:
        """See ``Wire.ready``."""
        await self._wait(trio.lowlevel.wait_readable, deadline)

    async def writable(self, deadline: float = inf) -> None:
        """See ``TcpWire.writable``."""
        await self._wait(trio.lowlevel.wait_writable, deadline)

    async def _wait(self, wait: Callable[[socket.socket], Awaitable[None]], deadline: float) -> None:
        if deadline == inf:
            await wait(self.sock)
        else:
            with trio.move_on_after(max(0.0, deadline - self._now())) as scope:
                await wait(self.sock)
            if scope.cancelled_caught:
                raise WireTimeout
        self.arrived = self._now()

    def stale(self) -> bool:
        """See ``Wire.stale``: asked of the kernel."""
        try:
            self.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def close(self) -> None:
        """See ``Wire.close``."""
        if self.sock.fileno() >= 0:
            trio.lowlevel.notify_closing(self.sock)
        super().close()
