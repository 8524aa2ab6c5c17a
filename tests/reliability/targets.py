"""A target on loopback that can be told to fail, and that counts what it answered."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

PATIENCE = 30.0
"""Seconds that a test waits for something that is sure to come."""


class Target:
    """An HTTP/1.1 server on a thread of its own.

    ``mode`` holds for every request: ``ok``, ``500``, ``stall`` (no answer), ``close`` (the connection is closed instead of an
    answer). ``requests`` counts what was asked by path, ``served`` what was answered, ``answered`` are the moments of answers
    (monotonic, s), ``connected`` those of connections. ``asking`` is called with the count of requests before one is answered.
    """

    def __init__(self, mode: str = "ok", delay: float = 0.0) -> None:
        self.mode = mode
        self.delay = delay
        self.port = 0
        self.served: Counter[str] = Counter()
        self.asked = 0
        self.requests: Counter[str] = Counter()
        self.asking: Callable[[int], object] = lambda count: None
        self.answered: list[float] = []
        self.connected: list[float] = []
        self._changed = threading.Condition()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._away = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.come()

    @property
    def total(self) -> int:
        return self.served.total()

    def come(self) -> None:
        """Listens, on the same port as before."""
        self._in_loop(self._listen())

    def go(self) -> None:
        """Closes the port and all connections: who connects is refused."""
        self._in_loop(self._leave())

    def close(self) -> None:
        self.go()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def forget(self) -> None:
        """Counts from nothing again."""
        with self._changed:
            self.served.clear()
            self.requests.clear()
            self.asked = 0
            self.asking = lambda count: None

    def wait(self, holds: Callable[[Target], bool]) -> None:
        """Until ``holds``; fails where it never does."""
        with self._changed:
            assert self._changed.wait_for(lambda: holds(self), PATIENCE), "what the test waits for did not come"

    def wait_served(self, count: int, path: str | None = None) -> None:
        self.wait(lambda target: (target.total if path is None else target.served[path]) >= count)

    def _in_loop(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(PATIENCE)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=1024)
        self._away.clear()
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        self._away.set()
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected.append(time.monotonic())
        self._writers.add(writer)
        try:
            while (path := await _request(reader)) is not None and await self._answer(path, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> bool:
        with self._changed:
            self.asked += 1
            self.requests[path] += 1
            self._changed.notify_all()
        self.asking(self.asked)
        mode = self.mode
        if mode == "close":
            return False
        if mode == "stall":
            await self._away.wait()
            return False
        if self.delay:
            await asyncio.sleep(self.delay)
        status = "500 Internal Server Error" if mode == "500" else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok".encode())
        await writer.drain()
        with self._changed:
            self.served[path] += 1
            self.answered.append(time.monotonic())
            self._changed.notify_all()
        return True


async def _request(reader: asyncio.StreamReader) -> str | None:
    head = await reader.readuntil(b"\r\n\r\n")
    return head.split(b" ", 2)[1].decode()


def refusing_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(mode: str = "ok", delay: float = 0.0) -> Iterator[Target]:
    target = Target(mode, delay)
    try:
        yield target
    finally:
        target.close()


@pytest.fixture(name="target")
def target_fixture() -> Iterator[Target]:
    with serving() as target:
        yield target
