"""JavaScript's values: numbers are ``float``, ``null`` is None, arrays are lists, objects are dicts.

A text that comes from JMeter is a Java string (``JavaText``): it has Java's methods, not JavaScript's, as in Rhino.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from silhouette_plan.scripts.compiler import Closure
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import HostObject


class Undefined:
    """The value ``undefined``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED = Undefined()
"""The only one."""


class JavaText(str):
    """A ``java.lang.String`` handed to a script."""

    __slots__ = ()


_DECIMAL = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)", re.ASCII)
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]+", re.ASCII)


def from_host(value: object) -> object:
    """A value of JMeter's as JavaScript sees it."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    return JavaText(value) if isinstance(value, str) else value


_EXACT = 2.0**53
"""Below this every whole number has digits of its own."""


def number_text(number: float) -> str:
    """A number as JavaScript writes it: ``3``, ``0.1``, ``1e+21``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _EXACT:
        return str(int(number))
    sign, digits, power = Decimal(repr(number)).normalize().as_tuple()
    shown = "".join(map(str, digits))
    exponent = len(shown) + int(power) - 1
    if -7 < exponent < 21:
        plain = f"{Decimal(repr(abs(number))).normalize():f}"
    else:
        fraction = f".{shown[1:]}" if len(shown) > 1 else ""
        plain = f"{shown[0]}{fraction}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
    return f"-{plain}" if sign else plain


def text(value: object) -> str:
    """``String(value)``. Raises ``Unsupported`` for functions and JMeter's objects."""
    match value:
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case float():
            return number_text(value)
        case Undefined():
            return "undefined"
        case list():
            return ",".join(["" if item is None or item is UNDEFINED else text(item) for item in value])
        case dict():
            return "[object Object]"
        case _:
            raise Unsupported(f"the text of {kind(value)}")


def kind(value: object) -> str:
    """``typeof value``."""
    match value:
        case bool():
            return "boolean"
        case float():
            return "number"
        case JavaText():
            return "object"
        case str():
            return "string"
        case Undefined():
            return "undefined"
        case Closure():
            return "function"
        case _:
            return "function" if callable(value) else "object"


def number(value: object) -> float:
    """``Number(value)``."""
    match value:
        case bool():
            return float(value)
        case float():
            return value
        case None:
            return 0.0
        case str():
            return _text_number(value.strip())
        case list():
            return _text_number(text(value).strip())
        case _:
            return math.nan


def _text_number(stripped: str) -> float:
    if not stripped:
        return 0.0
    if _HEXADECIMAL.fullmatch(stripped):
        return float(int(stripped, 16))
    if _DECIMAL.fullmatch(stripped):
        return float(stripped.replace("Infinity", "inf"))
    return math.nan


def truth(value: object) -> bool:
    """``Boolean(value)``."""
    if isinstance(value, (bool, str)):
        return bool(value)
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return value is not None and value is not UNDEFINED


def int32(value: object) -> int:
    """The 32 bits that bit operators see."""
    found = number(value)
    if math.isnan(found) or math.isinf(found):
        return 0
    return (int(found) + 0x8000_0000 & 0xFFFF_FFFF) - 0x8000_0000


def primitive(value: object) -> object:
    """An object as the text it turns into for operators; anything else as it is."""
    if isinstance(value, (list, dict)):
        return text(value)
    if isinstance(value, (HostObject, Closure)):
        raise Unsupported(f"{kind(value)} as an operand")
    return value


def required(value: object, name: str) -> None:
    """Raises ``ScriptFault`` where ``value`` has no members at all."""
    if value is None or value is UNDEFINED:
        raise ScriptFault(f"cannot read {name!r} of {text(value)}")
