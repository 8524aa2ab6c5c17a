"""``java.text.DecimalFormat`` in English: a pattern such as ``#,##0.00;(#)`` and a number to text.

Rounding is half-even on the number's exact binary value, as Java has it.
"""

from __future__ import annotations

import decimal
import functools
import math
from dataclasses import dataclass

_DIGITS = frozenset("0#,.")
_EXACT = decimal.Context(prec=1200, rounding=decimal.ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A pattern, taken apart. ``group`` is the number of digits between commas, 0 for none."""

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
    decimal_point: bool


@functools.lru_cache(maxsize=256)
def number_pattern(pattern: str) -> NumberPattern:
    """``pattern`` taken apart. Raises ValueError where Java raises IllegalArgumentException."""
    prefix, digits, suffix, rest = _split(pattern, 0)
    negative = (f"-{prefix}", suffix)
    if rest < len(pattern):
        negative_prefix, _, negative_suffix, _ = _split(pattern, rest)
        if (negative_prefix, negative_suffix) != (prefix, suffix):
            negative = negative_prefix, negative_suffix
    digits, _, exponent = digits.partition("E")
    if set(exponent) - {"0"}:
        raise ValueError(f"Malformed exponential pattern {pattern!r}")
    whole, point, fraction = digits.partition(".")
    if "," in fraction or "." in fraction or "0#" in whole.replace(",", "") or "#0" in fraction:
        raise ValueError(f"Malformed pattern {pattern!r}")
    comma = whole.rfind(",")
    plain = whole.replace(",", "")
    least = plain.count("0")
    if not least and plain and point and "0" not in fraction:
        least = 1
    affixes = prefix + suffix
    return NumberPattern(
        prefix, suffix, *negative, least, len(plain), fraction.count("0"), len(fraction),
        group=len(whole) - comma - 1 if comma >= 0 else 0,
        factor=100 if "%" in affixes else 1000 if "\u2030" in affixes else 1,
        exponent=len(exponent),
        decimal_point=bool(point) and not fraction,
    )  # fmt: skip


def _split(pattern: str, position: int) -> tuple[str, str, str, int]:
    """Prefix, digits, suffix of the part that begins at ``position``, and where the next part begins."""
    prefix: list[str] = []
    suffix: list[str] = []
    digits = ""
    target = prefix
    while position < len(pattern):
        character = pattern[position]
        if character == "'":
            literal, position = _quoted(pattern, position)
            target.append(literal)
            target = suffix if digits else prefix
            continue
        if character == ";":
            return "".join(prefix), digits, "".join(suffix), position + 1
        if target is prefix and character in _DIGITS:
            end = position
            while end < len(pattern) and pattern[end] in _DIGITS:
                end += 1
            if pattern[end : end + 2] == "E0":
                end += 1
                while pattern[end : end + 1] == "0":
                    end += 1
            digits = pattern[position:end]
            target = suffix
            position = end
            continue
        if target is suffix and character in "0#,.":
            raise ValueError(f"Unquoted special character '{character}' in pattern {pattern!r}")
        target.append("\u00a4" if character == "\u00a4" else character)
        position += 1
    return "".join(prefix), digits, "".join(suffix), position


def _quoted(pattern: str, position: int) -> tuple[str, int]:
    if pattern[position + 1 : position + 2] == "'":
        return "'", position + 2
    end = pattern.find("'", position + 1)
    return (pattern[position + 1 :], len(pattern)) if end < 0 else (pattern[position + 1 : end], end + 1)


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
        value = _Value(decimal.Decimal(str(magnitude)), decimal.Decimal(magnitude))
        digits = _scientific(pattern, value) if pattern.exponent else _plain(pattern, value)
    if negative:
        return f"{pattern.negative_prefix}{digits}{pattern.negative_suffix}"
    return f"{pattern.prefix}{digits}{pattern.suffix}"


@dataclass(frozen=True, slots=True)
class _Value:
    """A number by its shortest decimal digits, which are what is shown, and exactly, which decides rounding."""

    shortest: decimal.Decimal
    exact: decimal.Decimal

    def scaled(self, power: int) -> _Value:
        return _Value(self.shortest.scaleb(power, _EXACT), self.exact.scaleb(power, _EXACT))

    def rounded(self, places: int) -> str:
        digits = int(self.shortest.as_tuple().exponent)
        chosen = self.shortest if -digits <= places else self.exact
        return f"{chosen.quantize(decimal.Decimal(1).scaleb(-places), context=_EXACT):f}"


def _fraction(digits: str, least: int) -> str:
    while len(digits) > least and digits.endswith("0"):
        digits = digits[:-1]
    return f".{digits}" if digits else ""


def _plain(pattern: NumberPattern, value: _Value) -> str:
    whole, _, fraction = value.rounded(pattern.most_fraction).partition(".")
    whole = whole.lstrip("0").rjust(pattern.least_whole, "0")
    if pattern.group:
        whole = _grouped(whole, pattern.group)
    tail = _fraction(fraction, pattern.least_fraction) or ("." if pattern.decimal_point else "")
    return f"{whole}{tail}" if whole or tail else "0"


def _grouped(whole: str, size: int) -> str:
    head = len(whole) % size
    parts = [whole[:head]] if head else []
    return ",".join(parts + [whole[index : index + size] for index in range(head, len(whole), size)])


def _scientific(pattern: NumberPattern, value: _Value) -> str:
    """With an exponent; where the pattern has more ``#`` than ``0`` before the point, exponents go by that number."""
    most, least = max(pattern.most_whole, 1), max(pattern.least_whole, 1)
    step = most if most > least and most > 1 else 1
    shown = 1 if step > 1 else least
    exponent = value.shortest.adjusted() - (shown - 1) if value.shortest else 0
    if step > 1:
        exponent = exponent // step * step
    digits = value.scaled(-exponent).rounded(pattern.most_fraction)
    if len(digits.partition(".")[0]) > max(shown, step):
        exponent += step
        digits = value.scaled(-exponent).rounded(pattern.most_fraction)
    whole, _, fraction = digits.partition(".")
    sign = "-" if exponent < 0 else ""
    power = f"{sign}{abs(exponent):0{pattern.exponent}d}"
    return f"{whole.rjust(least, '0')}{_fraction(fraction, pattern.least_fraction)}E{power}"
