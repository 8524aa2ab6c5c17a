"""How many requests a second the demo target answers on one core. Run: ``python benchmarks/demo_server.py``.

Client and server stand on a core of their own where the machine has two. The CPU that the server's process used (its
database apart) tells what one core would answer if the client were not the limit.
"""

from __future__ import annotations

import asyncio
import os
import time

import psutil

from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.process import DemoProcess, start

CONNECTIONS = 20
SECONDS = 3.0
PATHS = (
    "/api/health",
    "/api/auth/profile",
    "/api/workflows?page=1&limit=20&sort=createdAt&order=desc",
    "/api/analytics/dashboard",
    "/api/users/7",
    "/api/search?q=workflow&limit=10",
)


class Client(asyncio.Protocol):
    """Sends the next request when the last was answered."""

    def __init__(self, request: bytes, counts: list[int]) -> None:
        self._request = request
        self._counts = counts
        self._waiting = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if self._waiting <= 0:
            head, _, body = data.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), data
            self._waiting = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]) - len(body)
        else:
            self._waiting -= len(data)
        if self._waiting <= 0:
            self._counts[0] += 1
            self._transport.write(self._request)


async def load(port: int, path: str) -> int:
    """Requests answered within ``SECONDS``."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer made-up\r\n\r\n".encode()
    counts = [0]
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Client(request, counts), "127.0.0.1", port) for _ in range(CONNECTIONS)
    ]
    await asyncio.sleep(SECONDS)
    for transport, _ in made:
        transport.abort()
    return counts[0]


def measure(demo: DemoProcess, path: str) -> tuple[float, float]:
    """Requests a second, and µs of the server's CPU a request."""
    process = psutil.Process(demo.pid)
    before, begin = sum(process.cpu_times()[:2]), time.perf_counter()
    count = asyncio.run(load(demo.port, path))
    return count / (time.perf_counter() - begin), (sum(process.cpu_times()[:2]) - before) / count * 1e6


def main() -> None:
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    with start(DemoOptions()) as demo:
        if len(cores) > 1:
            os.sched_setaffinity(demo.pid, {cores[0]})
            os.sched_setaffinity(0, {cores[1]})
        print(f"{'path':<60}{'per s':>8}{'µs CPU':>8}{'per core':>10}")
        for path in PATHS:
            rate, cpu = measure(demo, path)
            print(f"{path:<60}{rate:8.0f}{cpu:8.0f}{1e6 / cpu:10.0f}")


if __name__ == "__main__":
    main()
