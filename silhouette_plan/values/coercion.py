"""How values of the language's expressions turn into one another.

A value is a number, text, truth value, list, dict (JSON), ``NULL`` (JSON null) or None, which means *unset*. Text that
reads as a number is one wherever a number is met, because variables hold text; unset reads as "" where text is met. A
number shows without a point where it is whole.
"""

from __future__ import annotations

import json
import math
import re

from silhouette_plan.values.template import ValueFault


class Null:
    """JSON null."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "null"


NULL = Null()
"""The only one."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)


def number_of(value: object) -> int | float | None:
    """A value as a number, None where it reads as none. Truth values do not."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str) and len(value) < 400 and _NUMBER.fullmatch(value):
        try:
            return int(value)
        except ValueError:
            return float(value)
    return None


def text_of(value: object) -> str:
    """A value as text: unset and null as "", truth values ``true`` and ``false``, lists and objects as JSON."""
    match value:
        case str():
            return value
        case None | Null():
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_inside)
        case _:
            return str(value)


def _inside(value: object) -> object:
    return None if isinstance(value, Null) else str(value)


def is_true(value: object) -> bool:
    """A value as a condition: unset, "", null, 0 and ``false`` (text in any case too) are false, all else is true."""
    match value:
        case bool():
            return value
        case str():
            return value != "" and value.lower() != "false"
        case None | Null():
            return False
        case int() | float():
            return value != 0 and not math.isnan(value)
        case _:
            return True


def observation(kind: str, value: object) -> float | None:
    """``value`` as an observation of a metric: of what is true for a rate, else of a number; None where it is unset or none."""
    if value is None or value is NULL:
        return None
    number = int(is_true(value)) if kind == "rate" or isinstance(value, bool) else number_of(value)
    return None if number is None else float(number)


def equal(left: object, right: object) -> bool:
    """``==``: as numbers where both read as numbers, lists and objects by content, else as text."""
    if left.__class__ is str and right.__class__ is str and left == right:
        return True
    a, b = number_of(left), number_of(right)
    if a is not None and b is not None:
        return a == b
    if isinstance(left, (list, dict)) and isinstance(right, (list, dict)):
        return left == right
    return text_of(left) == text_of(right)


def compare(left: object, right: object) -> int | None:
    """Below 0, 0 or above 0: as numbers where both read as numbers, else as text by code points; None where one is unset."""
    if left is None or right is None or left is NULL or right is NULL:
        return None
    a, b = number_of(left), number_of(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    c, d = text_of(left), text_of(right)
    return (c > d) - (c < d)


def add(left: object, right: object) -> object:
    """``+``: a sum of what reads as numbers, else one text after the other; unset where one is."""
    a, b = number_of(left), number_of(right)
    if a is not None and b is not None:
        return a + b
    return None if left is None or right is None else text_of(left) + text_of(right)


def arithmetic(operator: str, left: object, right: object) -> object:
    """``- * / %``. Unset where an operand is, or the divisor is 0; ``/`` gives a whole number where it can; ``%`` has the
    sign of its left side. Raises ``ValueFault`` for a value that is no number."""
    if left is None or right is None:
        return None
    a, b = _required(left, operator), _required(right, operator)
    match operator:
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return _divided(a, b)
        case _:
            return None if b == 0 else _remainder(a, b)


def _required(value: object, operator: str) -> int | float:
    number = number_of(value)
    if number is None:
        raise ValueFault(f"`{text_of(value)[:40]}` is no number in `{operator}`")
    return number


def _divided(a: int | float, b: int | float) -> object:
    if b == 0:
        return None
    if isinstance(a, int) and isinstance(b, int) and a % b == 0:
        return a // b
    return a / b


def _remainder(a: int | float, b: int | float) -> object:
    if isinstance(a, int) and isinstance(b, int):
        return abs(a) % abs(b) * (-1 if a < 0 else 1)
    return math.fmod(a, b)


def contains(left: object, right: object) -> object:
    """``contains``: the text in the text, or the member in the list; unset where the left side is."""
    if left is None:
        return None
    if isinstance(left, list):
        return any(equal(item, right) for item in left)
    return text_of(right) in text_of(left)


def is_kind(value: object, kind: str, of_variable: bool) -> bool:
    """``is``. A variable holds text: it is set unless "", and a number or truth value where its text reads as one."""
    match kind:
        case "set":
            return value is not None and value is not NULL and not (of_variable and value == "")
        case "null":
            return value is NULL
        case "number":
            return number_of(value) is not None if of_variable else _is_number(value)
        case "boolean":
            return isinstance(value, bool) or (of_variable and value in ("true", "false"))
        case "text":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case _:
            return value is None or value is NULL or value == "" or value == [] or value == {}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
