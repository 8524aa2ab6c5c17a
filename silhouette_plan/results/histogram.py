"""Counts of whole numbers in constant memory, with a bounded relative error.

Values below 2,048 have a bucket each. Above, every power of two is divided into 1,024 buckets of equal width, so that a
bucket is at most 1/1,024 of its values wide; told by its middle, a value is wrong by less than 0.05 %. The buckets of
any two histograms are the same, so merging adds them and loses nothing: it is associative and commutative, and an empty
histogram is its identity.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import ceil

EXACT = 2048
"""Values below this are kept exactly."""

_FEWEST = 64
"""Buckets that a histogram begins with; there may be thousands of histograms, of labels that came once."""

_BITS = EXACT.bit_length() - 1
_HALF = EXACT // 2

RELATIVE_ERROR = 1 / (2 * _HALF)
"""The largest relative error of a value told by ``percentile``."""


class Histogram:
    """Counts of values ≥ 0 in one unit (ms for times).

    ``counts`` has one a bucket, as far as there are values; the first ``EXACT`` are of one value each.
    """

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts = array("Q")

    def record(self, value: int) -> None:
        """Counts ``value``; raises ``ValueError`` for one below 0."""
        if value < 0:
            raise ValueError(f"a histogram counts values from 0 up, not {value}")
        index = value if value < EXACT else _index(value)
        try:
            self.counts[index] += 1
        except IndexError:
            self._reach(max(index + 1, min(2 * len(self.counts), EXACT), _FEWEST))
            self.counts[index] += 1

    def _reach(self, buckets: int) -> None:
        self.counts.frombytes(bytes(8 * (buckets - len(self.counts))))

    @property
    def count(self) -> int:
        """Values recorded."""
        return sum(self.counts)

    def percentile(self, percent: float) -> int:
        """The value that ``percent`` of the values do not exceed (nearest rank); 0 where none was recorded."""
        return self.percentiles((percent,))[0]

    def percentiles(self, percents: tuple[float, ...]) -> tuple[int, ...]:
        """Several percentiles, given in rising order, in one pass."""
        total = self.count
        if not total:
            return (0,) * len(percents)
        ranks = iter([max(1, ceil(total * percent / 100)) for percent in percents])
        rank = next(ranks)
        found: list[int] = []
        seen = 0
        for value, count in self.buckets():
            seen += count
            while seen >= rank:
                found.append(value)
                if len(found) == len(percents):
                    return tuple(found)
                rank = next(ranks)
        raise AssertionError("ranks beyond the count")

    def merge(self, other: Histogram) -> None:
        """Adds what ``other`` counted."""
        counts, more = self.counts, other.counts
        if len(more) > len(counts):
            self._reach(len(more))
        for index, count in enumerate(more):
            if count:
                counts[index] += count

    def buckets(self) -> Iterator[tuple[int, int]]:
        """(value, count) of every bucket in use, in rising order; the value is the bucket's middle."""
        for index, count in enumerate(self.counts):
            if count:
                yield _middle(index), count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Histogram) and list(self.buckets()) == list(other.buckets())

    __hash__ = None  # type: ignore[assignment]


def told(value: int) -> int:
    """The value by which a histogram tells ``value``: the middle of its bucket."""
    return _middle(_index(value))


def _index(value: int) -> int:
    if value < EXACT:
        return value
    shift = value.bit_length() - _BITS
    return shift * _HALF + (value >> shift)


def _middle(index: int) -> int:
    if index < EXACT:
        return index
    shift = index // _HALF - 1
    low = (index - shift * _HALF) << shift
    return low + ((1 << shift) - 1) // 2
