"""A user's HTTP state: connections that are kept, TLS sessions to resume.

Connections belong to one user only, as in JMeter, and end with the user. Where the group's users are *not the same on the
next iteration*, the first sample of each iteration finds all of them closed and all TLS sessions forgotten
(``httpclient.reset_state_on_thread_group_iteration``).
"""

from __future__ import annotations

import ssl
from math import inf

from silhouette_plan.protocols.http.connection import Connection
from silhouette_plan.protocols.http.faults import HttpFault, ProtocolFault
from silhouette_plan.protocols.http.head import Head, Heads
from silhouette_plan.protocols.http.url import Origin
from silhouette_plan.protocols.transport.choose import Transport, transport_of
from silhouette_plan.protocols.transport.connect import connect
from silhouette_plan.protocols.transport.faults import ConnectFault, WireTimeout
from silhouette_plan.protocols.transport.resolve import Addresses, Resolver
from silhouette_plan.protocols.transport.tls import TlsWire, trusting_context
from silhouette_plan.protocols.transport.wire import TcpWire
from silhouette_plan.values.user import Run, User

TIME_TO_LIVE = 60.0
"""Seconds after which a connection is not used again, however busy (``httpclient4.time_to_live``)."""


class Network:
    """What all users of a run share: the transport, the resolver, heads seen, the TLS context."""

    def __init__(self, run: Run) -> None:
        self.now = run.clock.now
        self.transport: Transport = transport_of(run)
        self.resolver = Resolver(self.now)
        self.heads = Heads()
        self._context: ssl.SSLContext | None = None
        reset = run.properties.get("httpclient.reset_state_on_thread_group_iteration", "true")
        self.resets = reset.strip().lower() == "true"
        self.time_to_live = _seconds(run.properties.get("httpclient4.time_to_live", ""), TIME_TO_LIVE)

    @property
    def context(self) -> ssl.SSLContext:
        """The run's TLS context, made when first needed."""
        if self._context is None:
            self._context = trusting_context()
        return self._context


class Session:
    """One user's connections. ``head`` is that of the user's last response, None where there was none.

    ``last``, the connection used last, is kept apart from the others: most users have no other, and finding it is one
    comparison.
    """

    __slots__ = ("_others", "_tls", "head", "iteration", "last", "network", "now", "stamp", "user")

    def __init__(self, user: User) -> None:
        self.network: Network = user.run.service(Network, lambda: Network(user.run))
        self.now = user.run.clock.now
        self.stamp = user.run.clock.stamp
        self.head: Head | None = None
        self.last: Connection | None = None
        self._others: dict[Origin, list[Connection]] = {}
        self.iteration = user.iteration
        self.user = user
        self._tls: dict[Origin, ssl.SSLSession] = {}
        user.closing.append(self.close)

    def begin_iteration(self, user: User) -> None:
        """The group loop of ``user``, or of what it is a branch of, went on: a new visitor begins without connections."""
        self.user = user
        self.iteration = user.iteration
        if self.network.resets and self.user.variables.get("__jmv_SAME_USER") == "false":
            self.close()

    @property
    def idle(self) -> list[Connection]:
        """All connections that are kept."""
        others = [connection for kept in self._others.values() for connection in kept]
        return others if self.last is None else [*others, self.last]

    def reuse(self, origin: Origin, moment: float) -> Connection | None:
        """A kept connection that is fit to be used at ``moment`` (monotonic s)."""
        connection = self.last
        if connection is not None and connection.origin is origin:
            self.last = None
        else:
            connection = self._other(origin)
        while connection is not None:
            if connection.expires > moment and not connection.wire.stale():
                return connection
            connection.close()
            connection = self._other(origin)
        return None

    def _other(self, origin: Origin) -> Connection | None:
        kept = self._others.get(origin)
        return kept.pop() if kept else None

    def keep(self, connection: Connection, close: bool) -> None:
        """Keeps ``connection`` for the next request; ``close``: this one asked for its end, as its answer may have."""
        if connection.served == 1 and isinstance(connection.wire, TlsWire) and connection.wire.session is not None:
            self._tls[connection.origin] = connection.wire.session
        if close or not connection.lasting:
            connection.close()
            return
        if connection.head.idle:
            connection.expires = min(connection.ends, connection.last + connection.head.idle)
        if self.last is not None:
            self._others.setdefault(self.last.origin, []).append(self.last)
        self.last = connection

    async def open(
        self, origin: Origin, static: Addresses | None, connect_timeout: float, timeout: float, source: str
    ) -> Connection:
        """A new connection to ``origin``; ``static`` addresses need no asking. Timeouts in s. Raises faults."""
        if origin.scheme not in ("http", "https"):
            if origin.port < 0:
                raise ProtocolFault
            kind = "org.apache.http.conn.UnsupportedSchemeException"
            raise HttpFault(kind, f"{origin.scheme} protocol is not supported")
        if not 0 <= origin.port <= 65535:
            raise HttpFault("java.lang.IllegalArgumentException", f"port out of range:{origin.port}")
        network = self.network
        addresses = static or await network.resolver.addresses(origin.host)
        host = origin.host
        tcp = await connect(network.transport, host, origin.port, addresses, connect_timeout, source)
        wire = tcp if origin.scheme == "http" else await self._secure(tcp, origin, addresses, timeout)
        return Connection(wire, network.heads, origin, network.now() + network.time_to_live)

    async def _secure(self, tcp: TcpWire, origin: Origin, addresses: Addresses, timeout: float) -> TlsWire:
        network = self.network
        try:
            wire = TlsWire(tcp, network.context, origin.host, self._tls.get(origin))
            await wire.handshake(network.now() + timeout)
        except WireTimeout:
            tcp.close()
            raise ConnectFault(origin.host, origin.port, addresses, "Read timed out", timed_out=True) from None
        except BaseException:
            tcp.close()
            raise
        return wire

    def close(self) -> None:
        """Closes all idle connections and forgets the TLS sessions."""
        for connection in self.idle:
            connection.close()
        self.last = None
        self._others.clear()
        self._tls.clear()


def session_of(user: User) -> Session:
    """The user's session, opened at its first request; an iteration that began since then is seen to."""
    session: Session | None = user.state.get(Session)
    if session is None:
        session = user.state[Session] = Session(user)
    elif session.iteration != user.iteration:
        session.begin_iteration(user)
    return session


def _seconds(milliseconds: str, default: float) -> float:
    try:
        value = int(milliseconds)
    except ValueError:
        return default
    return value / 1000 if value > 0 else inf
