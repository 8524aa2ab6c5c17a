"""Honest times: what a sample says it took is what the target took, whatever else the generator had to do."""

from __future__ import annotations

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

SERVICE_MS = 5
USERS = 100

TARGET = Path(__file__).parents[2] / "benchmarks" / "steady_target.py"


class SteadyTarget:
    """A process that answers each request after ``SERVICE_MS``, and logs how long it really took."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(TARGET), str(SERVICE_MS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def log(self) -> list[float]:
        """Ends the target; the times (ms) it took."""
        return [float(number) for number in self._process.communicate()[0].split()]

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.communicate()


@pytest.fixture
def steady() -> Iterator[SteadyTarget]:
    target = SteadyTarget()
    yield target
    target.close()


def test_median_and_tail_agree_with_the_targets_own_log(pump_player: Any, get: Any) -> None:
    """The best of several: other processes on the machine make a measurement worse, never better; a bias is in all of them."""
    differences = []
    for _ in range(20):
        target = SteadyTarget()
        ours = sorted(samples_of_many(pump_player, get(port=str(target.port))))
        theirs = sorted(target.log())
        assert len(ours) == len(theirs) == USERS * 6
        tail = abs(ours[int(len(ours) * 0.9)] - theirs[int(len(theirs) * 0.9)])
        differences.append(max(tail, abs(statistics.median(ours) - statistics.median(theirs))))
        if differences[-1] <= 1.5:
            break
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


def test_nobody_is_charged_for_the_work_of_a_long_batch(pump_player: Any, get: Any) -> None:
    """Answers come one after another while others work on theirs, each for 3 ms: 90 ms of work in 8 ms of answers.

    Who finds everybody at work is charged for the one at work and no other. The best of several, as above.
    """
    charged = []
    for _ in range(20):
        target = SteadyTarget()
        ours = worked_on(pump_player, get(port=str(target.port)))
        charged.append(statistics.mean(ours) - statistics.mean(target.log()))
        if charged[-1] <= 2.5:
            break
    assert min(charged) <= 2.5


def worked_on(player: Any, node: Any) -> list[int]:
    """Elapsed ms of the second sample each of 30 users, who start 0.25 ms apart and work for 3 ms on what they get."""
    elapsed: list[int] = []

    async def script(user: Any) -> None:
        take = player.build(node)

        async def one(number: int) -> None:
            me = player.user(number)
            await take(me)
            await trio.sleep_until(start + number * 0.00025)
            elapsed.append((await take(me)).elapsed)
            end = time.perf_counter() + 0.003
            while time.perf_counter() < end:
                pass
            for close in me.closing:
                close()

        start = trio.current_time() + 0.1
        async with trio.open_nursery() as nursery:
            for number in range(30):
                nursery.start_soon(one, number)

    player.script(script)
    return elapsed


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
