"""Observations of one metric in bounded memory: what ``slo`` judges and what the end of a run shows of a plan's own metrics.

Observations fall into buckets by value, as in ``histogram``, whose whole numbers are told the same way here; fractions and
numbers below 0 are rounded to eleven binary digits. Either way a percentile is wrong by less than 0.05 %, and a standard
deviation by less than that part of the largest value. Merging measures loses nothing but the order between them, for which
the one that is merged counts as the later one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from silhouette_plan.results.histogram import EXACT, told

_PRECISION = 2**11


class Measure:
    """Counts, sums and buckets of the values added so far; ``first`` and ``last`` are in the order of adding."""

    __slots__ = ("buckets", "count", "first", "last", "maximum", "minimum", "total")

    def __init__(self, values: Iterable[float] = ()) -> None:
        self.count = 0
        self.total: float = 0
        self.minimum = math.inf
        self.maximum = -math.inf
        self.first = self.last = 0.0
        self.buckets: dict[float, int] = {}
        for value in values:
            self.add(value)

    def add(self, value: float) -> None:
        """Counts ``value``, a finite number."""
        if not self.count:
            self.first = value
        self.last = value
        self.count += 1
        self.total += value
        if value < self.minimum:
            self.minimum = value
        if value > self.maximum:
            self.maximum = value
        exact = value.__class__ is int and 0 <= value < EXACT
        bucket = value if exact else bucket_of(value)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def merge(self, later: Measure) -> None:
        """Adds what ``later`` counted."""
        if not later.count:
            return
        if not self.count:
            self.first = later.first
        self.last = later.last
        self.count += later.count
        self.total += later.total
        self.minimum = min(self.minimum, later.minimum)
        self.maximum = max(self.maximum, later.maximum)
        for bucket, number in later.buckets.items():
            self.buckets[bucket] = self.buckets.get(bucket, 0) + number

    def average(self) -> float:
        """The mean; 0 of nothing."""
        return self.total / self.count if self.count else 0.0

    def deviation(self) -> float:
        """The standard deviation of what was added, as of a whole population (``StatCalculator``); 0 of nothing."""
        if not self.count:
            return 0.0
        told = self.buckets.items()
        mean = sum(number * bucket for bucket, number in told) / self.count
        return math.sqrt(sum(number * (bucket - mean) ** 2 for bucket, number in told) / self.count)

    def percentile(self, percent: float) -> float:
        """The value that ``percent`` of the values do not exceed (nearest rank); 0 of nothing."""
        rank = max(1, math.ceil(self.count * percent / 100))
        for bucket in sorted(self.buckets):
            rank -= self.buckets[bucket]
            if rank <= 0:
                return min(max(bucket, self.minimum), self.maximum)
        return 0.0


def merged(parts: Iterable[Measure]) -> Measure:
    """All ``parts`` as one, each later than those before it."""
    whole = Measure()
    for part in parts:
        whole.merge(part)
    return whole


def bucket_of(value: float) -> float:
    """The value by which ``value`` is told."""
    whole = int(value)
    if whole == value and whole >= 0:
        return whole if whole < EXACT else told(whole)
    mantissa, exponent = math.frexp(value)
    return math.ldexp(round(mantissa * _PRECISION) / _PRECISION, exponent)
