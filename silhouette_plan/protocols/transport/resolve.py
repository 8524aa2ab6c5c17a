"""Host names to addresses, remembered for as long as the JVM remembers them (30 s; 10 s where there is none)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from silhouette_plan.protocols.transport.faults import UnknownHost

if TYPE_CHECKING:
    import trio

FOUND_TTL = 30.0
"""Seconds for which addresses are remembered (``networkaddress.cache.ttl``)."""

MISSING_TTL = 10.0
"""Seconds for which a failure is remembered (``networkaddress.cache.negative.ttl``)."""

Addresses = tuple[str, ...]


def literal(host: str) -> Addresses | None:
    """The addresses that need no asking: a literal one (IPv6 with or without brackets) or ``localhost``."""
    if host.lower() == "localhost":
        return ("127.0.0.1", "::1") if socket.has_ipv6 else ("127.0.0.1",)
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, bare)
        except (OSError, ValueError):
            continue
        return (bare,)
    return None


class Resolver:
    """The resolver of one run; concurrent questions for one host are asked once."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._known: dict[str, tuple[float, Addresses | UnknownHost]] = {}
        self._locks: dict[str, trio.Lock] = {}

    async def addresses(self, host: str) -> Addresses:
        """All addresses of ``host`` in the system's order. Raises ``UnknownHost``."""
        found = literal(host) or self._remembered(host)
        if found is None:
            import trio

            async with self._locks.setdefault(host, trio.Lock()):
                found = self._remembered(host)
                if found is None:
                    found = await self._ask(host)
        return found

    def _remembered(self, host: str) -> Addresses | None:
        expires, answer = self._known.get(host, (0.0, ()))
        if expires <= self._now():
            return None
        if isinstance(answer, UnknownHost):
            raise UnknownHost(answer.host, answer.reason)
        return answer

    async def _ask(self, host: str) -> Addresses:
        import trio

        try:
            infos = await trio.socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            fault = UnknownHost(host, getattr(error, "strerror", None) or "Name or service not known")
            self._known[host] = (self._now() + MISSING_TTL, fault)
            raise fault from None
        found = tuple(dict.fromkeys(str(info[4][0]) for info in infos))
        self._known[host] = (self._now() + FOUND_TTL, found)
        return found
