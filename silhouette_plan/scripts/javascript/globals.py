"""What stands in JavaScript from the start: functions, ``Math``, ``JSON``, ``Date``, and what ``new`` makes."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from urllib.parse import quote, unquote

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import HostObject
from silhouette_plan.scripts.javascript.methods import DIGITS, regex_value, whole
from silhouette_plan.scripts.javascript.values import UNDEFINED, number, text, truth
from silhouette_plan.values.user import User


def construct(name: str, arguments: list[object]) -> object:
    """``new name(arguments)``."""
    match name, arguments:
        case "Date", []:
            return _date(time.time() * 1000)
        case "Date", [float() as ms]:
            return _date(ms)
        case "String", [*value]:
            return text(value[0]) if value else ""
        case "Number", [*value]:
            return number(value[0]) if value else 0.0
        case "Object", []:
            return {}
        case "Array", _:
            return array(*arguments)
        case "RegExp", [str() as pattern, *flags]:
            return regex_value(pattern, text(flags[0]) if flags else "")
        case _:
            raise Unsupported(f"new {name}")


def _date(ms: float) -> HostObject:
    return HostObject("Date", {"getTime": lambda: float(int(ms)), "valueOf": lambda: float(int(ms))})


def array(*items: object) -> list[object]:
    """``Array(length)`` or ``Array(a, b)``."""
    if len(items) == 1 and isinstance(items[0], float):
        return [UNDEFINED] * min(whole(items[0]), 1_000_000)
    return list(items)


def _parse_int(value: object = UNDEFINED, radix: object = UNDEFINED) -> float:
    found = text(value).strip().lower()
    sign = -1.0 if found.startswith("-") else 1.0
    found = found.lstrip("+-")
    base = whole(radix)
    if base in (0, 16) and found.startswith("0x"):
        base, found = 16, found[2:]
    elif base == 0:
        octal = len(found) > 1 and found[0] == "0" and found[1].isdecimal()
        base, found = (8, found[1:]) if octal else (10, found)
    count = next((place for place, digit in enumerate(found) if digit not in DIGITS[:base]), len(found))
    return sign * int(found[:count], base) if count else math.nan


_LEADING_NUMBER = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)", re.ASCII)


def _parse_float(value: object = UNDEFINED) -> float:
    match = _LEADING_NUMBER.match(text(value).strip())
    return number(match[0]) if match else math.nan


def _round(value: object) -> float:
    found = number(value)
    return found if math.isnan(found) or math.isinf(found) else float(math.floor(found + 0.5))


def _numbers(compute: Callable[..., float]) -> Callable[..., object]:
    def apply(*arguments: object) -> object:
        try:
            return float(compute(*map(number, arguments)))
        except (ValueError, OverflowError, TypeError):
            return math.nan

    return apply


_MATH: dict[str, Callable[..., object]] = {
    "abs": _numbers(abs), "ceil": _numbers(math.ceil), "floor": _numbers(math.floor), "round": _round,
    "pow": _numbers(pow), "sqrt": _numbers(math.sqrt), "log": _numbers(math.log), "exp": _numbers(math.exp),
    "max": _numbers(lambda *values: max(values, default=-math.inf)),
    "min": _numbers(lambda *values: min(values, default=math.inf)),
}  # fmt: skip
_CONSTANTS: dict[str, object] = {"PI": math.pi, "E": math.e}


def _math(user: User) -> HostObject:
    return HostObject(
        "Math", {**_MATH, "random": lambda: user.random.random()}, lambda name: _CONSTANTS.get(name, UNDEFINED)
    )


def _json_parse(source: object) -> object:
    try:
        return json.loads(text(source), parse_int=float)
    except (ValueError, RecursionError) as error:
        raise ScriptFault(f"JSON.parse: {error}") from None


def _json_text(value: object) -> object:
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)


def _plain(value: object) -> object:
    match value:
        case float():
            return int(value) if value == int(value) else value
        case dict():
            return {key: _plain(item) for key, item in value.items() if item is not UNDEFINED}
        case list():
            return [_plain(item) for item in value]
        case Undefined_ if Undefined_ is UNDEFINED:
            return None
        case str() | bool() | None:
            return value
        case _:
            raise Unsupported("JSON.stringify of such a value")


def _refused(name: str) -> Callable[[User], object]:
    def refuse(user: User) -> object:
        raise Unsupported(f"`{name}`")

    return refuse


_ESCAPED = re.compile(r"[^A-Za-z0-9@*_+\-./]")
_ESCAPE = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))")


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"%{code:02X}" if code < 0x100 else f"%u{code:04X}"


def _decoded(escaped: str) -> str:
    if _BROKEN.search(escaped):
        raise ScriptFault("malformed URI sequence")
    try:
        return unquote(escaped, errors="strict")
    except UnicodeDecodeError:
        raise ScriptFault("malformed URI sequence") from None


_BROKEN = re.compile(r"%(?![0-9a-fA-F]{2})")

NAMES: dict[str, Callable[[User], object]] = {
    "undefined": lambda user: UNDEFINED,
    "NaN": lambda user: math.nan,
    "Infinity": lambda user: math.inf,
    "Math": _math,
    "JSON": lambda user: HostObject("JSON", {"parse": _json_parse, "stringify": _json_text}),
    "Date": lambda user: HostObject("Date", {"now": lambda: float(int(time.time() * 1000))}),
    **{
        name: _refused(name)
        for name in ("java", "javax", "Packages", "org", "com", "eval", "Function", "JavaImporter", "importPackage",
                     "importClass", "load", "print", "this", "Object", "RegExp", "Symbol", "Promise", "arguments")
    },
}  # fmt: skip
"""What every script sees."""

FUNCTIONS: dict[str, Callable[..., object]] = {
    "parseInt": _parse_int,
    "parseFloat": _parse_float,
    "Number": lambda value=0.0: number(value),
    "String": lambda value="": text(value),
    "Boolean": lambda value=False: truth(value),
    "isNaN": lambda value=UNDEFINED: math.isnan(number(value)),
    "isFinite": lambda value=UNDEFINED: math.isfinite(number(value)),
    "Array": array,
    "encodeURIComponent": lambda value=UNDEFINED: quote(text(value), safe="-_.!~*'()"),
    "encodeURI": lambda value=UNDEFINED: quote(text(value), safe="-_.!~*'();/?:@&=+$,#"),
    "decodeURIComponent": lambda value=UNDEFINED: _decoded(text(value)),
    "escape": lambda value=UNDEFINED: _ESCAPED.sub(_escape, text(value)),
    "unescape": lambda value=UNDEFINED: _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text(value)),
}
"""Global functions."""
