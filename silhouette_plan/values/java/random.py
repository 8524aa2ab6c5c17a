"""``java.util.Random``: the 48-bit linear congruential generator, number for number."""

from __future__ import annotations

import math

from silhouette_plan.values.java.numbers import wrap_int, wrap_long

_MULTIPLIER = 0x5DEECE66D
_INCREMENT = 0xB
_MASK = (1 << 48) - 1


class JavaRandom:
    """The sequence that ``new java.util.Random(seed)`` gives."""

    __slots__ = ("_gaussian", "_state")

    def __init__(self, seed: int) -> None:
        self.set_seed(seed)

    def set_seed(self, seed: int) -> None:
        """``setSeed``: starts the sequence of ``seed``."""
        self._state = (seed ^ _MULTIPLIER) & _MASK
        self._gaussian: float | None = None

    def _next(self, bits: int) -> int:
        """The next ``bits`` (at most 32) bits, unsigned."""
        self._state = (self._state * _MULTIPLIER + _INCREMENT) & _MASK
        return self._state >> (48 - bits)

    def next_int(self, bound: int | None = None) -> int:
        """``nextInt()``: any 32-bit number; ``nextInt(bound)``: 0 to ``bound`` - 1. ValueError for a bound below 1."""
        if bound is None:
            return wrap_int(self._next(32))
        if bound <= 0:
            raise ValueError("bound must be positive")
        bits = self._next(31)
        if bound & -bound == bound:
            return bound * bits >> 31
        while bits - bits % bound + bound - 1 >= 1 << 31:
            bits = self._next(31)
        return bits % bound

    def next_long(self) -> int:
        """``nextLong()``."""
        high = wrap_int(self._next(32))
        return wrap_long((high << 32) + wrap_int(self._next(32)))

    def next_boolean(self) -> bool:
        """``nextBoolean()``."""
        return self._next(1) != 0

    def next_float(self) -> float:
        """``nextFloat()``: 24 bits in [0, 1)."""
        return self._next(24) / (1 << 24)

    def next_double(self) -> float:
        """``nextDouble()``: 53 bits in [0, 1)."""
        high = self._next(26) << 27
        return (high + self._next(27)) * 2.0**-53

    def next_gaussian(self) -> float:
        """``nextGaussian()``: mean 0, deviation 1, by Marsaglia's polar method; every second draw is kept for the next call."""
        if self._gaussian is not None:
            kept, self._gaussian = self._gaussian, None
            return kept
        while True:
            first = 2 * self.next_double() - 1
            second = 2 * self.next_double() - 1
            square = first * first + second * second
            if 0 < square < 1:
                break
        factor = math.sqrt(-2 * math.log(square) / square)
        self._gaussian = second * factor
        return first * factor
