"""One task that serves all pauses."""

from __future__ import annotations

import math

import trio
import trio.lowlevel
import trio.testing
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.engine.lag import Lag
from silhouette_plan.engine.sleeper import Sleeper


def in_virtual_time(main):
    return trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))


async def served(nursery):
    sleeper = Sleeper(trio.current_time, 0.0, Lag())
    nursery.start_soon(sleeper.run)
    return sleeper


@given(st.lists(st.integers(0, 500), max_size=30))
@settings(max_examples=30, deadline=None)
def test_everybody_wakes_at_its_moment(delays):
    async def main():
        woken = []
        start = trio.current_time()
        async with trio.open_nursery() as nursery:
            sleeper = await served(nursery)

            async def sleep(delay):
                await sleeper.until(start + delay / 1000).over()
                woken.append((delay, round(1000 * (trio.current_time() - start))))

            async with trio.open_nursery() as users:
                for delay in delays:
                    users.start_soon(sleep, delay)
            nursery.cancel_scope.cancel()
        return woken

    assert sorted(in_virtual_time(main)) == [(delay, delay) for delay in sorted(delays)]


def test_a_pause_may_be_ended_early_or_cancelled():
    async def main():
        start = trio.current_time()
        ends = []
        async with trio.open_nursery() as nursery:
            sleeper = await served(nursery)

            async def sleep(pauses):
                pauses.append(sleeper.until(start + 100))
                await pauses[0].over()
                ends.append(trio.current_time() - start)

            pauses: list = []
            with trio.move_on_after(1):
                await sleeper.until(start + 50).over()
            nursery.start_soon(sleep, pauses)
            await trio.sleep(1)
            pauses[0].cancel()
            pauses[0].cancel()
            await trio.lowlevel.checkpoint()
            await trio.testing.wait_all_tasks_blocked()
            for _ in range(200):
                with trio.CancelScope() as scope:
                    pause = sleeper.until(start + 1000)
                    scope.cancel()
                    await pause.over()
            queued = len(sleeper._queue)
            nursery.cancel_scope.cancel()
        return ends, queued

    ends, queued = in_virtual_time(main)
    assert ends == [2.0]
    assert queued <= 130


def test_lag_is_an_upper_bound_12_percent_wide():
    lag = Lag()
    for late in range(1, 1001):
        lag.late(late / 1000)
    assert lag.count == 1000
    assert math.isclose(lag.quantile(0.99), 0.99, rel_tol=0.13)
    assert lag.quantile(0.99) >= 0.99
    assert lag.quantile(1.0) == lag.maximum == 1.0
    assert Lag().quantile(0.99) == 0.0
