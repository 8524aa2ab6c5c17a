"""One HTTP/1.1 connection: a request out, its response in.

The common response, whose head was seen before and whose body came whole with it, is recognised in ``take``: a search for the
end of the head, a look-up, a comparison of lengths; no frame of a coroutine, nothing made but the body. All others go the long
way (``receive``): heads in pieces, 1xx answers before the answer, bodies in pieces, chunked bodies (through llhttp) and bodies
that end with the connection. The last response's facts stand in the connection until the next one.

A connection that fails, or is cancelled, half-way through an exchange must be closed by whoever drove it.
"""

from __future__ import annotations

from math import inf

from httptools import HttpParserError, HttpResponseParser

from silhouette_plan.protocols.http.content import BODY_LIMIT
from silhouette_plan.protocols.http.faults import (
    HttpFault,
    NoAnswer,
    ProtocolFault,
    bad_chunk,
    body_too_large,
    cut_between_chunks,
    cut_in_chunk,
    cut_short,
    head_too_large,
)
from silhouette_plan.protocols.http.head import CHUNKED, HEAD_LIMIT, NO_HEAD, UNTIL_CLOSE, Head, Heads, end_of_head
from silhouette_plan.protocols.http.url import Origin
from silhouette_plan.protocols.transport.faults import WireLost
from silhouette_plan.protocols.transport.wire import Wire

_CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Connection:
    """A wire to ``origin`` with what HTTP needs to know of it.

    One exchange is sending and waiting by the wire, then ``take``, and where that says False, ``receive``. Then: ``head`` and
    ``body`` of the response (the body as it came, not decoded), ``received`` bytes, ``first`` and ``last`` (monotonic s)
    the moments of the first and the last byte, ``lasting`` whether the connection can be used again.
    ``ends`` is when (monotonic s) it is too old for another request, ``expires`` the same or the end of the server's
    patience; ``served`` counts responses.
    """

    __slots__ = (
        "_chunks", "_heads", "_taken", "body", "ends", "expires", "first", "head", "last", "lasting", "origin", "received",
        "served", "wire",
    )  # fmt: skip

    def __init__(self, wire: Wire, heads: Heads, origin: Origin, ends: float = inf) -> None:
        self.wire = wire
        self.origin = origin
        self.head = NO_HEAD
        self.body = b""
        self.ends = self.expires = ends
        self.first = self.last = 0.0
        self.lasting = True
        self.received = 0
        self.served = 0
        self._heads = heads
        self._chunks: Chunks | None = None
        self._taken: bytes | None = None

    def take(self, bodiless: bool, keep: bool) -> bool:
        """Takes what came first; True where that was the whole response, its head known.

        ``bodiless``: the answer has no body whatever its head says (HEAD); ``keep``: the body will be read.
        """
        wire = self.wire
        data = wire.take()
        self.first = self.last = wire.arrived
        if data is not None:
            self.received = size = len(data)
            head: Head | None = self.head
            if not data.startswith(self.head.raw):
                head = self._heads.known.get(data[: data.find(b"\r\n\r\n") + 4])
            if head is not None and head.whole == size and not bodiless:
                self.head = head
                self.body = data[head.size :] if keep else b""
                self.lasting = head.lasting
                self.served += 1
                return True
        self._taken = data
        return False

    async def receive(self, bodiless: bool, keep: bool, timeout: float) -> None:
        """The long way, for all that ``take`` left alone; ``timeout``: seconds of silence allowed.

        Raises ``Closed``, ``HttpFault``, ``TransportFault``.
        """
        data, self._taken = self._taken, None
        rest = await self._receive_head(data, timeout)
        length = 0 if bodiless else self.head.length
        self.lasting = self.head.lasting
        if length == CHUNKED:
            await self._receive_chunks(rest, keep, timeout)
        else:
            await self._receive_length(rest, length, keep, timeout)
        self.served += 1

    def replaceable(self, fault: BaseException) -> bool:
        """Whether ``fault`` is a kept connection's end before any byte of the answer: the request may go out again."""
        return isinstance(fault, WireLost | NoAnswer) and self.served > 0 and self.received == 0

    async def _more(self, timeout: float) -> bytes:
        """The next bytes, or none at the end of the stream."""
        while (data := self.wire.take()) is None:
            await self.wire.ready(self.last + timeout)
            self.last = self.wire.arrived
        self.received += len(data)
        return data

    async def _receive_head(self, data: bytes | None, timeout: float) -> bytes:
        """Reads up to the end of the final head; returns what came after it."""
        if data is None:
            data = await self._more(timeout)
            self.first = self.last
        if not data:
            raise NoAnswer(self.origin.authority)
        while True:
            data = await self._whole_head(data, timeout)
            if self.head.status >= 200 or self.head.status == 101:
                return data

    async def _whole_head(self, data: bytes, timeout: float) -> bytes:
        buffer, seen = bytearray(data), 0
        while (cut := end_of_head(buffer, seen)) < 0:
            if not (buffer.startswith(b"HTTP/") or b"HTTP/".startswith(buffer)):
                raise ProtocolFault
            if len(buffer) > HEAD_LIMIT:
                raise head_too_large(HEAD_LIMIT)
            seen = len(buffer)
            piece = await self._more(timeout)
            if not piece:
                raise ProtocolFault
            buffer += piece
        self.head = self._heads.of(bytes(buffer[:cut]))
        return bytes(buffer[cut:])

    async def _receive_length(self, rest: bytes, length: int, keep: bool, timeout: float) -> None:
        """A body of ``length`` bytes, or one that ends with the connection."""
        body, size = bytearray(rest) if keep else bytearray(), len(rest)
        limit = inf if length == UNTIL_CLOSE else length
        while size < limit:
            piece = await self._more(timeout)
            if not piece:
                if length != UNTIL_CLOSE:
                    raise cut_short(length, size)
                break
            size += len(piece)
            if keep:
                body += piece
                if len(body) > BODY_LIMIT:
                    raise body_too_large(BODY_LIMIT)
        if size > limit:
            self.lasting = False
            del body[length:]
        self.body = bytes(body)

    async def _receive_chunks(self, rest: bytes, keep: bool, timeout: float) -> None:
        chunks = self._chunks or Chunks()
        self._chunks = None
        chunks.begin(keep)
        while not chunks.feed(rest):
            rest = await self._more(timeout)
            if not rest:
                raise chunks.cut()
        self.body = bytes(chunks.body)
        if chunks.surplus:
            self.lasting = False
        else:
            self._chunks = chunks

    def close(self) -> None:
        """Closes the wire; nothing can be sent any more."""
        self.lasting = False
        self.wire.close()


class Chunks:
    """Decodes chunked bodies, one after another, with one llhttp parser."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self.begin(keep=False)

    def begin(self, keep: bool) -> None:
        """A new body; ``keep``: it will be read."""
        self.body = bytearray()
        self.surplus = False
        self._keep = keep
        self._done = self._within = self._started = False
        self._chunk = 0

    def feed(self, data: bytes) -> bool:
        """Takes the next bytes of the body; True once it is whole. Raises ``HttpFault``."""
        try:
            if not self._started:
                self._started = True
                self._parser.feed_data(_CHUNKED_HEAD)
            self._parser.feed_data(data)
        except HttpParserError as error:
            if not self._done:
                raise bad_chunk(str(error)) from None
            self.surplus = True
        if len(self.body) > BODY_LIMIT:
            raise body_too_large(BODY_LIMIT)
        return self._done

    def cut(self) -> HttpFault:
        """The fault of a connection that ended here."""
        return cut_in_chunk(self._chunk) if self._within else cut_between_chunks()

    def on_message_begin(self) -> None:
        """Called by the parser; a second message in what was fed is surplus."""
        self.surplus = self._done

    def on_chunk_header(self) -> None:
        """Called by the parser."""
        self._within, self._chunk = True, 0

    def on_body(self, data: bytes) -> None:
        """Called by the parser."""
        self._chunk += len(data)
        if self._keep:
            self.body += data

    def on_chunk_complete(self) -> None:
        """Called by the parser."""
        self._within = False

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self._done = True
