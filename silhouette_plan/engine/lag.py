"""Event-loop lag: how late tasks woke whose moment had come."""

from __future__ import annotations

import math
from collections import Counter

_STEPS = 20
"""Buckets a factor of ten: about 12 % wide."""


class Lag:
    """Lateness of wake-ups, in buckets of equal ratio; constant time a measurement and constant memory."""

    __slots__ = ("_buckets", "maximum")

    def __init__(self) -> None:
        self._buckets: Counter[int] = Counter()
        self.maximum = 0.0

    def late(self, seconds: float) -> None:
        """A task woke ``seconds`` after its moment."""
        if seconds > self.maximum:
            self.maximum = seconds
        self._buckets[math.ceil(_STEPS * math.log10(seconds)) if seconds > 1e-6 else -6 * _STEPS] += 1

    def quantile(self, share: float) -> float:
        """The lateness in s that ``share`` of all wake-ups did not exceed (an upper bound, 12 % wide); 0 without any."""
        left = share * self._buckets.total()
        for bucket in sorted(self._buckets):
            left -= self._buckets[bucket]
            if left <= 0:
                return min(self.maximum, math.pow(10.0, bucket / _STEPS))
        return self.maximum

    def copy(self) -> Lag:
        """What was measured so far."""
        made = Lag()
        made._buckets, made.maximum = self._buckets.copy(), self.maximum
        return made

    def since(self, before: Lag) -> Lag:
        """What was measured after ``before`` was copied."""
        made = Lag()
        made._buckets, made.maximum = self._buckets - before._buckets, self.maximum
        return made

    @property
    def count(self) -> int:
        """How many wake-ups were measured."""
        return self._buckets.total()
