"""``java.time.format.DateTimeFormatter`` patterns, compiled once: text to the fields of a moment.

A pattern becomes one regular expression with a group a field; numbers that stand side by side share their digits as
Java's adjacent value parsing does, because a lone letter takes as many digits as the fixed widths after it leave.
Resolution is Java's *smart* style: a day beyond the end of its month (up to 31) is its last day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import field

from silhouette_plan.plan.records import record
from silhouette_plan.values.java.date_format import (
    Field,
    Item,
    Optional,
    month_names,
    names_for,
    parse_pattern,
    weekday_names,
)
from silhouette_plan.values.java.locale_names import Names


@record
class Fields:
    """What a text said, by pattern letter; ``offset`` in seconds. Letters of the same meaning share one key."""

    values: dict[str, int] = field(default_factory=dict)

    def get(self, key: str) -> int | None:
        """The value read for a key: ``u y M d D H h a m s S`` (nanoseconds) ``E offset`` …, None if there was none."""
        return self.values.get(key)

    def date(
        self, default_year: int | None = None, default_month: int | None = None, default_day: int | None = None
    ) -> dt.date:
        """The date. Raises ValueError where a part is missing without a default, or the parts contradict each other."""
        year = _first(self.values.get("u"), self.values.get("y"), default_year)
        if (ordinal := self.values.get("D")) is not None:
            found = dt.date(year, 1, 1) + dt.timedelta(days=ordinal - 1)
            if found.year != year:
                raise ValueError(f"Invalid day of year {ordinal}")
        else:
            month = _first(self.values.get("M"), default_month)
            day = _first(self.values.get("d"), default_day)
            if not 1 <= day <= 31 or not 1 <= month <= 12:
                raise ValueError(f"Invalid date {year}-{month}-{day}")
            found = dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
        if self.values.get("E", found.weekday()) != found.weekday():
            raise ValueError(f"{found} is another day of the week")
        return found

    def time(self, default: int | None = None) -> dt.time:
        """The time of day; parts below a given one are 0, missing ones ``default``. Raises ValueError as ``date``."""
        hour = self._hour()
        hour = _first(hour, default)
        minute = self.values.get("m", default if default is not None else 0)
        return dt.time(hour, minute, self.values.get("s", 0), self.values.get("S", 0) // 1000)

    def _hour(self) -> int | None:
        if (hour := self.values.get("H")) is not None:
            return hour
        if (hour := self.values.get("k")) is not None:
            return hour % 24
        if "h" in self.values and "a" in self.values:
            return self.values["h"] % 12 + 12 * self.values["a"]
        return None


def _first(*values: int | None) -> int:
    for value in values:
        if value is not None:
            return value
    raise ValueError("Unable to obtain a date or time: a field is missing")


Reader = tuple[str, str, Callable[[str], int]]
"""A field's expression, its key, and what its text means."""

_SHAPES: dict[str, tuple[str, int, int]] = {
    "d": ("d", 1, 31), "D": ("D", 1, 366), "H": ("H", 0, 23), "h": ("h", 1, 12), "k": ("k", 1, 24), "K": ("h", 0, 11),
    "m": ("m", 0, 59), "s": ("s", 0, 59), "n": ("S", 0, 999_999_999),
}  # fmt: skip
"""Fields that are plain numbers: key, least, greatest."""


@functools.lru_cache(maxsize=256)
def date_parser(pattern: str, locale: str = "en") -> Callable[[str], Fields]:
    """What reads text by ``pattern``; it raises ValueError for text that does not fit. ValueError for a bad pattern."""
    readers: list[Reader] = []
    items = parse_pattern(pattern)
    expression = re.compile(_expression(items, names_for(items, locale), readers))

    def read(text: str) -> Fields:
        match = expression.fullmatch(text)
        if match is None:
            raise ValueError(f"Text {text!r} could not be parsed")
        values: dict[str, int] = {}
        for (_, key, meaning), found in zip(readers, match.groups(), strict=True):
            if found is not None and values.setdefault(key, value := meaning(found)) != value:
                raise ValueError(f"Text {text!r} contradicts itself")
        return Fields(values)

    return read


def _expression(items: tuple[Item, ...], names: Names, readers: list[Reader]) -> str:
    parts: list[str] = []
    for item in items:
        match item:
            case str():
                parts.append(re.escape(item))
            case Optional(inside):
                parts.append(f"(?:{_expression(inside, names, readers)})?")
            case Field():
                reader = _reader(item, names)
                readers.append(reader)
                parts.append(f"({reader[0]})")
    return "".join(parts)


def _reader(field: Field, names: Names) -> Reader:
    letter, count = field.letter, field.count
    if letter in _SHAPES:
        key, least, most = _SHAPES[letter]
        return "[0-9]+" if count == 1 else f"[0-9]{{{count}}}", key, _bounded(least, most)
    match letter:
        case "y" | "u":
            return _year(letter, count)
        case "M" | "L":
            if count < 3:
                return "[0-9]+" if count == 1 else "[0-9]{2}", "M", _bounded(1, 12)
            return _named(month_names(count, names), "M", 1)
        case "E":
            return _named(weekday_names(max(count, 3), names), "E", 0)
        case "a":
            return _named(names.halves, "a", 0)
        case "S":
            return f"[0-9]{{{count}}}", "S", lambda text: int(text.ljust(9, "0"))
        case "X" | "x" | "Z" | "O":
            return r"Z|GMT|(?:GMT)?[+-][0-9]{1,2}(?::?[0-9]{2}){0,2}", "offset", _offset
        case "z" | "V":
            return "UTC|GMT|Z|Etc/UTC", "offset", lambda text: 0
        case "G":
            return "AD|Anno Domini|A", "G", lambda text: 1
        case _:
            raise ValueError(f"Reading dates by pattern letter {letter} is not supported")


def _year(letter: str, count: int) -> Reader:
    if count == 2:
        return "[0-9]{2}", letter, lambda text: 2000 + int(text)
    wide = r"[+-]?[0-9]+" if count == 1 else f"[0-9]{{{count}}}|[+-][0-9]{{{count},10}}"
    return wide, letter, _bounded(1, 9999)


def _bounded(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(f"Invalid value {value} (valid values {least} - {most})")
        return value

    return read


def _named(names: tuple[str, ...], key: str, base: int) -> Reader:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)), key, lambda text: names.index(text) + base


def _offset(text: str) -> int:
    digits = text.removeprefix("GMT")
    if digits in ("", "Z"):
        return 0
    numbers = digits[1:].replace(":", "")
    numbers = numbers.rjust(2, "0") if len(numbers) == 1 else numbers
    seconds = sum(
        int(numbers[index : index + 2]) * unit for index, unit in ((0, 3600), (2, 60), (4, 1)) if numbers[index:]
    )
    return -seconds if digits[0] == "-" else seconds
