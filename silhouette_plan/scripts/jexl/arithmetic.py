"""JEXL's arithmetic (``org.apache.commons.jexl3.JexlArithmetic``, strict, 3.2.1 as JMeter 5.5 and 5.6 have it).

Numbers are ``int`` (int, long and BigInteger alike), ``float`` and ``Decimal``; text is ``str``, a char ``Character``.
A null operand is an error, except of ``==`` and of comparisons, which it makes false.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import TypeVar

from silhouette_plan.scripts.compiler import checked_text
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import HostObject
from silhouette_plan.scripts.java_text import Character
from silhouette_plan.values.java.numbers import parse_double, parse_long
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.java.regex import compile_java_regex
from silhouette_plan.values.java.strings import text_of

Number = int | float | Decimal
N = TypeVar("N", int, float)


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, Character)) and not isinstance(value, bool)


def _looks_fractional(value: object) -> bool:
    return isinstance(value, float) or (
        isinstance(value, str) and not isinstance(value, Character) and any(mark in value for mark in ".eE")
    )


def to_long(value: object) -> int:
    """A whole number; text must be one, "" is 0."""
    match value:
        case bool():
            return int(value)
        case int():
            return value
        case float():
            return 0 if math.isnan(value) else int(value)
        case Decimal():
            return int(value)
        case Character():
            return ord(value)
        case str():
            return _parsed(parse_long, value) if value else 0
        case _:
            raise ScriptFault(f"{_kind(value)} is no number")


def to_double(value: object) -> float:
    """A fraction; text must be a number, "" is NaN."""
    match value:
        case bool() | int() | float() | Decimal():
            return float(value)
        case Character():
            return float(ord(value))
        case str():
            return _parsed(parse_double, value) if value else math.nan
        case _:
            raise ScriptFault(f"{_kind(value)} is no number")


def _parsed(parse: Callable[[str], N], text: str) -> N:
    try:
        return parse(text)
    except ValueError as error:
        raise ScriptFault(str(error)) from None


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__


def _required(left: object, right: object) -> None:
    if left is None or right is None:
        raise ScriptFault("an operand is null")


def _numbers(left: object, right: object) -> tuple[Number, Number]:
    """Both operands of arithmetic as numbers of one kind."""
    _required(left, right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return Decimal(str(to_double(left))), Decimal(str(to_double(right)))
    if _looks_fractional(left) or _looks_fractional(right):
        return to_double(left), to_double(right)
    return to_long(left), to_long(right)


def add(left: object, right: object) -> object:
    """``+``: text on either side joins."""
    _required(left, right)
    if (isinstance(left, str) and not isinstance(left, Character)) or (
        isinstance(right, str) and not isinstance(right, Character)
    ):
        return checked_text(text(left) + text(right))
    a, b = _numbers(left, right)
    return a + b  # type: ignore[operator]


def subtract(left: object, right: object) -> object:
    """``-``."""
    a, b = _numbers(left, right)
    return a - b  # type: ignore[operator]


def multiply(left: object, right: object) -> object:
    """``*``."""
    a, b = _numbers(left, right)
    return a * b  # type: ignore[operator]


def divide(left: object, right: object) -> object:
    """``/``: whole numbers give a whole number, cut toward zero."""
    a, b = _numbers(left, right)
    if b == 0:
        raise ScriptFault("/ by zero")
    if isinstance(a, int) and isinstance(b, int):
        quotient = abs(a) // abs(b)
        return quotient if (a < 0) == (b < 0) else -quotient
    try:
        return a / b  # type: ignore[operator]
    except (DivisionByZero, InvalidOperation, OverflowError) as error:
        raise ScriptFault(str(error)) from None


def remainder(left: object, right: object) -> object:
    """``%``: the sign is that of the left side."""
    a, b = _numbers(left, right)
    if b == 0:
        raise ScriptFault("% by zero")
    if isinstance(a, int) and isinstance(b, int):
        return int(math.copysign(1, a)) * (abs(a) % abs(b))
    return math.fmod(a, b)


def negate(value: object) -> object:
    """Unary ``-``."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return -value
    if isinstance(value, bool):
        return not value
    raise ScriptFault("an operand is no number")


def positive(value: object) -> object:
    """Unary ``+``."""
    return value if not isinstance(value, str) else negate(negate(value))


def truth(value: object) -> bool:
    """A condition: text is true unless empty or ``false``; null is an error."""
    if value is True or value is False:
        return value
    if value is None:
        raise ScriptFault("a condition is null")
    if isinstance(value, str):
        return value != "" and value.lower() != "false"
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return value != 0 if isinstance(value, (int, Decimal)) else True


def choice(value: object) -> bool:
    """The condition of ``?:``, where null is false."""
    return value is not None and truth(value)


def _compared(left: object, right: object, equality: bool) -> int:
    if isinstance(left, float) or isinstance(right, float) or isinstance(left, Decimal) or isinstance(right, Decimal):
        a, b = to_double(left), to_double(right)
        if math.isnan(a) or math.isnan(b):
            return math.isnan(b) - math.isnan(a)
        return (a > b) - (a < b)
    if _is_whole(left) or _is_whole(right):
        c, d = to_long(left), to_long(right)
        return (c > d) - (c < d)
    if isinstance(left, str) or isinstance(right, str):
        e, f = text(left), text(right)
        return (e > f) - (e < f)
    if equality:
        return 0 if left is right or (isinstance(left, (set, dict)) and left == right) else -1
    if isinstance(left, bool) and isinstance(right, bool):
        return left - right
    raise ScriptFault(f"{_kind(left)} and {_kind(right)} cannot be compared")


_PLAIN = frozenset((int, str))
"""Kinds that compare as they stand when both sides are of them."""


def equals(left: object, right: object) -> bool:
    """``==``."""
    if left is right:
        return True
    if left.__class__ is right.__class__ and left.__class__ in _PLAIN:
        return left == right
    if left is None or right is None:
        return False
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    return _compared(left, right, equality=True) == 0


def less(left: object, right: object) -> bool:
    """``<``."""
    if left.__class__ is right.__class__ and left.__class__ in _PLAIN:
        return left < right  # type: ignore[operator, no-any-return]
    return left is not None and right is not None and _compared(left, right, equality=False) < 0


def less_or_equal(left: object, right: object) -> bool:
    """``<=``."""
    return left is not None and right is not None and _compared(left, right, equality=False) <= 0


def strictly_equals(left: object, right: object) -> bool:
    """``===`` (3.3): of one kind and equal."""
    return type(left) is type(right) and left == right


def matches(left: object, right: object) -> bool:
    """``=~``: text matches a whole pattern; anything else is a member."""
    if left is None or right is None:
        return left is right
    if isinstance(right, str):
        try:
            return compile_java_regex(right).fullmatch(text(left)) is not None
        except (PatternFault, MatchTooLong) as error:
            raise ScriptFault(str(error)) from None
    if isinstance(right, (list, set, dict, range)):
        return any(type(left) is type(item) and left == item for item in right)
    return equals(left, right)


def starts_with(left: object, right: object) -> bool:
    """``=^``."""
    if left is None or right is None:
        return left is right
    return text(left).startswith(text(right))


def ends_with(left: object, right: object) -> bool:
    """``=$``."""
    if left is None or right is None:
        return left is right
    return text(left).endswith(text(right))


def span(left: object, right: object) -> range:
    """``a..b``: both ends, up or down."""
    low, high = to_long(left), to_long(right)
    return range(low, high + 1) if low <= high else range(low, high - 1, -1)


def empty(value: object) -> bool:
    """``empty``: null, "", 0, or nothing in it."""
    if value is None:
        return True
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value == 0 or value != value
    return len(value) == 0 if isinstance(value, (str, list, set, dict, range)) else False


def size(value: object) -> int:
    """``size``: of text or what holds things; 0 of anything else."""
    return len(value) if isinstance(value, (str, list, set, dict, range)) else 0


def text(value: object) -> str:
    """A value as text, as JMeter shows a script's result; null is "". ``Unsupported`` for arrays, whose text is an address."""
    match value:
        case None:
            return ""
        case bool() | str() | int() | float() | Decimal():
            return text_of(value)
        case dict():
            return "{" + ", ".join(f"{_inside(key)}={_inside(item)}" for key, item in value.items()) + "}"
        case set():
            return "[" + ", ".join(map(_inside, value)) + "]"
        case _:
            kind = (
                value.kind
                if isinstance(value, HostObject)
                else "an array"
                if isinstance(value, list)
                else type(value).__name__
            )
            raise Unsupported(f"the text of {kind}")


def _inside(value: object) -> str:
    return "null" if value is None else text(value)
