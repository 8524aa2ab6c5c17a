"""One connected socket: what all transports share.

Rules that keep edge-triggered waiting right:

* after ``ready`` returned, ``take`` until the message is whole or ``take`` gives None; only then wait again;
* ``ready`` may return with nothing to take (an event of the other direction): ``take`` again says None, wait again;
* whoever stops half-way through a message (a fault, a cancellation) closes the wire.
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from math import inf
from typing import Protocol

from silhouette_plan.protocols.transport.faults import lost

CHUNK = 65536
"""Bytes asked of a socket at a time."""


class Wire(Protocol):
    """A byte stream to a peer."""

    @property
    def sent(self) -> float:
        """The monotonic moment (s) at which the last data was handed to the kernel; known once ``ready`` returned."""

    @property
    def arrived(self) -> float:
        """The monotonic moment (s) of the event that ended the last wait."""

    def send(self, data: bytes) -> bool:
        """Sends what the kernel takes, at once or at the end of the turn; False where a rest is left, which ``flush`` sends.

        Raises ``WireLost``; so does ``ready``, where it turns out later.
        """

    def flush(self, deadline: float = inf) -> Awaitable[None]:
        """Sends the rest. Raises ``WireLost``, or ``WireTimeout`` where no byte went before ``deadline``."""

    def take(self) -> bytes | None:
        """What is there: bytes, ``b""`` at the end of the stream, None where nothing is. Raises ``WireLost``, ``TlsFault``."""

    def ready(self, deadline: float = inf) -> Awaitable[None]:
        """Waits until something may be taken. Raises ``WireTimeout`` at ``deadline`` (monotonic s)."""

    def stale(self) -> bool:
        """Whether the peer closed the idle stream, or spoke out of turn: it is of no more use."""

    def close(self) -> None:
        """Closes the socket; nothing of it is left anywhere. May be called again."""


class TcpWire(ABC):
    """A TCP socket; how to wait is left to the transport."""

    __slots__ = ("_now", "_pending", "arrived", "sent", "sock")

    def __init__(self, sock: socket.socket, now: Callable[[], float]) -> None:
        self.sock = sock
        self.arrived = self.sent = 0.0
        self._now = now
        self._pending = memoryview(b"")

    def send(self, data: bytes) -> bool:
        """See ``Wire.send``."""
        self.sent = self._now()
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise lost(error) from None
        if sent == len(data):
            return True
        self._pending = memoryview(data)[sent:]
        return False

    async def flush(self, deadline: float = inf) -> None:
        """See ``Wire.flush``."""
        while not self.send_rest():
            await self.writable(deadline)

    def send_rest(self) -> bool:
        """Sends what the kernel takes of the rest; says whether that was all. Raises ``WireLost``."""
        try:
            while self._pending:
                self._pending = self._pending[self.sock.send(self._pending) :]
        except BlockingIOError:
            return False
        except OSError as error:
            raise lost(error) from None
        return True

    def take(self) -> bytes | None:
        """See ``Wire.take``."""
        try:
            return self.sock.recv(CHUNK)
        except BlockingIOError:
            return None
        except OSError as error:
            raise lost(error) from None

    def close(self) -> None:
        """See ``Wire.close``."""
        self.sock.close()

    @abstractmethod
    def ready(self, deadline: float = inf) -> Awaitable[None]:
        """See ``Wire.ready``."""

    @abstractmethod
    def writable(self, deadline: float = inf) -> Awaitable[None]:
        """Waits until something may be sent, or a connection attempt is decided. Raises ``WireTimeout``."""

    @abstractmethod
    def stale(self) -> bool:
        """See ``Wire.stale``."""

    def calm(self) -> bool:
        """What made the wire look stale has been taken in; says whether it still looks so."""
        return False
