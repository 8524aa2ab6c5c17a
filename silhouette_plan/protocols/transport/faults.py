"""What can go wrong below HTTP. Each fault knows the facts; naming them as Java does is for the protocol above."""

from __future__ import annotations

import errno
import os
import ssl
from collections.abc import Sequence


class TransportFault(Exception):
    """Base of all faults of this room."""


class UnknownHost(TransportFault):
    """``host`` has no address; ``reason`` is the resolver's own words."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


class ConnectFault(TransportFault):
    """No address of ``host`` accepted a connection. ``timed_out``: the last one gave no answer in time."""

    def __init__(self, host: str, port: int, addresses: Sequence[str], reason: str, *, timed_out: bool = False) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.addresses = tuple(addresses)
        self.reason = reason
        self.timed_out = timed_out


class WireTimeout(TransportFault):
    """Nothing happened on the wire before the deadline."""


class WireLost(TransportFault):
    """The peer reset the connection, or the network gave it up. ``reason`` in the words of the C library."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TlsFault(TransportFault):
    """TLS could not be agreed on, or broke. ``handshake``: before any data."""

    def __init__(self, reason: str, *, handshake: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.handshake = handshake


def lost(error: OSError) -> WireLost:
    """The fault for an ``OSError`` of ``send`` or ``recv``."""
    return WireLost(os.strerror(error.errno) if error.errno else str(error))


def tls_fault(error: ssl.SSLError, *, handshake: bool) -> TlsFault:
    """The fault for an error of OpenSSL, by its reason alone."""
    return TlsFault((error.reason or str(error)).replace("_", " ").lower(), handshake=handshake)


def connect_reason(number: int) -> str:
    """A failed ``connect`` in Java's words (Linux): ``Connection refused``, ``No route to host (Host unreachable)`` …"""
    return {errno.EHOSTUNREACH: "No route to host", errno.ENETUNREACH: "Network is unreachable"}.get(
        number, os.strerror(number)
    )
