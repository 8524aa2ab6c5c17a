"""Time stamps by a Java pattern (``SimpleDateFormat``): the letters that a time stamp needs, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

_PIECE = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'")

_WRITE: dict[str, Callable[[datetime, int], str]] = {
    "y": lambda t, n: f"{t.year % 100:02d}" if n == 2 else f"{t.year:0{n}d}",
    "M": lambda t, n: t.strftime("%B") if n > 3 else t.strftime("%b") if n == 3 else f"{t.month:0{n}d}",
    "d": lambda t, n: f"{t.day:0{n}d}",
    "H": lambda t, n: f"{t.hour:0{n}d}",
    "h": lambda t, n: f"{t.hour % 12 or 12:0{n}d}",
    "m": lambda t, n: f"{t.minute:0{n}d}",
    "s": lambda t, n: f"{t.second:0{n}d}",
    "S": lambda t, n: f"{t.microsecond // 1000:03d}"[:n].ljust(n, "0"),
    "a": lambda t, n: t.strftime("%p"),
    "E": lambda t, n: t.strftime("%A") if n > 3 else t.strftime("%a"),
    "Z": lambda t, n: t.strftime("%z"),
}

_READ: dict[str, Callable[[int], str]] = {
    "y": lambda n: rf"(?P<year>\d{{{n if n > 1 else '4'}}})",
    "M": lambda n: r"(?P<month>\d\d?)",
    "d": lambda n: r"(?P<day>\d\d?)",
    "H": lambda n: r"(?P<hour>\d\d?)",
    "m": lambda n: r"(?P<minute>\d\d?)",
    "s": lambda n: r"(?P<second>\d\d?)",
    "S": lambda n: r"(?P<fraction>\d{1,3})",
}


class StampFormat:
    """A Java date pattern, compiled. ``pattern`` is its source; equal patterns are equal.

    Raises ``ValueError`` where the pattern has a letter that has no place in a time stamp. Times are local, as JMeter's.
    """

    __slots__ = ("_pieces", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._pieces = tuple(_pieces(pattern))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StampFormat) and other.pattern == self.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)

    def write(self, stamp: int) -> str:
        """``stamp`` (ms since 1970) as text."""
        moment = (datetime.fromtimestamp(stamp // 1000) + timedelta(milliseconds=stamp % 1000)).astimezone()
        return "".join(_WRITE[letter](moment, n) if letter else text for letter, n, text in self._pieces)

    def read(self, text: str) -> int:
        """The stamp (ms since 1970) that ``text`` says; raises ``ValueError``."""
        found = _reader(self).fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not of the form {self.pattern}")
        part = found.groupdict()
        year = int(part["year"])
        moment = datetime(
            year + 2000 if len(part["year"]) == 2 else year,
            int(part.get("month") or 1),
            int(part.get("day") or 1),
            int(part.get("hour") or 0),
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
        )
        return int(moment.timestamp()) * 1000 + int((part.get("fraction") or "0").ljust(3, "0"))


@cache
def _reader(form: StampFormat) -> re.Pattern[str]:
    try:
        return re.compile("".join(_READ[letter](n) if letter else re.escape(text) for letter, n, text in form._pieces))
    except (KeyError, re.error) as fault:
        raise ValueError(f"time stamps of the form {form.pattern} cannot be read back ({fault})") from None


def _pieces(pattern: str) -> list[tuple[str, int, str]]:
    """(letter, its count, "") for a field, ("", 0, text) for text between fields."""
    pieces: list[tuple[str, int, str]] = []
    for match in _PIECE.finditer(pattern):
        letter = match.group(2)
        if letter is None:
            quoted = match.group(1)
            text = match.group() if quoted is None else quoted.replace("''", "'") or "'"
            if text == "'" and quoted is None:
                raise ValueError("a quote in the pattern is not closed")
            pieces.append(("", 0, text))
        elif letter in _WRITE:
            pieces.append((letter, len(match.group()), ""))
        else:
            raise ValueError(f"the letter “{letter}” has no place in a time stamp; use {' '.join(_WRITE)}")
    return pieces
