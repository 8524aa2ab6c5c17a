"""Figures with their units, for people."""

from __future__ import annotations

import enum
from collections.abc import Callable

_KIB = 1024
_LONG_MS = 10_000
_LARGE = 100
_MOST_PLACES = 6


class Unit(enum.StrEnum):
    """What a figure is measured in."""

    NONE = ""
    MILLISECONDS = "ms"
    BYTES = "B"
    SHARE = "share"
    PER_SECOND = "/s"
    BYTES_PER_SECOND = "B/s"


def figure_text(value: float, unit: Unit = Unit.NONE, faithful: Callable[[float], bool] = lambda shown: True) -> str:
    """``value`` with its unit: ``812 ms``, ``12.5 s``, ``3.4 %``, ``48.21 KB``, ``96.5/s``.

    It gets one or two places behind the point, and more until the number that is shown is ``faithful``.
    """
    factor, name = _scale(value, unit)
    scaled = value / factor
    places = 1 if abs(scaled) >= _LARGE else 2
    while places < _MOST_PLACES and not faithful(round(scaled, places) * factor):
        places += 1
    shown = f"{scaled:.{places}f}".rstrip("0").rstrip(".")
    return f"{'0' if shown == '-0' else shown}{'' if name in ('', '/s') else ' '}{name}"


def _scale(value: float, unit: Unit) -> tuple[float, str]:
    """By what to divide ``value``, and what the quotient is a number of."""
    match unit:
        case Unit.SHARE:
            return 0.01, "%"
        case Unit.MILLISECONDS if abs(value) >= _LONG_MS:
            return 1000, "s"
        case Unit.BYTES | Unit.BYTES_PER_SECOND:
            power = sum(abs(value) >= _KIB**power for power in (1, 2, 3))
            return _KIB**power, ("B", "KB", "MB", "GB")[power] + unit.value.removeprefix("B")
        case _:
            return 1, unit.value


def seconds_text(seconds: float) -> str:
    """``20s``, ``1m10s``, ``0.5s``."""
    if seconds < 60:
        return f"{seconds:.1f}".removesuffix(".0") + "s"
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return "".join(f"{count}{unit}" for count, unit in ((hours, "h"), (minutes, "m"), (left, "s")) if count)


def clock_text(seconds: float) -> str:
    """``1:02:03``, ``2:03`` or ``3 s``."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
