from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silhouette_plan.results.health import HICCUP_S, STRETCHES, Course, Health, Stretch, Window

IDLE, BUSY = 20.0, 97.0
ON_TIME, LATE = 1.0, 80.0


def judged(windows: Iterable[Window]) -> Health:
    course = Course()
    end = 0.0
    for window in windows:
        course.add(window)
        end = window.start + window.seconds
    return course.health(end, 30.0, 2.0)


def seconds(*spans: tuple[int, float, int], lag: float = ON_TIME) -> list[Window]:
    """Windows of a second: (how many, CPU, samples in each), one span after another."""
    all_of = [(cpu, samples) for count, cpu, samples in spans for _ in range(count)]
    return [Window(float(start), 1.0, cpu, lag, samples) for start, (cpu, samples) in enumerate(all_of)]


@pytest.mark.parametrize(
    ("windows", "saturated"),
    [
        pytest.param(seconds((60, IDLE, 100)), False, id="never"),
        pytest.param(seconds((60, BUSY, 100)), True, id="all along"),
        pytest.param(seconds((60, IDLE, 100), lag=LATE), True, id="late all along"),
        pytest.param(seconds((3, BUSY, 900), (20, IDLE, 10)), False, id="start-up"),
        pytest.param(seconds((4, BUSY, 900), (3, IDLE, 10)), False, id="a hiccup after start-up"),
        pytest.param(seconds((30, BUSY, 1000), (3000, IDLE, 1)), True, id="an idle tail hides no storm"),
        pytest.param(seconds((30, IDLE, 100), (6, BUSY, 0), (20, IDLE, 100)), True, id="it hung and took no sample"),
        pytest.param(seconds((100, IDLE, 100), (8, BUSY, 100)), False, id="less than a tenth"),
        pytest.param(seconds((4, BUSY, 100)), False, id="a run of four seconds"),
        pytest.param(seconds((5, BUSY, 100)), True, id="a run of five seconds"),
        pytest.param([Window(0.0, 12.0, IDLE, 11_000.0, 1)], True, id="one window in which the loop stood still"),
        pytest.param(
            [*seconds((20, IDLE, 10)), Window(20.0, 5.0, BUSY, LATE, 1)], True, id="windows count by their length"
        ),
        pytest.param([], False, id="too short for a look"),
    ],
)
def test_whether_the_generator_was_the_limit(windows: list[Window], saturated: bool) -> None:
    assert judged(windows).saturated is saturated


def test_when_and_how_long() -> None:
    health = judged(seconds((10, IDLE, 5), (4, BUSY, 5), (6, IDLE, 5), (2, 99.0, 5), (8, IDLE, 5)))
    assert health.limited == (Stretch(10, 14, BUSY, ON_TIME), Stretch(20, 22, 99.0, ON_TIME))
    assert health.limited_seconds == 6
    assert health.limited_share == pytest.approx(6 / 27)
    assert (health.cpu_percent, health.cpu_peak_percent) == (30.0, 99.0)
    assert (health.lag_p99_ms, health.lag_peak_ms) == (2.0, 2.0)


def test_what_lies_in_start_up_is_cut_off() -> None:
    health = judged([Window(0.0, 2.5, BUSY, ON_TIME, 50), Window(2.5, 2.5, BUSY, ON_TIME, 100)])
    assert health.limited == (Stretch(3.0, 5.0, BUSY, ON_TIME),)
    assert health.limited_seconds == pytest.approx(2.0)


def test_peaks_are_no_less_than_the_means() -> None:
    """Start-up is shown, though not judged; so is what no window holds."""
    health = judged([*seconds((2, BUSY, 9), lag=LATE), *seconds((1, IDLE, 9))])
    assert (health.cpu_peak_percent, health.lag_peak_ms) == (BUSY, LATE)
    unseen = judged([])
    assert (unseen.cpu_peak_percent, unseen.lag_peak_ms) == (unseen.cpu_percent, unseen.lag_p99_ms)


def test_the_most_sockets_count() -> None:
    assert judged(Window(n, 1.0, IDLE, ON_TIME, 1, sockets) for n, sockets in enumerate((3, 40, 7))).open_sockets == 40


cpus = st.lists(st.sampled_from([IDLE, BUSY]), min_size=1, max_size=120)


@given(cpus)
def test_seconds_at_the_limit_add_up(cpu: list[float]) -> None:
    health = judged(Window(float(start), 1.0, each, ON_TIME, 1) for start, each in enumerate(cpu))
    assert health.limited_seconds == cpu[3:].count(BUSY)
    assert health.limited_share == pytest.approx(cpu[3:].count(BUSY) / max(len(cpu) - 3, 1))
    lengths = [len(run) for run in "".join("b" if each == BUSY else " " for each in cpu[3:]).split()]
    assert sorted(one.seconds for one in health.limited) == sorted(sorted(lengths)[-STRETCHES:])
    assert not health.saturated or health.limited_seconds >= HICCUP_S


@given(cpus, st.integers(0, 1000))
def test_an_idle_tail_without_samples_changes_nothing(cpu: list[float], tail: int) -> None:
    windows = [Window(float(start), 1.0, each, ON_TIME, 10) for start, each in enumerate(cpu)]
    longer = [*windows, *(Window(float(len(cpu) + n), 1.0, 0.0, ON_TIME, 0) for n in range(tail))]
    assert judged(longer).saturated is judged(windows).saturated


def test_memory_does_not_grow_with_the_run() -> None:
    course = Course()
    for n in range(20_000):
        course.add(Window(float(n), 1.0, BUSY if n % 3 else IDLE, ON_TIME, 10))
    assert sum(sys.getsizeof(value) for value in (course._stretches, *course._stretches)) < 2000
    assert len(course.health(20_000, 60.0, 1.0).limited) == STRETCHES
