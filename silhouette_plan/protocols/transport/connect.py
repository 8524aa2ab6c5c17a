"""Connecting: one address after another, as Java does; the first that accepts is taken."""

from __future__ import annotations

import errno
import socket
from math import inf

from silhouette_plan.protocols.transport.choose import Transport
from silhouette_plan.protocols.transport.faults import ConnectFault, WireTimeout, connect_reason
from silhouette_plan.protocols.transport.resolve import Addresses
from silhouette_plan.protocols.transport.wire import TcpWire

_NO_SUCH_FAMILY = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH}
"""A machine without IPv6; what an earlier address answered says more."""

_PENDING = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EINTR}


async def connect(
    transport: Transport, host: str, port: int, addresses: Addresses, timeout: float = inf, source: str = ""
) -> TcpWire:
    """A wire to the first of ``addresses`` that accepts; each has ``timeout`` s. ``source`` is a local address to bind.

    Raises ``ConnectFault`` with the last address's reason. Cancelled or not, no other socket is left.
    """
    reason, timed_out = "", False
    for address in addresses:
        try:
            return await _attempt(transport, address, port, timeout, source)
        except WireTimeout:
            reason, timed_out = "Connect timed out", True
        except OSError as error:
            if reason and error.errno in _NO_SUCH_FAMILY:
                continue
            reason, timed_out = connect_reason(error.errno or 0), False
    raise ConnectFault(host, port, addresses, reason or "no address", timed_out=timed_out)


async def _attempt(transport: Transport, address: str, port: int, timeout: float, source: str) -> TcpWire:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if source:
            sock.bind((source, 0))
        if (number := sock.connect_ex((address, port))) not in _PENDING:
            raise OSError(number, "connect")
        wire = transport.wire(sock)
    except BaseException:
        sock.close()
        raise
    try:
        await wire.writable(transport.now() + timeout)
        if number := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(number, "connect")
    except BaseException:
        wire.close()
        raise
    return wire
