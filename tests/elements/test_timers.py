"""Timers, as functions of a clock moved by hand; the one that waits, in virtual time."""

from __future__ import annotations

import statistics

import pytest
import trio
import trio.testing
from elements.stage import Hand, Stage, a_run, a_user
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.elements.tables import TIMERS
from silhouette_plan.elements.timers.precise import Arrivals, in_order, spread_by
from silhouette_plan.elements.timers.shaping import Ramp, Schedule
from silhouette_plan.elements.timers.sync import Barrier
from silhouette_plan.plan import timers
from silhouette_plan.plan.base import Timer
from silhouette_plan.results.clock import Clock
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import GroupState, User


def delays(node: Timer, user: User, count: int) -> list[float]:
    step = TIMERS[type(node)](node, Stage())
    assert step.delay is not None
    if step.advance is not None:
        step.advance(user)
    return [step.delay(user) for _ in range(count)]


@pytest.mark.parametrize(
    ("text", "expected"), [("300", 300), ("${d}", 250), ("abc", 0), (" 300", 0), ("", 0), ("1.5", 0), ("-5", -5)]
)
def test_a_constant_pause_reads_as_jmeter_reads_it(text: str, expected: float) -> None:
    assert delays(timers.ConstantTimer(delay=text), a_user(d="250"), 1) == [expected]


def test_the_fixed_part_of_a_pause_is_read_at_an_iteration_and_the_width_of_the_rest_at_each_sample() -> None:
    user = a_user(d="100")
    for node in (timers.ConstantTimer(delay="${d}"), timers.UniformRandomTimer(offset="${d}", spread="0")):
        step = TIMERS[type(node)](node, Stage())
        assert step.delay is not None
        assert step.advance is not None
        assert step.delay(user) == 0, "no iteration has begun"
        user.variables["d"] = "100"
        step.advance(user)
        user.variables["d"] = "900"
        assert step.delay(user) == 100
    drawn = TIMERS[timers.GaussianRandomTimer](timers.GaussianRandomTimer(offset="0", deviation="${d}"), Stage())
    assert drawn.advance is None
    assert drawn.delay is not None
    assert max(drawn.delay(user) for _ in range(50)) > 300


def test_the_same_seed_pauses_alike_and_another_does_not() -> None:
    node = timers.UniformRandomTimer(offset="100", spread="1000")
    first, again = (delays(node, a_user(a_run(seed=7)), 20) for _ in range(2))
    assert first == again != delays(node, a_user(a_run(seed=8)), 20)
    assert all(100 <= delay < 1100 for delay in first)


@pytest.mark.parametrize(
    ("node", "mean", "deviation"),
    [
        (timers.UniformRandomTimer(offset="100", spread="600"), 400, 173),
        (timers.GaussianRandomTimer(offset="1000", deviation="50"), 1000, 50),
        (timers.PoissonRandomTimer(offset="100", mean="20"), 120, 4.5),
        (timers.PoissonRandomTimer(offset="100", mean="300"), 400, 17.3),
    ],
)
def test_random_pauses_have_their_distribution(node: Timer, mean: float, deviation: float) -> None:
    drawn = delays(node, a_user(), 4000)
    assert statistics.fmean(drawn) == pytest.approx(mean, abs=deviation / 10)
    assert statistics.pstdev(drawn) == pytest.approx(deviation, rel=0.08)


def test_only_random_timers_are_scaled() -> None:
    scaled = {kind for kind, make in TIMERS.items() if make(kind(), Stage()).scaled}
    assert scaled == {timers.UniformRandomTimer, timers.GaussianRandomTimer, timers.PoissonRandomTimer}


# -- Constant Throughput


def throughput(mode: str, clock: Clock, users: int = 1) -> tuple[timers.ConstantThroughputTimer, list[User]]:
    run, group = a_run(clock=clock), GroupState("G", 1, users)
    run.active_users, group.active_users = users + 2, users
    return timers.ConstantThroughputTimer(throughput="60.0", mode=mode), [
        a_user(run, number, group) for number in range(users)
    ]


@pytest.mark.parametrize(("mode", "spacing"), [("0", 1000), ("1", 4000), ("2", 2000), ("calcMode.1", 1000)])
def test_each_user_keeps_its_share_of_the_throughput(mode: str, spacing: float) -> None:
    hand = Hand()
    node, (user, other) = throughput(mode, hand.clock(), 2)
    delay = TIMERS[type(node)](node, Stage()).delay
    assert delay is not None
    assert delay(user) == 0
    assert delay(user) == spacing
    hand.moment += 0.3
    assert delay(user) == 2 * spacing - 300
    assert delay(other) == 0
    hand.moment += 60
    assert delay(user) == 0, "who is late goes at once"
    assert delay(user) == spacing, "and does not make up for it"


def test_a_shared_throughput_is_one_schedule_for_all() -> None:
    hand = Hand()
    node, users = throughput("3", hand.clock(), 3)
    delay = TIMERS[type(node)](node, Stage()).delay
    assert delay is not None
    assert delay(users[0]) == 0
    hand.moment += 0.25
    assert [delay(user) for user in users[1:]] == [0, 0]
    assert delay(users[0]) == pytest.approx(2500)


def test_a_throughput_of_nothing_waits_for_ever() -> None:
    node = timers.ConstantThroughputTimer(throughput="0")
    first, *others = delays(node, a_user(a_run(clock=Hand().clock())), 3)
    assert first > 1e18
    assert others == [0, 0]


def test_a_shared_throughput_of_nothing_holds_the_first_user_only() -> None:
    node, users = throughput("3", Hand().clock(), 3)
    delay = TIMERS[type(node)](timers.ConstantThroughputTimer(throughput="0", mode="3"), Stage()).delay
    assert delay is not None
    assert delay(users[0]) > 1e18
    assert [delay(user) for user in (*users[1:], users[1])] == [0, 0, 0]


# -- Precise Throughput


@given(seed=st.integers(0, 5), count=st.integers(0, 60))
@settings(max_examples=40)
def test_a_span_has_exactly_its_number_of_arrivals(seed: int, count: int) -> None:
    moments = list(spread_by(seed, a_user().random)(count, 10.0, 5.0))
    assert len(moments) == count
    assert moments == sorted(moments)
    assert all(10.0 <= moment <= 15.0 for moment in moments)


def test_moments_in_order_are_even_draws() -> None:
    stream = a_user().random
    thirds = [0, 0, 0]
    for _ in range(200):
        for moment in in_order(stream, 10, 0.0, 3.0):
            thirds[min(2, int(moment))] += 1
    assert all(abs(third - 667) < 90 for third in thirds)


def moments(arrivals: Arrivals, count: int) -> list[float]:
    return [arrivals.next() for _ in range(count)]


def test_a_seed_gives_javas_moments() -> None:
    # new java.util.Random(42): 0.7275636800328681, 0.6832234717598454, 0.30871945533265976
    arrivals = Arrivals(1, spread_by(42, a_user().random), rate=0.3, duration=10)
    assert [round(moment, 9) for moment in moments(arrivals, 3)] == [3.087194553, 6.832234718, 7.2756368]
    assert 10 <= arrivals.next() < 20


def test_a_batch_comes_at_one_moment_and_one_of_nothing_is_endless() -> None:
    drawn = moments(Arrivals(3, spread_by(42, a_user().random), rate=0.6, duration=10), 6)
    assert drawn[0] == drawn[1] == drawn[2] < drawn[3] == drawn[4] == drawn[5]
    assert len(set(moments(Arrivals(0, spread_by(42, a_user().random), rate=0.6, duration=10), 50))) == 1


def test_a_new_rate_is_drawn_for_the_next_span() -> None:
    arrivals = Arrivals(1, spread_by(42, a_user().random), rate=5, duration=1)
    assert all(moment < 1 for moment in moments(arrivals, 2))
    arrivals.rate = 3
    assert all(1 <= moment < 2 for moment in moments(arrivals, 3))


def test_a_precise_timer_waits_until_its_moments() -> None:
    hand = Hand()
    node = timers.PreciseThroughputTimer(throughput="10", period="1", duration="1", seed="42")
    group = GroupState("G", 1, 1, start=hand.moment)
    user = a_user(a_run(clock=hand.clock()), group=group)
    waits = delays(node, user, 10)
    assert waits == sorted(waits)
    assert waits[-1] < 1000
    hand.moment += 100
    assert delays(node, user, 1) == [0]


def test_all_precise_timers_of_a_group_take_from_the_sequence_of_the_first() -> None:
    hand = Hand()
    group, run = GroupState("G", 1, 2, start=hand.moment), a_run(clock=hand.clock())
    first, other = a_user(run, 0, group), a_user(run, 1, group)
    slow, fast = (
        timers.PreciseThroughputTimer(throughput=rate, period="1", duration="10", seed="1") for rate in ("1", "1000")
    )
    steps = [TIMERS[timers.PreciseThroughputTimer](node, Stage()).delay for node in (slow, fast)]
    taken = [step(user) for _ in range(5) for step, user in zip(steps, (first, other), strict=True) if step is not None]
    assert taken == sorted(taken)
    assert 5000 < taken[-1] < 10_000, "ten in ten seconds"


def test_a_precise_timer_without_samples_loses_the_sample() -> None:
    with pytest.raises(ValueFault):
        delays(timers.PreciseThroughputTimer(throughput="0"), a_user(a_run(clock=Hand().clock())), 1)


# -- Throughput Shaping


def test_a_schedule_gives_each_second_its_rate() -> None:
    schedule = Schedule(0.0, [Ramp(2, 4, 2), Ramp(10, 10, 1)])
    places = []
    while (place := schedule.take(0.0)) is not None:
        places.append(place)
    assert [sum(int(place) == second for place in places) for second in range(4)] == [2, 3, 10, 0]
    assert places == sorted(places)


def test_what_a_second_did_not_use_is_lost() -> None:
    schedule = Schedule(0.0, [Ramp(2, 2, 10)])
    assert [schedule.take(5.9) for _ in range(3)] == [5.0, 5.5, 6.0]


def test_the_test_ends_with_the_schedule() -> None:
    hand = Hand()
    run = a_run(clock=hand.clock())
    stops: list[bool] = []
    run.stop = stops.append
    node = timers.ThroughputShapingTimer(rows=(("1", "1", "1"),))
    assert delays(node, a_user(run), 2) == [0, 0]
    assert stops == [False]


# -- Synchronizing


async def arrivals_at(barrier: Barrier, moments: list[float], timeout: float) -> list[float]:
    passed: list[float] = []

    async def come(moment: float) -> None:
        await trio.sleep(moment)
        await barrier.wait(timeout)
        passed.append(trio.current_time())

    start = trio.current_time()
    async with trio.open_nursery() as nursery:
        for moment in moments:
            nursery.start_soon(come, moment)
    return sorted(moment - start for moment in passed)


@pytest.mark.parametrize(
    ("moments", "timeout", "expected"),
    [
        ([0, 1, 2], 60, [2, 2, 2]),
        ([0, 1, 2, 5, 6, 7], 60, [2, 2, 2, 7, 7, 7]),
        ([0, 1], 5, [5, 5]),
        ([0, 1, 9, 10, 11], 5, [5, 5, 11, 11, 11]),
    ],
)
def test_users_pass_together(moments: list[float], timeout: float, expected: list[float]) -> None:
    clock = trio.testing.MockClock(autojump_threshold=0)
    assert trio.run(arrivals_at, Barrier(3), moments, timeout, clock=clock) == pytest.approx(expected)


def test_one_that_is_stopped_lets_the_others_go() -> None:
    async def scene() -> float:
        barrier, start = Barrier(3), trio.current_time()

        async def stopped() -> None:
            with trio.move_on_after(2):
                await barrier.wait(60)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(stopped)
            await barrier.wait(60)
        return trio.current_time() - start

    assert trio.run(scene, clock=trio.testing.MockClock(autojump_threshold=0)) == pytest.approx(2)


def test_the_size_of_the_group_counts_where_none_is_given() -> None:
    wait = TIMERS[timers.SyncTimer](timers.SyncTimer(), Stage()).wait
    assert wait is not None

    async def scene() -> None:
        run, group = a_run(), GroupState("G", 1, 2)
        with trio.fail_after(1):
            async with trio.open_nursery() as nursery:
                for number in range(2):
                    nursery.start_soon(wait, a_user(run, number, group))

    trio.run(scene, clock=trio.testing.MockClock(autojump_threshold=0))
