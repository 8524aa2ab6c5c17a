"""Puts the demo target together and serves it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from silhouette_plan.demo import accounts, insights, workflows
from silhouette_plan.demo.faults import Faults
from silhouette_plan.demo.http import Connection
from silhouette_plan.demo.options import DemoError, DemoOptions
from silhouette_plan.demo.postgres import embedded_postgres
from silhouette_plan.demo.service import Router, Service
from silhouette_plan.demo.store import Store

BACKLOG = 4096
"""Connections that may wait to be accepted."""

_ROUTES = {**accounts.ROUTES, **workflows.ROUTES, **insights.ROUTES}
_FREE = insights.FREE | {"/auth/login"}


async def serve(options: DemoOptions, *, ready: Callable[[int], None]) -> None:
    """Serves until cancelled; calls ``ready`` with the port once requests are answered. Raises ``DemoError``."""
    connections: set[Connection] = set()
    async with _database(options) as dsn:
        store = await Store.connect(dsn)
        try:
            service = Service(options, store)
            faults = Faults(options, Router(service, _ROUTES, _FREE))
            service.leaked_bytes = lambda: faults.leaked_bytes
            servers = await _listen(options, lambda: Connection(faults, connections))
            try:
                ready(servers[0].sockets[0].getsockname()[1])
                await asyncio.get_running_loop().create_future()
            finally:
                for server in servers:
                    server.close()
                for connection in list(connections):
                    connection.close()
        finally:
            store.close()


@asynccontextmanager
async def _database(options: DemoOptions) -> AsyncIterator[str]:
    if options.dsn:
        yield options.dsn
        return
    async with embedded_postgres(options.database_port) as dsn:
        yield dsn


async def _listen(options: DemoOptions, make: Callable[[], Connection]) -> list[asyncio.Server]:
    """Listens on the host's address, and for 127.0.0.1 on ::1 too: ``localhost`` may mean either."""
    loop = asyncio.get_running_loop()
    try:
        first = await loop.create_server(make, options.host, options.port, backlog=BACKLOG)
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno else str(fault)
        raise DemoError(
            f"cannot listen on {options.host}:{options.port}: {reason}", "choose another port with --port"
        ) from None
    servers = [first]
    if options.host == "127.0.0.1":
        port = first.sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):
            servers.append(await loop.create_server(make, "::1", port, backlog=BACKLOG))
    return servers
