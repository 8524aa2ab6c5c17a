"""TLS over a wire, by OpenSSL memory BIOs: the same calls as a wire, the same pump beneath.

Certificates are not verified, as JMeter trusts all of them: a load test speaks to staging systems with made-up ones, and a
refused certificate would be the generator's failure, not the target's. Sessions are resumed per user and peer.
"""

from __future__ import annotations

import ssl
from collections.abc import Awaitable
from math import inf

from silhouette_plan.protocols.transport.faults import TlsFault, WireLost, tls_fault
from silhouette_plan.protocols.transport.wire import CHUNK, TcpWire

_PIECE = 1 << 18


def trusting_context() -> ssl.SSLContext:
    """A client context that accepts any certificate; one a run, for making one is dear."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


class TlsWire:
    """A ``Wire`` that encrypts. Call ``handshake`` before anything else."""

    __slots__ = ("_in", "_inner", "_out", "_rest", "_tls")

    def __init__(self, inner: TcpWire, context: ssl.SSLContext, host: str, session: ssl.SSLSession | None) -> None:
        self._inner = inner
        self._in = ssl.MemoryBIO()
        self._out = ssl.MemoryBIO()
        self._rest = memoryview(b"")
        self._tls = context.wrap_bio(self._in, self._out, server_hostname=host or None, session=session)

    @property
    def sent(self) -> float:
        """See ``Wire.sent``."""
        return self._inner.sent

    @property
    def arrived(self) -> float:
        """See ``Wire.arrived``."""
        return self._inner.arrived

    @property
    def session(self) -> ssl.SSLSession | None:
        """What a later connection resumes; with TLS 1.3 it is there once the first data came."""
        return self._tls.session

    async def handshake(self, deadline: float = inf) -> None:
        """Agrees on keys. Raises ``TlsFault``, ``WireLost``, ``WireTimeout``."""
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._pass_on(deadline)
                await self._feed(deadline)
            except ssl.SSLError as error:
                raise tls_fault(error, handshake=True) from None
            else:
                return await self._pass_on(deadline)

    async def _pass_on(self, deadline: float) -> None:
        if self._out.pending and not self._inner.send(self._out.read()):
            await self._inner.flush(deadline)

    async def _feed(self, deadline: float) -> None:
        while (data := self._inner.take()) is None:
            await self._inner.ready(deadline)
        if not data:
            raise TlsFault("remote host terminated the handshake", handshake=True)
        self._in.write(data)

    def send(self, data: bytes) -> bool:
        """See ``Wire.send``; what goes beyond a quarter of a MiB is encrypted in ``flush``, piece by piece."""
        self._tls.write(data[:_PIECE])
        self._rest = memoryview(data)[_PIECE:]
        return self._inner.send(self._out.read()) and not self._rest

    async def flush(self, deadline: float = inf) -> None:
        """See ``Wire.flush``."""
        await self._inner.flush(deadline)
        while self._rest:
            self._tls.write(self._rest[:_PIECE])
            self._rest = self._rest[_PIECE:]
            await self._pass_on(deadline)

    def take(self) -> bytes | None:
        """See ``Wire.take``."""
        tls, incoming = self._tls, self._in
        while True:
            try:
                return tls.read(CHUNK)
            except ssl.SSLWantReadError:
                data = self._inner.take()
                if data is None:
                    return None
                if data:
                    incoming.write(data)
                else:
                    incoming.write_eof()
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""
            except ssl.SSLError as error:
                raise tls_fault(error, handshake=False) from None

    def ready(self, deadline: float = inf) -> Awaitable[None]:
        """See ``Wire.ready``."""
        return self._inner.ready(deadline)

    def stale(self) -> bool:
        """See ``Wire.stale``. Session tickets that come late are taken in, and harm nothing."""
        if not self._inner.stale():
            return False
        try:
            if self.take() is not None:
                return True
        except (TlsFault, WireLost):
            return True
        return self._inner.calm()

    def close(self) -> None:
        """See ``Wire.close``."""
        self._inner.close()
