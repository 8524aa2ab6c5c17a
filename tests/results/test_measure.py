"""A measure against a naive computation over the values themselves."""

from __future__ import annotations

import statistics as naive
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.results.histogram import RELATIVE_ERROR, Histogram
from silhouette_plan.results.measure import Measure, merged

NUMBERS = st.one_of(
    st.integers(0, 5000), st.integers(-(10**9), 10**12), st.floats(-1e6, 1e9, allow_subnormal=False), st.booleans()
)
LISTS = st.lists(NUMBERS, max_size=50)


def nearest_rank(numbers: list[float], percent: float) -> float:
    return sorted(numbers)[max(1, ceil(len(numbers) * percent / 100)) - 1]


def alike(one: Measure, other: Measure) -> bool:
    """Whether two measures tell the same; sums of fractions only nearly."""
    exact = ("count", "first", "last", "minimum", "maximum", "buckets")
    size = max(map(abs, one.buckets), default=0) + 1
    return all(getattr(one, name) == getattr(other, name) for name in exact) and (
        (one.total, one.average(), one.deviation())
        == pytest.approx((other.total, other.average(), other.deviation()), rel=1e-6, abs=1e-6 * size)
    )


@settings(deadline=None)
@given(LISTS.filter(bool), st.floats(0.01, 100))
def test_figures_of_a_list(numbers: list[float], percent: float) -> None:
    measure = Measure(numbers)
    exact = nearest_rank(numbers, percent)
    assert measure.count == len(numbers)
    assert (measure.minimum, measure.maximum) == (min(numbers), max(numbers))
    assert (measure.first, measure.last) == (numbers[0], numbers[-1])
    assert measure.average() == pytest.approx(sum(numbers) / len(numbers))
    assert measure.deviation() == pytest.approx(
        naive.pstdev(map(float, numbers)), rel=1e-6, abs=RELATIVE_ERROR * max(map(abs, numbers)) + 1e-9
    )
    assert abs(measure.percentile(percent) - exact) <= abs(exact) * RELATIVE_ERROR


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=40), st.floats(1, 100))
def test_whole_numbers_are_told_as_in_the_table(numbers: list[int], percent: float) -> None:
    histogram = Histogram()
    for number in numbers:
        histogram.record(number)
    in_the_table = min(max(histogram.percentile(percent), min(numbers)), max(numbers))
    assert Measure(numbers).percentile(percent) == in_the_table


@settings(max_examples=60, deadline=None)
@given(LISTS, LISTS, LISTS)
def test_merging_obeys_its_laws(a: list[float], b: list[float], c: list[float]) -> None:
    x, y, z, whole = Measure(a), Measure(b), Measure(c), Measure([*a, *b, *c])
    assert alike(merged([x, y, z]), whole)
    assert alike(merged([merged([x, y]), z]), whole)
    assert alike(merged([x, merged([y, z])]), whole)
    assert alike(merged([x, Measure()]), x)
    assert alike(merged([Measure(), x]), x)


def test_memory_does_not_grow_with_the_number_of_values() -> None:
    assert len(Measure(n / 7 for n in range(70_000)).buckets) < 10_000
    assert len(Measure(range(1_000_000, 1_100_000)).buckets) < 500


def test_nothing_has_figures_of_zero() -> None:
    nothing = Measure()
    assert (nothing.count, nothing.average(), nothing.deviation(), nothing.percentile(95)) == (0, 0, 0, 0)
