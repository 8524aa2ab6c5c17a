"""CPU a sample on the way of every HTTP sample: the built sampler beside the bare sketch, in one run.

Many users take GET samples over kept connections against a loopback server; the client is pinned to one core, the server to
another. The *sketch* is the least a Trio program can do (send, wait through a pump, parse, stamp), the *sampler* is what a
plan runs. Figures are CPU microseconds of the client process a sample, medians of alternating rounds.

usage: python benchmarks/http_hot_path.py [--users 50,2000] [--seconds 2] [--rounds 3] [--plain] [--port N] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import select
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

import httptools
import trio

from silhouette_plan.engine.turns import calling_at_turn_ends
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.program.build import SamplerScope
from silhouette_plan.protocols.http.sampler import build_http
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import GroupState, Run, User

BODY = b'{"success":true,"data":{"token":"abc","list":[1,2,3,4,5,6,7,8]}}'
SERVER = """
import asyncio, sys
ANSWER = b"HTTP/1.1 200 OK\\r\\nServer: bench\\r\\nDate: Tue, 24 Nov 2026 20:00:00 GMT\\r\\nContent-Type: application/json\\r\\n"
ANSWER += b"Content-Length: %d\\r\\nConnection: keep-alive\\r\\n\\r\\n" % len(BODY) + BODY
class Answer(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): self.transport.write(ANSWER)
async def main():
    server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


class Build:
    """A compiler's stand-in for plans without live texts."""

    folder = Path()
    properties: ClassVar[dict[str, str]] = {}

    def template(self, text: str, node: Element) -> Template:
        return Template(text, text, lambda user: text)

    def report(self, diagnostic: object) -> None:
        raise SystemExit(str(diagnostic))


class SketchResponse:
    def __init__(self) -> None:
        self.done = False
        self.body: list[bytes] = []
        self.parser = httptools.HttpResponseParser(self)

    def on_body(self, data: bytes) -> None:
        self.body.append(data)

    def on_message_complete(self) -> None:
        self.done = True


class SketchPump:
    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.waiting: dict[int, Any] = {}

    async def readable(self, number: int) -> None:
        self.waiting[number] = trio.lowlevel.current_task()

        def abort(_: object) -> trio.lowlevel.Abort:
            self.waiting.pop(number, None)
            return trio.lowlevel.Abort.SUCCEEDED

        await trio.lowlevel.wait_task_rescheduled(abort)

    async def run(self) -> None:
        while True:
            await trio.lowlevel.wait_readable(self.epoll.fileno())
            for number, _ in self.epoll.poll(0, 4096):
                if (task := self.waiting.pop(number, None)) is not None:
                    trio.lowlevel.reschedule(task)


class Tally:
    """Counts samples, and what they cost in CPU once all users are connected and warm."""

    def __init__(self, seconds: float) -> None:
        self.count = 0
        self.cost = self.rate = 0.0
        self.warm = time.perf_counter() + max(1.0, seconds / 2)
        self.end = self.warm + seconds
        self.seconds = seconds

    async def watch(self) -> None:
        await trio.sleep(self.warm - time.perf_counter())
        count, cpu, begun = self.count, time.process_time(), time.perf_counter()
        await trio.sleep(self.end - time.perf_counter())
        taken = self.count - count
        self.cost = 1e6 * (time.process_time() - cpu) / taken
        self.rate = taken / (time.perf_counter() - begun)


async def sketch(users: int, tally: Tally, port: int) -> None:
    request = b"GET /api HTTP/1.1\r\nConnection: keep-alive\r\nHost: 127.0.0.1\r\nUser-Agent: x\r\n\r\n"
    pump = SketchPump()

    async def user() -> None:
        sock = socket.socket()
        sock.setblocking(False)
        sock.connect_ex(("127.0.0.1", port))
        await trio.lowlevel.wait_writable(sock)
        pump.epoll.register(sock.fileno(), select.EPOLLIN | select.EPOLLET)
        response, number = SketchResponse(), sock.fileno()
        with sock:
            while True:
                start = time.perf_counter()
                sock.send(request)
                response.done, response.body = False, []
                while not response.done:
                    await pump.readable(number)
                    response.parser.feed_data(sock.recv(65536))
                elapsed = int((time.perf_counter() - start) * 1000)
                if response.parser.get_status_code() == 200 and elapsed >= 0:
                    tally.count += 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(pump.run)
        for _ in range(users):
            nursery.start_soon(user)
        await tally.watch()
        nursery.cancel_scope.cancel()


async def sampler(users: int, tally: Tally, port: int) -> None:
    run = Run(PROPERTIES, Path(), "bench", 1)
    group = GroupState("bench", 1, users)
    node = HttpRequest(name="GET api", domain="127.0.0.1", port=str(port), path="/api")
    take = build_http(node, SamplerScope(reads_headers=False, reads_request=False), Build())  # type: ignore[arg-type]

    async def user(number: int) -> None:
        me = User(run, group, number, f"bench 1-{number}", {})
        while True:
            me.began = run.clock.now()
            sample = await take(me)
            assert sample is not None
            assert sample.success, sample.message
            tally.count += 1

    with calling_at_turn_ends(run.turn_ends):
        async with trio.open_nursery() as nursery:
            run.spawn = nursery.start_soon
            for number in range(users):
                nursery.start_soon(user, number)
            await tally.watch()
            nursery.cancel_scope.cancel()


PROPERTIES: dict[str, str] = {}


def measure(client: Callable[[int, Tally, int], Awaitable[None]], users: int, seconds: float, port: int) -> Tally:
    tally = Tally(seconds)
    trio.run(client, users, tally, port)
    return tally


def serve(core: int) -> tuple[subprocess.Popen[str], int]:
    code = SERVER.replace("BODY", repr(BODY))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    os.sched_setaffinity(process.pid, {core})
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--users", default="50,2000")
    options.add_argument("--seconds", type=float, default=2.0)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--plain", action="store_true", help="wait without the pump")
    options.add_argument("--port", type=int, default=0, help="a server that is up already")
    options.add_argument("--profile", action="store_true", help="profile the sampler instead")
    chosen = options.parse_args()
    PROPERTIES["silplan.transport"] = "plain" if chosen.plain else "pump"
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    cores = sorted(os.sched_getaffinity(0))
    process, port = (None, chosen.port) if chosen.port else serve(cores[-1])
    os.sched_setaffinity(0, {cores[0]})
    try:
        for users in map(int, chosen.users.split(",")):
            if chosen.profile:
                profile(users, chosen.seconds, port)
            else:
                compare(users, chosen.seconds, chosen.rounds, port)
    finally:
        if process is not None:
            process.terminate()


def compare(users: int, seconds: float, rounds: int, port: int) -> None:
    results: dict[str, list[Tally]] = {"sketch": [], "sampler": []}
    for _ in range(rounds):
        for name, client in (("sketch", sketch), ("sampler", sampler)):
            results[name].append(measure(client, users, seconds, port))
    cost = {name: statistics.median(tally.cost for tally in tallies) for name, tallies in results.items()}
    for name, tallies in results.items():
        rate = statistics.median(tally.rate for tally in tallies)
        print(f"{users:>6} users  {name:<8} {cost[name]:6.2f} µs CPU a sample  {rate:8.0f} samples/s")
    print(f"{users:>6} users  sampler - sketch: {cost['sampler'] - cost['sketch']:+.2f} µs", flush=True)


def profile(users: int, seconds: float, port: int) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(measure, sampler, users, seconds, port)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
