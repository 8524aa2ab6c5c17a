"""JavaScript's operators (ECMA-262, sections on expressions)."""

from __future__ import annotations

import math
from collections.abc import Callable

from silhouette_plan.scripts.compiler import checked_text
from silhouette_plan.scripts.faults import Unsupported
from silhouette_plan.scripts.javascript.values import UNDEFINED, JavaText, int32, kind, number, primitive, text, truth


def add(left: object, right: object) -> object:
    """``+``: text on either side joins."""
    a, b = primitive(left), primitive(right)
    if isinstance(a, str) or isinstance(b, str):
        return checked_text(text(a) + text(b))
    return number(a) + number(b)


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[[object, object], object]:
    def apply(left: object, right: object) -> object:
        try:
            return compute(number(primitive(left)), number(primitive(right)))
        except (OverflowError, ValueError):
            return math.nan

    return apply


def _divide(a: float, b: float) -> float:
    if b:
        return a / b
    if not a or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1, b)


def _remainder(a: float, b: float) -> float:
    return math.fmod(a, b) if b else math.nan


_PLAIN = frozenset((float, str))
"""Kinds that compare as they stand when both sides are of them (NaN included)."""


def strictly_equal(left: object, right: object) -> bool:
    """``===``; a Java string is no text of JavaScript's."""
    if isinstance(left, str) and isinstance(right, str):
        if isinstance(left, JavaText) is not isinstance(right, JavaText):
            return False
        return str(left) == str(right)
    if kind(left) != kind(right):
        return False
    if isinstance(left, (float, bool)):
        return left == right
    return left is right


def equal(left: object, right: object) -> bool:
    """``==``."""
    if left.__class__ is right.__class__ and left.__class__ in _PLAIN:
        return left == right
    nothing = (None, UNDEFINED)
    if any(left is value for value in nothing) or any(right is value for value in nothing):
        return any(left is value for value in nothing) and any(right is value for value in nothing)
    if isinstance(left, (list, dict)) and isinstance(right, (list, dict)):
        return left is right
    a, b = primitive(left), primitive(right)
    if isinstance(a, str) and isinstance(b, str):
        return str(a) == str(b)
    return number(a) == number(b)


def _compare(test: Callable[[object, object], bool]) -> Callable[[object, object], object]:
    """A comparison: of two texts by characters, else of numbers; false where one is no number."""

    def apply(left: object, right: object) -> object:
        if left.__class__ is right.__class__ and left.__class__ in _PLAIN:
            return test(left, right)
        a, b = primitive(left), primitive(right)
        if isinstance(a, str) and isinstance(b, str):
            return test(str(a), str(b))
        x, y = number(a), number(b)
        return not (math.isnan(x) or math.isnan(y)) and test(x, y)

    return apply


def _bits(compute: Callable[[int, int], int]) -> Callable[[object, object], object]:
    return lambda left, right: float(int32(float(compute(int32(left), int32(right)))))


def _unsigned_shift(left: object, right: object) -> object:
    return float((int32(left) & 0xFFFF_FFFF) >> (int32(right) & 31))


def _contains(left: object, right: object) -> object:
    if isinstance(right, dict):
        return text(left) in right
    if isinstance(right, list):
        return 0 <= number(left) < len(right)
    raise Unsupported("`in`")


def _instance(left: object, right: object) -> object:
    raise Unsupported("`instanceof`")


OPERATE: dict[str, Callable[[object, object], object]] = {
    "+": add,
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "/": _arithmetic(_divide),
    "%": _arithmetic(_remainder),
    "==": equal,
    "!=": lambda a, b: not equal(a, b),
    "===": strictly_equal,
    "!==": lambda a, b: not strictly_equal(a, b),
    "<": _compare(lambda a, b: a < b),  # type: ignore[operator]
    "<=": _compare(lambda a, b: a <= b),  # type: ignore[operator]
    ">": _compare(lambda a, b: a > b),  # type: ignore[operator]
    ">=": _compare(lambda a, b: a >= b),  # type: ignore[operator]
    "&": _bits(lambda a, b: a & b),
    "|": _bits(lambda a, b: a | b),
    "^": _bits(lambda a, b: a ^ b),
    "<<": _bits(lambda a, b: a << (b & 31)),
    ">>": _bits(lambda a, b: a >> (b & 31)),
    ">>>": _unsigned_shift,
    "in": _contains,
    "instanceof": _instance,
}

PREFIX: dict[str, Callable[[object], object]] = {
    "!": lambda value: not truth(value),
    "-": lambda value: -number(primitive(value)),
    "+": lambda value: number(primitive(value)),
    "~": lambda value: float(~int32(value)),
    "typeof": kind,
    "void": lambda value: UNDEFINED,
}
