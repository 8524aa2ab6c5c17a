"""Arrival schedules as pure functions: the language of the Open Model Thread Group, and when users arrive by it.

The text is ``rate(10/s) random_arrivals(1 min) rate(20/s) pause(5 s) even_arrivals(2 min)``; comments as in C. A rate
stands before the arrivals it applies to; one behind them makes the rate go in a line from the first to the second. See
``org.apache.jmeter.threads.openmodel`` (``ScheduleParser``, ``EvenArrivalsRamp``, ``PoissonArrivalsRamp``): a stretch
has as many arrivals as the rate's integral over it, rounded down; even ones stand at the inverse of that integral,
random ones are drawn and sorted, so their number is exact as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from silhouette_plan.plan.records import record

T = TypeVar("T")

_TOKEN = re.compile(
    r"(?P<space>\s+|/\*.*?\*/|//[^\n\r]*)|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<word>[A-Za-z][A-Za-z0-9_]*)|(?P<mark>[()/])",
    re.ASCII | re.DOTALL,
)

_UNITS = (("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", 86400.0))
_LONG_UNITS = (("sec", 1.0), ("min", 60.0), ("hour", 3600.0), ("day", 86400.0))


class ScheduleFault(Exception):
    """The text of a schedule cannot be read; the message says what was expected where."""


@record
class Rate:
    """``per_second`` arrivals from here on."""

    per_second: float


@record
class Arrivals:
    """Arrivals for ``duration`` s, ``even`` or at random."""

    even: bool
    duration: float


Schedule = tuple[Rate | Arrivals, ...]


def duration_of(schedule: Schedule) -> float:
    """How long ``schedule`` lasts, in s."""
    return sum(step.duration for step in schedule if isinstance(step, Arrivals))


MOST = 20_000_000
"""Arrivals that a schedule may have at the most: all are held in memory, 8 bytes each."""


def count_of(schedule: Schedule) -> int:
    """How many arrivals ``schedule`` has."""
    return sum(_count(begin, end, step.duration) for begin, end, step in _stretches(schedule))


def arrivals_of(schedule: Schedule, draw: Callable[[], float]) -> Iterator[float]:
    """The moments of arrival, in s from the start and in order; ``draw`` gives random numbers from 0 to 1."""
    offset = 0.0
    for begin, end, step in _stretches(schedule):
        within = _even(begin, end, step.duration) if step.even else _random(begin, end, step.duration, draw)
        for moment in within:
            yield offset + moment
        offset += step.duration


def _stretches(schedule: Schedule) -> Iterator[tuple[float, float, Arrivals]]:
    """Each stretch with arrivals, and the rates at its begin and end."""
    begin = 0.0
    for index, step in enumerate(schedule):
        if isinstance(step, Rate):
            begin = step.per_second
        else:
            behind = schedule[index + 1] if index + 1 < len(schedule) else None
            yield begin, behind.per_second if isinstance(behind, Rate) else begin, step


def _count(begin: float, end: float, duration: float) -> int:
    return int((begin + end) / 2 * duration)


def _even(begin: float, end: float, duration: float) -> Iterator[float]:
    mean = (begin + end) / 2
    slope = 0.0 if abs(end - begin) < 0.0001 * mean else (end - begin) / duration if duration else 0.0
    for count in range(_count(begin, end, duration)):
        if slope == 0.0:
            yield count / mean
        else:
            yield (math.sqrt(begin * begin + 2 * slope * count) - begin) / slope


def _random(begin: float, end: float, duration: float, draw: Callable[[], float]) -> Sequence[float]:
    """The lower rate as a flat process, the rest with a density that grows or falls to nothing."""
    count = _count(begin, end, duration)
    flat = int(min(begin, end) * duration)
    moments = [draw() * duration for _ in range(flat)]
    for _ in range(count - flat if begin != end else 0):
        share = math.sqrt(draw())
        moments.append((1 - share if begin > end else share) * duration)
    return sorted(moments)


def parse_schedule(text: str) -> Schedule:
    """The schedule that ``text`` describes. Raises ``ScheduleFault``. A whole number alone is JMeter's trial run."""
    if re.fullmatch(r"[+-]?\d+", text):
        rate = Rate(float(text))
        return (rate, Arrivals(True, 1.0), rate, Rate(0.0), Arrivals(True, 3600.0))
    return _Parser(text).schedule()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.position = 0
        self.last = Rate(0.0)

    def schedule(self) -> Schedule:
        steps: list[Rate | Arrivals] = []
        while self.position < len(self.tokens):
            match self.next("rate, random_arrivals, even_arrivals or pause").lower():
                case "rate":
                    self.last = self.in_parentheses(self.rate)
                    steps.append(self.last)
                case "random_arrivals":
                    steps.append(Arrivals(False, self.in_parentheses(self.duration)))
                case "even_arrivals":
                    steps.append(Arrivals(True, self.in_parentheses(self.duration)))
                case "pause":
                    steps.extend(self.pause(self.in_parentheses(self.duration)))
                case other:
                    raise ScheduleFault(
                        f"`{other}` stands where rate, random_arrivals, even_arrivals or pause is expected"
                    )
        return tuple(steps)

    def pause(self, duration: float) -> Schedule:
        """No arrivals; the rate before it ends before it and starts again behind."""
        nothing, last = Rate(0.0), self.last
        if last.per_second == 0.0:
            return (Arrivals(True, duration), last)
        return (last, nothing, Arrivals(True, duration), nothing, last)

    def in_parentheses(self, inner: Callable[[], T]) -> T:
        self.expect("(")
        value = inner()
        self.expect(")")
        return value

    def rate(self) -> Rate:
        number = self.number("a number for the rate")
        if number == 0.0 and self.ahead() == ")":
            return Rate(0.0)
        if self.next("`/` or `per`").lower() not in ("/", "per"):
            raise ScheduleFault("a rate needs a unit, as in `10/s`")
        return Rate(number / self.unit())

    def duration(self) -> float:
        seconds = 0.0
        while True:
            number = self.number("a number for the duration")
            if number == 0.0 and self.ahead() == ")":
                return seconds
            seconds += number * self.unit()
            if not self.ahead()[:1].isdigit() and self.ahead()[:1] != ".":
                return seconds

    def unit(self) -> float:
        word = self.next("a unit: ms, sec, min, hour or day").lower()
        for name, seconds in _UNITS:
            if word == name:
                return seconds
        for name, seconds in _LONG_UNITS:
            if word.startswith(name):
                return seconds
        raise ScheduleFault(f"`{word}` is no unit: ms, sec, min, hour or day")

    def number(self, expected: str) -> float:
        word = self.next(expected)
        try:
            return float(word)
        except ValueError:
            raise ScheduleFault(f"`{word}` stands where {expected} is expected") from None

    def expect(self, mark: str) -> None:
        found = self.next(f"`{mark}`")
        if found != mark:
            raise ScheduleFault(f"`{found}` stands where `{mark}` is expected")

    def ahead(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def next(self, expected: str) -> str:
        if self.position == len(self.tokens):
            raise ScheduleFault(f"the schedule ends where {expected} is expected")
        self.position += 1
        return self.tokens[self.position - 1]


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ScheduleFault(f"`{text[position : position + 20]}` cannot be read")
        position = match.end()
        if match.lastgroup != "space":
            yield match.group()
