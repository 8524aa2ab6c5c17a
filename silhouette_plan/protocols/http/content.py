"""Content codings: gzip and deflate undone within a bound on what they may grow to."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from silhouette_plan.protocols.http.faults import HttpFault, body_too_large

BODY_LIMIT = 32 << 20
"""Bytes of a body, decoded, that are kept for those who read it. A larger one fails its sample."""

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 1 << 16


def decoded(body: bytes, coding: bytes) -> bytes:
    """``body`` with its content coding undone; a coding that is not known is left as it is.

    Raises ``HttpFault``: broken data (``java.util.zip.ZipException``), or more than ``BODY_LIMIT`` bytes.
    """
    for name in coding.split(b","):
        decode = _DECODERS.get(name.strip())
        body = decode(body) if decode is not None and body else body
    return body


def _gunzip(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        raise HttpFault("java.util.zip.ZipException", "Not in GZIP format")
    return _inflate(body, _GZIP)


def _deflate(body: bytes) -> bytes:
    wrapped = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _inflate(body: bytes, window: int) -> bytes:
    whole = bytearray()
    rest = body
    while rest:
        stream = zlib.decompressobj(window)
        try:
            while not stream.eof and rest:
                whole += stream.decompress(rest, _STEP)
                rest = stream.unconsumed_tail
                if len(whole) > BODY_LIMIT:
                    raise body_too_large(BODY_LIMIT)
        except zlib.error as error:
            raise HttpFault("java.util.zip.ZipException", str(error).rpartition(": ")[2]) from None
        if not stream.eof:
            raise HttpFault("java.io.EOFException", "Unexpected end of ZLIB input stream")
        rest = stream.unused_data if window == _GZIP and stream.unused_data[:2] == b"\x1f\x8b" else b""
    return bytes(whole)


_DECODERS: dict[bytes, Callable[[bytes], bytes]] = {b"gzip": _gunzip, b"x-gzip": _gunzip, b"deflate": _deflate}
