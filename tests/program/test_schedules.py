"""Load shapes as pure functions: sums, order, laws, and the same numbers in every process."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.program import profiles
from silhouette_plan.program.schedule import Arrivals, Rate, arrivals_of, count_of, duration_of, parse_schedule
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.user import Run

rates = st.floats(0, 60).map(lambda rate: round(rate, 3))
durations = st.floats(0.01, 8).map(lambda duration: round(duration, 3))
stretches = st.lists(st.tuples(rates, st.booleans(), durations, rates), max_size=5)


def schedule_of(parts: list[tuple[float, bool, float, float]]) -> tuple[Rate | Arrivals, ...]:
    return tuple(
        step for begin, even, duration, end in parts for step in (Rate(begin), Arrivals(even, duration), Rate(end))
    )


@given(stretches, st.integers(1, 2**63 - 1))
@settings(max_examples=80, deadline=None)
def test_each_stretch_has_the_integral_of_its_rate_and_keeps_within_its_time(parts, seed):
    moments = list(arrivals_of(schedule_of(parts), JavaRandom(seed).next_double))
    assert len(moments) == count_of(schedule_of(parts))
    assert moments == sorted(moments)
    begun = 0.0
    for begin, _, duration, end in parts:
        own = [moment for moment in moments if begun - 1e-9 <= moment < begun + duration - 1e-9]
        area = (begin + end) / 2 * duration
        assert math.floor(area) - 1 <= len(own) <= math.ceil(area) + 1
        begun += duration


@given(rates, rates, durations)
@settings(max_examples=80, deadline=None)
def test_even_arrivals_stand_where_the_integral_reaches_their_number(begin, end, duration):
    moments = list(arrivals_of(schedule_of([(begin, True, duration, end)]), lambda: 0.0))
    for number, moment in enumerate(moments):
        reached = begin * moment + (end - begin) * moment * moment / (2 * duration)
        assert reached == pytest.approx(number, abs=0.01 + 1e-3 * number)


@pytest.mark.parametrize("draw", [JavaRandom(42).next_double, Run({}, Path(), "P", 42).stream("arrivals of O").random])
def test_gaps_of_random_arrivals_are_exponential(draw):
    """Kolmogorov–Smirnov on 10⁴ gaps at the 5 % level, with a fixed seed."""
    rate, count = 200, 10_000
    moments = list(arrivals_of(parse_schedule(f"rate({rate}/s) random_arrivals({count / rate} s)"), draw))
    gaps = sorted(after - before for before, after in itertools.pairwise([0.0, *moments]))
    assert len(gaps) == count
    distance = max(
        max(abs(index / count - (law := 1 - math.exp(-rate * gap))), abs((index + 1) / count - law))
        for index, gap in enumerate(gaps)
    )
    assert distance < 1.36 / math.sqrt(count)


def test_a_ramp_of_random_arrivals_grows_in_a_line():
    schedule = parse_schedule("rate(0/s) random_arrivals(100 s) rate(200/s)")
    moments = list(arrivals_of(schedule, JavaRandom(3).next_double))
    assert len(moments) == 10_000
    for share in (0.25, 0.5, 0.75):
        assert sum(moment < 100 * share for moment in moments) == pytest.approx(10_000 * share**2, abs=150)


def test_even_arrivals_do_not_drift_in_a_long_run():
    """A day at 7 a second: the last arrival is where it belongs, to the µs."""
    [last] = deque(arrivals_of(parse_schedule("rate(7/s) even_arrivals(1 day)"), lambda: 0.0), maxlen=1)
    assert last == pytest.approx(86_400 - 1 / 7, abs=1e-6)


@pytest.mark.parametrize("seed_of_hashes", ["0", "1"])
def test_a_seed_gives_the_same_schedule_in_every_process(seed_of_hashes):
    script = """
from pathlib import Path
from silhouette_plan.program.schedule import arrivals_of, parse_schedule
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.user import Run
schedule = parse_schedule("rate(1/s) random_arrivals(3 s) rate(0)")
for draw in (JavaRandom(42).next_double, Run({}, Path(), "P", 42).stream("arrivals of O").random):
    print(*arrivals_of(parse_schedule("rate(1/s) random_arrivals(3 s)"), draw))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONHASHSEED": seed_of_hashes},
        capture_output=True,
        text=True,
        check=True,
    )
    java, own = ([float(number) for number in line.split()] for line in done.stdout.splitlines())
    # java.util.Random(42).nextDouble(): 0.7275636800328681, 0.6832234717598454, 0.30871945533265976
    assert java == pytest.approx([0.92615836599798, 2.04967041527954, 2.18269104009860], abs=1e-12)
    assert own == sorted(own) == pytest.approx(list(own_arrivals()), abs=0.0)


def own_arrivals() -> list[float]:
    draw = Run({}, Path(), "P", 42).stream("arrivals of O").random
    return list(arrivals_of(parse_schedule("rate(1/s) random_arrivals(3 s)"), draw))


@given(stretches)
@settings(max_examples=40, deadline=None)
def test_a_schedule_lasts_as_long_as_its_stretches(parts):
    assert duration_of(schedule_of(parts)) == pytest.approx(sum(part[2] for part in parts))


# ---- casutg


counts = st.integers(0, 12)
rows = st.lists(st.tuples(counts, counts, counts, counts, counts), max_size=5)


@given(rows)
@settings(max_examples=100, deadline=None)
def test_ultimate_has_all_its_users_each_within_its_row(table):
    stays = profiles.ultimate(table)
    assert len(stays) == sum(row[0] for row in table)
    if all(row[0] for row in table):
        users = iter(stays)
        for count, delay, ramp_up, hold, ramp_down in table:
            own = [next(users) for _ in range(count)]
            assert all(delay <= stay.start <= delay + ramp_up for stay in own)
            assert all(delay + ramp_up + hold <= stay.end <= delay + ramp_up + hold + ramp_down for stay in own)
            assert own[0].start == delay + ramp_up
            assert own == sorted(own, key=lambda stay: (stay.start, stay.end), reverse=True)


def test_a_row_without_users_takes_one_of_the_next():
    """Recorded: the second row's user and only one of the third's."""
    stays = profiles.ultimate([(2, 0, 2, 1, 2), (0, 1, 0, 1, 0), (2, 0, 0, 1, 0)])
    assert [(stay.start, stay.end) for stay in stays] == [(2, 5), (1, 4), (1, 2), (0, 1)]


@given(st.integers(1, 30), counts, counts, counts, counts, counts, counts, counts, counts)
@settings(max_examples=150, deadline=None)
def test_stepping_brings_users_in_order_and_takes_them_in_order(
    users, delay, burst, users_in, period, ramp_up, hold, users_out, period_out
):
    stays = profiles.stepping(
        profiles.Steps(users, delay, burst, users_in, period, ramp_up, hold, users_out, period_out)
    )
    assert len(stays) == users
    assert [stay.start for stay in stays] == sorted(stay.start for stay in stays)
    assert [stay.end for stay in stays] == sorted(stay.end for stay in stays)
    assert stays[0].start == delay


def test_stepping_with_a_step_above_the_users():
    """Recorded: the plugin's remainder is negative, and all leave early."""
    steps = profiles.Steps(
        users=3, delay=0, burst=0, users_in=5, period=1, ramp_up=5, hold=4, users_out=5, period_out=1
    )
    assert [(stay.start, stay.end) for stay in profiles.stepping(steps)] == [(0, 8), (1, 8), (2, 8)]


@given(st.integers(0, 50), st.integers(0, 20), st.integers(0, 20), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_concurrency_climbs_to_its_target_and_ends(target, ramp_up, hold, steps):
    climb = profiles.Climb(target, ramp_up, hold, steps)
    moments = [tenth / 10 for tenth in range(10 * (ramp_up + hold))]
    wanted = [profiles.wanted_users(climb, moment) for moment in moments]
    assert wanted == sorted(wanted)
    assert profiles.wanted_users(climb, ramp_up + hold) is None
    assert all(level == target for level, moment in zip(wanted, moments, strict=True) if moment > ramp_up)


def test_concurrency_in_steps():
    climb = profiles.Climb(target=5, ramp_up=4, hold=1, steps=2)
    assert [profiles.wanted_users(climb, moment) for moment in (0, 1.9, 2, 3.9, 4.5, 5)] == [3, 3, 5, 5, 5, None]


@given(st.floats(0.1, 50), st.integers(0, 5), st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_arrivals_are_as_many_as_the_rate_says(target, ramp_up, hold, steps):
    moments = list(profiles.arrivals(profiles.arrivals_level(target, ramp_up, hold, steps)))
    assert moments == sorted(moments)
    assert moments[-1] > ramp_up + hold - 1e-6
    offered = target * hold + sum(target * step / steps * ramp_up / steps for step in range(1, steps + 1))
    assert len(moments[:-1]) == pytest.approx(offered, abs=2 + steps)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 5)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_free_form_arrivals_at_constant_rates_are_the_area_of_the_rows(table):
    rows = [(float(rate), float(rate), float(duration)) for rate, duration in table]
    moments = list(profiles.arrivals(profiles.free_form_level(rows)))
    assert moments == sorted(moments)
    gaps = sum(
        after / before for (before, _), (after, _) in itertools.pairwise(table)
    )  # a row's last gap may reach far
    assert len(moments[:-1]) == pytest.approx(sum(rate * duration for rate, duration in table), abs=2 + gaps)


def test_free_form_follows_its_line():
    """Recorded: 6 a second more within each second, from nothing and back to it."""
    moments = list(profiles.arrivals(profiles.free_form_level([(0, 10, 1), (10, 10, 1), (10, 0, 1)])))
    assert len(moments[:-1]) == 20
    assert [round(moment - moments[0], 2) for moment in moments[:4]] == [0.0, 0.5, 0.64, 0.76]
