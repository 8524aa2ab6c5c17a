from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.results.histogram import EXACT, RELATIVE_ERROR, Histogram

values = st.lists(st.one_of(st.integers(0, EXACT + 5), st.integers(0, 2**40)), max_size=60)


def recorded(numbers: list[int]) -> Histogram:
    histogram = Histogram()
    for number in numbers:
        histogram.record(number)
    return histogram


def merged(*parts: Histogram) -> Histogram:
    whole = Histogram()
    for part in parts:
        whole.merge(part)
    return whole


@settings(deadline=None)
@given(values.filter(bool), st.floats(0.01, 100))
def test_percentile_is_the_nearest_rank_within_a_thousandth(numbers: list[int], percent: float) -> None:
    exact = sorted(numbers)[max(1, ceil(len(numbers) * percent / 100)) - 1]
    assert abs(recorded(numbers).percentile(percent) - exact) <= exact * RELATIVE_ERROR
    assert RELATIVE_ERROR <= 0.001


@settings(max_examples=40, deadline=None)
@given(values, values, values)
def test_merging_obeys_its_laws(a: list[int], b: list[int], c: list[int]) -> None:
    x, y, z = recorded(a), recorded(b), recorded(c)
    assert merged(x, y) == merged(y, x) == recorded(a + b)
    assert merged(merged(x, y), z) == merged(x, merged(y, z))
    assert merged(x, Histogram()) == x


@settings(max_examples=40, deadline=None)
@given(values)
def test_nothing_is_lost(numbers: list[int]) -> None:
    assert recorded(numbers).count == len(numbers)


def test_memory_does_not_grow_with_the_number_of_values() -> None:
    histogram = recorded([EXACT * 30])
    size = len(histogram.counts)
    for value in range(0, EXACT * 30, 7):
        histogram.record(value)
    assert len(histogram.counts) == size


def test_several_percentiles_in_one_pass() -> None:
    histogram = recorded(list(range(1, 1001)))
    assert histogram.percentiles((50, 90, 95, 99)) == (500, 900, 950, 990)
    assert Histogram().percentiles((50, 99)) == (0, 0)


def test_negative_values_are_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        recorded([-1])
