"""The head of a response: status line and header fields.

A target repeats its heads to the byte, or differs only in a date once a second. So a head is kept by its bytes once it was
read, and the next response that begins with the same bytes is not parsed again.
"""

from __future__ import annotations

import re
from functools import lru_cache

from silhouette_plan.protocols.http.faults import ProtocolFault
from silhouette_plan.protocols.http.media import Media, media_of

HEAD_LIMIT = 1 << 20
"""Bytes a head may have; HttpClient knows no limit, but a target must not be able to fill the generator's memory."""

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d\.\d (\d{3})(?: ([^\r\n]*))?\r?(?:\n|$)")
_REMEMBERED = 256
_DECODED = re.compile(rb"gzip|deflate")
_MOVED = ("content-length", "content-encoding", "content-md5")

CHUNKED = -1
"""``Head.length`` of a chunked body."""

UNTIL_CLOSE = -2
"""``Head.length`` of a body that ends with the connection."""


class Head:
    """A response head.

    ``length`` is the body's in bytes, ``CHUNKED`` or ``UNTIL_CLOSE``; ``whole`` the size of the response in bytes where its
    length is known, else 0. ``idle`` is how long (s) the server keeps the connection, 0 where it does not say; ``lasting``
    whether it keeps it at all. ``success`` is JMeter's: 2xx, 3xx.
    """

    __slots__ = (
        "_fields", "_text", "code", "coding", "idle", "lasting", "length", "media", "raw", "reason", "size", "status",
        "success", "whole",
    )  # fmt: skip

    def __init__(self, raw: bytes) -> None:
        match = _STATUS.match(raw)
        if match is None:
            raise ProtocolFault
        self.raw = raw
        self.size = len(raw)
        self.code = match[1].decode()
        self.status = int(self.code)
        self.success = 200 <= self.status < 400
        self.reason = (match[2] or b"").decode("latin-1").strip()
        self._fields: list[tuple[str, str]] | None = None
        self._text: str | None = None
        lowered = raw.lower()
        self.media: Media = media_of(_value(raw, lowered, b"\ncontent-type:"))
        self.coding = _value(raw, lowered, b"\ncontent-encoding:").strip().lower()
        self.length = self._framing(raw, lowered)
        connection = _value(raw, lowered, b"\nconnection:").lower()
        self.lasting = b"close" not in connection and (raw[5:8] != b"1.0" or b"keep-alive" in connection)
        self.lasting = self.lasting and self.length != UNTIL_CLOSE
        self.whole = self.size + self.length if self.length >= 0 and self.status >= 200 else 0
        self.idle = _idle(_value(raw, lowered, b"\nkeep-alive:"))

    def _framing(self, raw: bytes, lowered: bytes) -> int:
        if self.status in (204, 304) or self.status < 200:
            return 0
        if b"chunked" in _value(raw, lowered, b"\ntransfer-encoding:").lower():
            return CHUNKED
        length = _value(raw, lowered, b"\ncontent-length:").strip()
        return int(length) if length.isdigit() else UNTIL_CLOSE

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values in order, as they came."""
        if self._fields is None:
            lines = [line.partition(":") for line in self.lines()[1:]]
            self._fields = [(name.strip(), value.strip()) for name, _, value in lines]
        return self._fields

    @property
    def text(self) -> str:
        """The head as JMeter shows it: one line each, ended by a line feed. Where it decodes the body it takes some fields out
        of the head, and puts them back at its end."""
        if self._text is None:
            _, *fields = self.lines()
            line = f"{self.raw[:8].decode()} {self.code} {self.reason}"
            if self.length and _DECODED.search(self.coding):
                fields.sort(key=_moved)
            self._text = "".join(f"{shown}\n" for shown in (line, *fields))
        return self._text

    def lines(self) -> list[str]:
        """The status line and each field line, folded lines joined."""
        text = re.sub(r"\r?\n[ \t]+", " ", self.raw.decode("latin-1"))
        return [line.rstrip("\r") for line in text.rstrip("\r\n").split("\n")]

    def all(self, name: str) -> list[str]:
        """All values of the field ``name`` (in lower case)."""
        return [value for key, value in self.fields if key.lower() == name]

    def last(self, name: str) -> str | None:
        """The last value of the field ``name`` (in lower case), as ``getLastHeader`` has it."""
        found = self.all(name)
        return found[-1] if found else None


class Heads:
    """The heads one run has seen lately, by their bytes."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[bytes, Head] = {}

    def of(self, raw: bytes) -> Head:
        """The head that is ``raw``. Raises ``ProtocolFault`` where it is none."""
        head = self.known.get(raw)
        if head is None:
            head = Head(raw)
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            if head.size < 4096:
                self.known[raw] = head
        return head


def end_of_head(data: bytes | bytearray, start: int = 0) -> int:
    """Where the head ends in ``data`` (the body's first byte), or −1; only what lies after ``start`` is new."""
    cut = data.find(b"\r\n\r\n", max(0, start - 3))
    if cut >= 0:
        return cut + 4
    match = _END.search(data, max(0, start - 3))
    return match.end() if match else -1


def _moved(line: str) -> int:
    name = line.partition(":")[0].strip().lower()
    return _MOVED.index(name) + 1 if name in _MOVED else 0


def _value(raw: bytes, lowered: bytes, name: bytes) -> bytes:
    start = lowered.find(name)
    if start < 0:
        return b""
    start += len(name)
    return raw[start : raw.find(b"\n", start)].strip()


@lru_cache(64)
def _idle(value: bytes) -> float:
    match = re.search(rb"timeout\s*=\s*(\d+)", value, re.IGNORECASE)
    return float(match[1]) if match else 0.0


NO_HEAD = Head(b"HTTP/1.1 200 OK\r\n\r\n")
"""The head of a connection before its first response."""
