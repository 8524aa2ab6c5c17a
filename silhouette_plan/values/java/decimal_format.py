"""``java.text.DecimalFormat`` in English: a pattern such as ``#,##0.00;(#)`` and a number to text.

Rounding is half-even on the number's exact binary value, as Java has it; but digits of a whole ``double`` that an exponent leaves out
are rounded half-up.
"""

from __future__ import annotations

import decimal
import functools
import math
from dataclasses import dataclass

from silhouette_plan.plan.records import record

_DIGITS = frozenset("0#,.")
_EXACT = decimal.Context(prec=1200, rounding=decimal.ROUND_HALF_EVEN)
_HALF_UP = decimal.Context(prec=1200, rounding=decimal.ROUND_HALF_UP)
_MARKS = {"%": ("%", 100), "\u2030": ("\u2030", 1000), "-": ("-", 1)}
_ALL_DIGITS = 340


@record
class NumberPattern:
    """A pattern, taken apart. ``group`` is the number of digits between commas, 0 for none; ``exponent`` the least number of
    digits of an exponent, 0 where none is written. ``always_point``: the point is written even where no digit follows it."""

    prefix: str
    suffix: str
    negative_prefix: str
    negative_suffix: str
    least_whole: int
    most_whole: int
    least_fraction: int
    most_fraction: int
    group: int
    factor: int
    exponent: int
    always_point: bool


@functools.lru_cache(maxsize=256)
def number_pattern(pattern: str) -> NumberPattern:
    """``pattern`` taken apart. Raises ValueError where Java raises IllegalArgumentException."""
    if not pattern:
        return NumberPattern("", "", "-", "", 0, 0, 0, _ALL_DIGITS, 3, 1, 0, always_point=False)
    positive = _Reader(pattern, 0)
    positive.read()
    digits = positive.digits
    digits.settle(pattern)
    affixes = negative_affixes = positive.affixes
    # Java reads a pattern of one part a second time as the negative one, with the rules for that.
    begin = positive.position if positive.ends_with_separator else 0
    if begin < len(pattern):
        negative = _Reader(pattern, begin, negative=True)
        negative.read()
        negative_affixes = negative.affixes
    prefix, suffix = map(_text, affixes)
    negative_prefix, negative_suffix = map(_text, negative_affixes)
    if negative_affixes == affixes:
        negative_prefix = f"-{prefix}"
    whole = digits.total if digits.point is None else digits.point
    fraction = 0 if digits.point is None else digits.total - whole
    least_whole = max(whole - digits.left, 0)
    least_fraction = 0 if digits.point is None else max(digits.left + digits.zeros - whole, 0)
    return NumberPattern(
        prefix,
        suffix,
        negative_prefix,
        negative_suffix,
        least_whole,
        digits.left + least_whole,
        least_fraction,
        max(fraction, least_fraction),
        max(digits.group, 0),
        positive.factor,
        positive.exponent,
        always_point=digits.point is not None and digits.point in (0, digits.total),
    )


def _text(affix: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in affix)


@dataclass(slots=True)
class _Digits:
    """What the digits of a pattern say so far: ``#`` before the zeros, zeros, ``#`` behind them; -1 for no comma."""

    left: int = 0
    zeros: int = 0
    right: int = 0
    group: int = -1
    point: int | None = None

    @property
    def total(self) -> int:
        return self.left + self.zeros + self.right

    def add(self, character: str, pattern: str) -> None:
        match character:
            case ",":
                self.group = 0
                return
            case ".":
                if self.point is not None:
                    raise ValueError(f'Multiple decimal separators in pattern "{pattern}"')
                self.point = self.total
                return
            case "0":
                if self.right:
                    raise ValueError(f"Unexpected '0' in pattern \"{pattern}\"")
                self.zeros += 1
            case _ if self.zeros:
                self.right += 1
            case _:
                self.left += 1
        if self.group >= 0 and self.point is None:
            self.group += 1

    def settle(self, pattern: str) -> None:
        """Reads ``##.###`` as ``#0.###`` and ``.###`` as ``.0##``; refuses a point, comma or ``0#`` out of place."""
        if not self.zeros and self.left and self.point is not None:
            first = max(self.point, 1)
            self.left, self.zeros, self.right = first - 1, 1, self.left - first
        last = self.left + self.zeros
        misplaced = bool(self.right) if self.point is None else not self.left <= self.point <= last
        if misplaced or self.group == 0:
            raise ValueError(f'Malformed pattern "{pattern}"')


class _Reader:
    """Reads one part of a pattern, from ``position`` to the ``;`` or the end (``DecimalFormat.applyPattern``).

    Digits may stand in pieces: text between them goes to the suffix. An affix is kept as pieces with whether they mean more
    than their text, since ``'%'`` and ``%`` are two things. Of the digits of the negative part, nothing counts.
    """

    def __init__(self, pattern: str, position: int, *, negative: bool = False) -> None:
        self.pattern = pattern
        self.position = position
        self.negative = negative
        self.digits = _Digits()
        self.factor = 1
        self.exponent = 0
        self.ends_with_separator = False
        self.affixes: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
        self._affix = self.affixes[0]

    def read(self) -> None:
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            if character in _DIGITS:
                self._read_digits()
            elif character == ";":
                if self.negative or self._affix is self.affixes[0]:
                    raise ValueError(f"Unquoted special character ';' in pattern \"{self.pattern}\"")
                self.position += 1
                self.ends_with_separator = True
                return
            else:
                self.position += 1
                self._read_affix(character)

    def _read_affix(self, character: str) -> None:
        if character == "'":
            self._read_quoted()
        elif character == "\u00a4":
            doubled = self.pattern.startswith(character, self.position)
            self.position += doubled
            self._affix.append(("USD" if doubled else "$", True))
        elif character in _MARKS:
            text, factor = _MARKS[character]
            if factor > 1 < self.factor:
                raise ValueError(f'Too many percent/per mille characters in pattern "{self.pattern}"')
            self.factor = max(self.factor, factor)
            self._affix.append((text, True))
        else:
            self._affix.append((character, False))

    def _read_quoted(self) -> None:
        if self.pattern.startswith("'", self.position):
            self.position += 1
            self._affix.append(("'", False))
            return
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            self.position += 1
            if character == "'":
                if not self.pattern.startswith("'", self.position):
                    return
                self.position += 1
            self._affix.append((character, False))
        raise ValueError(f'Malformed pattern "{self.pattern}"')

    def _read_digits(self) -> None:
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            if character in _DIGITS:
                self.position += 1
                if not self.negative:
                    self.digits.add(character, self.pattern)
            elif character == "E":
                self.position += 1
                if not self.negative:
                    self._read_exponent()
                    break
            else:
                break
        self._affix = self.affixes[1]

    def _read_exponent(self) -> None:
        if self.exponent:
            raise ValueError(f'Multiple exponential symbols in pattern "{self.pattern}"')
        while self.pattern.startswith("0", self.position):
            self.position += 1
            self.exponent += 1
        if not self.exponent or not self.digits.left + self.digits.zeros:
            raise ValueError(f'Malformed exponential pattern "{self.pattern}"')


def decimal_format(pattern: str, number: float | int) -> str:
    """``new DecimalFormat(pattern).format(number)`` with English symbols. Raises ValueError for a bad pattern."""
    return format_number(number_pattern(pattern), number)


def format_number(pattern: NumberPattern, number: float | int) -> str:
    """``number`` by a pattern taken apart."""
    if isinstance(number, float) and math.isnan(number):
        return "NaN"
    negative = number < 0 or (number == 0 and math.copysign(1, number) < 0)
    if isinstance(number, float) and math.isinf(number):
        digits = "\u221e"
    else:
        magnitude = abs(number * pattern.factor)
        half_up = isinstance(magnitude, float) and magnitude.is_integer() and magnitude < 2**63
        value = _Value(decimal.Decimal(str(magnitude)), decimal.Decimal(magnitude), _HALF_UP if half_up else _EXACT)
        digits = _scientific(pattern, value) if pattern.exponent else _plain(pattern, value)
    if negative:
        return f"{pattern.negative_prefix}{digits}{pattern.negative_suffix}"
    return f"{pattern.prefix}{digits}{pattern.suffix}"


@record
class _Value:
    """A number by its shortest decimal digits, which are what is shown, and exactly, which decides rounding."""

    shortest: decimal.Decimal
    exact: decimal.Decimal
    context: decimal.Context

    def leading(self, count: int) -> tuple[str, int]:
        """Up to ``count`` digits (all for 0) without zeros at their end, and how many of them stand before the point."""
        if not self.shortest:
            return "", 0
        place = self.shortest.adjusted() + 1
        text = self.rounded(count - place) if count else f"{self.shortest:f}"
        value = decimal.Decimal(text)
        if not value:
            return "", 0
        place = value.adjusted() + 1
        return "".join(map(str, value.as_tuple().digits)).rstrip("0"), place

    def rounded(self, places: int) -> str:
        digits = int(self.shortest.as_tuple().exponent)
        chosen = self.shortest if -digits <= places else self.exact
        return f"{chosen.quantize(decimal.Decimal(1).scaleb(-places), context=self.context):f}"


def _fraction(digits: str, least: int) -> str:
    while len(digits) > least and digits.endswith("0"):
        digits = digits[:-1]
    return f".{digits}" if digits else ""


def _plain(pattern: NumberPattern, value: _Value) -> str:
    whole, _, fraction = value.rounded(pattern.most_fraction).partition(".")
    whole = whole.lstrip("0").rjust(pattern.least_whole, "0")
    if pattern.group:
        whole = _grouped(whole, pattern.group)
    tail = _fraction(fraction, pattern.least_fraction)
    if not tail:
        whole = whole or "0"
    return f"{whole}{tail or ('.' if pattern.always_point else '')}"


def _grouped(whole: str, size: int) -> str:
    head = len(whole) % size
    parts = [whole[:head]] if head else []
    return ",".join(parts + [whole[index : index + size] for index in range(head, len(whole), size)])


def _scientific(pattern: NumberPattern, value: _Value) -> str:
    """With an exponent; where the pattern has more ``#`` than ``0`` before the point, exponents go by that number."""
    digits, place = value.leading(pattern.most_whole + pattern.most_fraction)
    step, least = pattern.most_whole, pattern.least_whole
    if step > 1 and step > least:
        exponent, shown = (place - 1) // step * step, 1
    else:
        exponent, shown = place - least, least
    whole = place - exponent if digits else shown
    digits = digits.ljust(max(least + pattern.least_fraction, whole), "0")
    exponent = exponent if value.shortest else 0
    head, tail = digits[:whole], digits[whole:]
    point = "." if tail or pattern.always_point else ""
    return f"{head}{point}{tail}E{'-' if exponent < 0 else ''}{abs(exponent):0{pattern.exponent}d}"
