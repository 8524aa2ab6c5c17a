"""Numbers with units as the language spells them: ``250ms 1h30m``, ``4MB``, ``30%``, ``100/s 5MB/min``.

Plan fields that hold "text with a unit" (``Stage``, ``Threshold``, ``Monitor``, ``SummaryLine``) are read with these functions.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from silhouette_plan.plan.records import record

DURATIONS = {"ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
"""Milliseconds a unit."""

SIZES = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
"""Bytes a unit."""

PERIODS = {"s": 1, "m": 60, "min": 60, "h": 3600}
"""Seconds a unit behind the ``/`` of a rate."""

_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)([A-Za-z]+)")
_NUMBER_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(.*)", re.DOTALL)


@record
class Quantity:
    """A measured value. ``value`` is in ms (``duration``), bytes (``size``), parts of one (``percent``), a second
    (``rate``), bytes a second (``data-rate``)."""

    value: Fraction
    dimension: str


class UnitError(ValueError):
    """Text that is no quantity; ``unit`` is what stands where a unit should."""

    def __init__(self, text: str, unit: str) -> None:
        self.unit = unit
        super().__init__(f"unknown unit in `{text}`" if unit else f"`{text}` has no unit")


def quantity(text: str) -> Quantity:
    """The quantity that ``text`` spells. Raises ``UnitError``."""
    match = _NUMBER_UNIT.fullmatch(text.strip())
    if match is None:
        raise UnitError(text, "")
    number, unit = Fraction(match[1]), match[2]
    if unit == "%":
        return Quantity(number / 100, "percent")
    if unit in SIZES:
        return Quantity(number * SIZES[unit], "size")
    measured, slash, period = unit.partition("/")
    if slash and period in PERIODS and (not measured or measured in SIZES):
        return Quantity(number * SIZES.get(measured, 1) / PERIODS[period], "data-rate" if measured else "rate")
    return Quantity(_duration(text.strip(), unit), "duration")


def _duration(text: str, unit: str) -> Fraction:
    total, position, above = Fraction(0), 0, float("inf")
    for part in _PART.finditer(text):
        size = DURATIONS.get(part[2], 0)
        if part.start() != position or not 0 < size < above:
            raise UnitError(text, unit)
        total, position, above = total + Fraction(part[1]) * size, part.end(), size
    if position != len(text) or not position:
        raise UnitError(text, unit)
    return total


def milliseconds(text: str) -> float:
    """A duration in ms. Raises ``UnitError`` where ``text`` is none."""
    return float(_of(text, "duration"))


def per_second(text: str) -> float:
    """A rate a second. Raises ``UnitError`` where ``text`` is none."""
    return float(_of(text, "rate"))


def _of(text: str, dimension: str) -> Fraction:
    found = quantity(text)
    if found.dimension != dimension:
        raise UnitError(text, text)
    return found.value


def plain(value: Fraction) -> str:
    """The shortest decimal spelling, without exponent (at most 9 places)."""
    if value.denominator == 1:
        return str(value.numerator)
    spelled = format(Decimal(value.numerator) / Decimal(value.denominator), ".9f")
    return spelled.rstrip("0").rstrip(".")


def duration_text(ms: int) -> str:
    """A whole number of milliseconds in the largest units that say it exactly: ``1h30m``, ``1500ms``."""
    if ms == 0:
        return "0s"
    parts = []
    for unit in ("d", "h", "m", "s", "ms"):
        count, ms = divmod(ms, DURATIONS[unit])
        if count:
            parts.append((count, unit))
    if parts[-1][1] == "ms" and len(parts) > 1:
        total = sum(count * DURATIONS[unit] for count, unit in parts)
        return f"{total}ms"
    return "".join(f"{count}{unit}" for count, unit in parts)
