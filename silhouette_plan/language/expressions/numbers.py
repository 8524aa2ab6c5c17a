"""The values of numbers as they are spelled."""

from __future__ import annotations

from silhouette_plan.plan.units import quantity

_LONGEST = 4000
"""More digits than this make a float (Python's own limit on reading integers is 4,300)."""


def spelled_value(text: str) -> int | float:
    """The value of a number with no unit and no sign."""
    return int(text) if text.isdigit() and len(text) <= _LONGEST else float(text)


def measured_value(text: str) -> int | float:
    """The value of a number with a unit: ms, bytes, parts of one, a second. Raises ``UnitError``."""
    value = quantity(text).value
    return int(value) if value.denominator == 1 else float(value)
