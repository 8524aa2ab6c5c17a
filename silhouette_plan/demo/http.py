"""A small HTTP/1.1 server on asyncio and httptools.

One connection answers its requests in order, one at a time; requests sent ahead wait. A handler returns an ``Answer``, or
an awaitable of one where it has to wait: only those cost a task.
"""

from __future__ import annotations

import asyncio
import http
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httptools
import msgspec

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a request body that are taken."""

MAX_WAITING = 100
"""Requests sent ahead on one connection before reading pauses."""


@dataclass(slots=True)
class Request:
    """A request. Header names are lower case; ``path`` is without the query.

    ``user`` is who sent it and ``number`` the number in its path, once they are known.
    """

    method: str
    path: str
    query_text: str
    headers: dict[str, str]
    body: bytes
    keep_alive: bool
    peer: str
    user: int = 0
    number: int = 0

    @property
    def query(self) -> dict[str, str]:
        """The query's fields; of one given twice, the last."""
        return dict(parse_qsl(self.query_text, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: ``body`` is JSON text."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Answer | Awaitable[Answer]]

_encode = msgspec.json.Encoder().encode


def answer(data: object, status: int = 200, **more: object) -> Answer:
    """A successful answer in the API's envelope; ``more`` stands beside ``data``."""
    return Answer(status, _encode({"success": True, "data": data, **more}))


def refusal(status: int, error: str, headers: Mapping[str, str] | None = None, **more: object) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, _encode({"success": False, "error": error, **more}), headers or {})


_HEADS = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n".encode()
    for status in http.HTTPStatus
}


def encode(response: Answer, *, keep_alive: bool, with_body: bool = True) -> bytes:
    """The bytes of ``response``."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items())
    if not keep_alive:
        lines += "Connection: close\r\n"
    head = b"%sContent-Length: %d\r\n%s\r\n" % (_HEADS[response.status], len(response.body), lines.encode())
    return head + response.body if with_body else head


class Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, handle: Handler, connections: set[Connection]) -> None:
        self._handle = handle
        self._connections = connections
        self._parser = httptools.HttpRequestParser(self)
        self._waiting: deque[Request] = deque()
        self._task: asyncio.Task[None] | None = None
        self._failed = False
        self._transport: asyncio.Transport
        self._peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remembers who called."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if peer else ""
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gives up what is still being answered."""
        self._connections.discard(self)
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        """Feeds the parser; what is no HTTP/1.1 is answered 400 and ends the connection."""
        if self._failed:
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._refuse(400, "this is no HTTP/1.1 request")

    def on_message_begin(self) -> None:
        """Starts a request."""
        self._url = b""
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    def on_url(self, url: bytes) -> None:
        """Takes a part of the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Takes a header."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """Tells a client that waits for it to send its body."""
        if self._headers.get("expect", "").lower() == "100-continue":
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """Takes a part of the body."""
        self._body += body
        if len(self._body) > MAX_BODY and not self._failed:
            self._refuse(413, f"the body is longer than {MAX_BODY} bytes")

    def on_message_complete(self) -> None:
        """Answers the request, or puts it behind those before it."""
        if self._failed:
            return
        path, _, query = self._url.decode("latin-1").partition("?")
        request = Request(
            self._parser.get_method().decode(),
            path,
            query,
            self._headers,
            bytes(self._body),
            self._parser.should_keep_alive(),
            self._peer,
        )
        self._waiting.append(request)
        if len(self._waiting) > MAX_WAITING:
            self._transport.pause_reading()
        self._answer_waiting()

    def close(self) -> None:
        """Ends the connection."""
        self._transport.close()

    def _answer_waiting(self) -> None:
        while self._waiting and self._task is None and not self._transport.is_closing():
            request = self._waiting.popleft()
            found = self._handle(request)
            if isinstance(found, Answer):
                self._send(request, found)
            else:
                self._task = asyncio.ensure_future(self._answer_later(request, found))

    async def _answer_later(self, request: Request, coming: Awaitable[Answer]) -> None:
        try:
            found = await coming
        except Exception:
            found = refusal(500, "internal error")
        self._task = None
        self._send(request, found)
        self._transport.resume_reading()
        self._answer_waiting()

    def _send(self, request: Request, found: Answer) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(encode(found, keep_alive=request.keep_alive, with_body=request.method != "HEAD"))
        if not request.keep_alive:
            self._transport.close()

    def _refuse(self, status: int, error: str) -> None:
        self._failed = True
        self._transport.write(encode(refusal(status, error), keep_alive=False))
        self._transport.close()
