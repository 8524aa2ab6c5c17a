"""Which transport a run uses: decided once, when the first user connects."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from typing import Protocol

from silhouette_plan.protocols.transport.wire import TcpWire
from silhouette_plan.values.user import Run


class Transport(Protocol):
    """Makes wires. ``now`` is the run's monotonic clock (s)."""

    now: Callable[[], float]

    def wire(self, sock: socket.socket) -> TcpWire:
        """A wire for a non-blocking socket that is connecting or connected; the wire owns the socket from here on."""


def transport_of(run: Run) -> Transport:
    """The run's transport, started at its first use. The property ``silplan.transport`` may say ``plain``."""
    return run.service(Transport, lambda: _start(run))


def _start(run: Run) -> Transport:
    """Imported when a run starts: to look at a plan takes no event loop."""
    from silhouette_plan.protocols.transport.plain import Plain
    from silhouette_plan.protocols.transport.pump import Pump

    if run.properties.get("silplan.transport") == "plain" or not hasattr(select, "epoll"):
        return Plain(run.clock.now)
    pump = Pump(run.clock.now)
    run.turn_ends.insert(0, pump.burst)
    run.spawn(pump.run)
    return pump
