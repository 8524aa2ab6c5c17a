"""Honest times: what a sample says it took is what the target took, whatever else the generator had to do."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from silhouette_plan.results.clock import Clock
from silhouette_plan.values.user import Run

SERVICE = 0.005
USERS = 100


TARGET = f"""
import asyncio, sys, time
took = []
class Answer(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): loop.call_later({SERVICE}, self.answer, time.perf_counter())
    def answer(self, begun):
        self.transport.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
        took.append(time.perf_counter() - begun)
loop = asyncio.new_event_loop()
server = loop.run_until_complete(loop.create_server(Answer, "127.0.0.1", 0, backlog=512))
print(server.sockets[0].getsockname()[1], flush=True)
loop.add_reader(sys.stdin, loop.stop)
loop.run_forever()
print(*took)
"""


class SteadyTarget:
    """A process that answers each request after exactly ``SERVICE`` s, and logs how long it really took."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", TARGET], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def log(self) -> list[float]:
        """Ends the target; the times (s) it took."""
        return [float(number) for number in self._process.communicate("\n")[0].split()]

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.communicate("\n")


@pytest.fixture
def steady() -> Iterator[SteadyTarget]:
    target = SteadyTarget()
    yield target
    target.close()


def test_median_and_tail_agree_with_the_targets_own_log(pump_player: Any, get: Any) -> None:
    """The best of five: another process on the machine can only make a measurement worse."""
    differences = []
    for _ in range(5):
        target = SteadyTarget()
        ours = sorted(samples_of_many(pump_player, get(port=str(target.port))))
        theirs = sorted(took * 1000 for took in target.log())
        assert len(ours) == len(theirs) == USERS * 6
        tail = abs(ours[int(len(ours) * 0.9)] - theirs[int(len(theirs) * 0.9)])
        differences.append(max(tail, abs(statistics.median(ours) - statistics.median(theirs))))
        if differences[-1] <= 1.5:
            break
    if min(differences) > 1.5 and os.getloadavg()[0] > (os.cpu_count() or 1):
        pytest.skip("other processes keep this machine busy")
    assert min(differences) <= 1.5


def samples_of_many(player: Any, node: Any) -> list[int]:
    """Elapsed ms of six samples each of many users, spread over 100 ms and paced so that nobody is overloaded."""
    elapsed: list[int] = []

    async def script(user: Any) -> None:
        take = player.build(node)

        async def one(number: int) -> None:
            me = player.user(number)
            await trio.sleep(number * 0.1 / USERS)
            for _ in range(6):
                elapsed.append((await take(me)).elapsed)
                await trio.sleep(0.1)
            for close in me.closing:
                close()

        async with trio.open_nursery() as nursery:
            for number in range(USERS):
                nursery.start_soon(one, number)

    player.script(script)
    return elapsed


def test_a_busy_generator_does_not_charge_its_own_work_to_the_target(
    steady: SteadyTarget, pump_player: Any, get: Any
) -> None:
    """All answers come at once; each user then works for 2 ms: the last user's sample is no longer than the first's."""
    elapsed: list[int] = []

    async def script(user: Any) -> None:
        take = pump_player.build(get(port=str(steady.port)))

        async def one(number: int) -> None:
            me = pump_player.user(number)
            await take(me)
            await trio.sleep(0.05)
            sample = await take(me)
            elapsed.append(sample.elapsed)
            end = time.perf_counter() + 0.002
            while time.perf_counter() < end:
                pass
            for close in me.closing:
                close()

        async with trio.open_nursery() as nursery:
            for number in range(20):
                nursery.start_soon(one, number)

    pump_player.script(script)
    assert max(elapsed) - min(elapsed) < 20 * 2


def test_a_wall_clock_that_jumps_leaves_times_alone(target: Any, pump_player: Any, get: Any) -> None:
    wall = iter([1_000_000.0, 1_000_000.0 - 3600, 1_000_000.0 + 3600])
    clock = Clock(wall=lambda: next(wall, 0.0))

    async def script(user: Any) -> None:
        user.run.clock = clock
        take = pump_player.build(get())
        starts = []
        for _ in range(3):
            sample = await take(user)
            assert 0 <= sample.elapsed < 1000
            starts.append(sample.start)
            await trio.sleep(0.002)
        assert starts == sorted(starts)
        assert 1_000_000_000 <= starts[0] < 1_000_010_000

    pump_player.script(script)


def test_two_runs_know_nothing_of_each_other(target: Any, player: Any, get: Any) -> None:
    player.take(get())
    first = player.run
    player.take(get())
    assert isinstance(first, Run)
    assert player.run is not first
    assert target.connections == 2
    assert Path() == first.folder
