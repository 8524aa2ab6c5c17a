"""What JavaScript's values have: methods of text, arrays and numbers, and what stands there from the start."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import HostObject
from silhouette_plan.scripts.java_text import call_text
from silhouette_plan.scripts.javascript.operators import strictly_equal
from silhouette_plan.scripts.javascript.values import (
    UNDEFINED,
    JavaText,
    from_host,
    number,
    number_text,
    required,
    text,
)
from silhouette_plan.values.java.regex import MatchTooLong, Pattern, PatternFault, compile_java_regex
from silhouette_plan.values.user import User


class RegexValue:
    """``/pattern/flags``."""

    __slots__ = ("everywhere", "pattern")

    def __init__(self, pattern: Pattern, everywhere: bool) -> None:
        self.pattern = pattern
        self.everywhere = everywhere


def regex_value(pattern: str, flags: str) -> RegexValue:
    """A literal. Raises ``ScriptFault`` for a bad pattern, ``Unsupported`` for flags beyond ``gim``."""
    if set(flags) - set("gim"):
        raise Unsupported(f"the flags {flags!r} of a regular expression")
    try:
        compiled = compile_java_regex(f"(?m){pattern}" if "m" in flags else pattern, ignore_case="i" in flags)
    except PatternFault as error:
        raise ScriptFault(str(error)) from None
    return RegexValue(compiled, "g" in flags)


def _whole(value: object, default: int = 0) -> int:
    """An argument as a position."""
    found = number(value) if value is not UNDEFINED else float(default)
    return 0 if math.isnan(found) else int(max(min(found, 2.0**31), -(2.0**31)))


def _slice(held: str, begin: object = 0.0, end: object = UNDEFINED) -> str:
    return held[slice(_whole(begin), None if end is UNDEFINED else _whole(end))]


def _substring(held: str, begin: object = 0.0, end: object = UNDEFINED) -> str:
    low, high = (max(0, min(_whole(bound, len(held)), len(held))) for bound in (begin, end))
    return held[min(low, high) : max(low, high)]


def _substr(held: str, begin: object = 0.0, length: object = UNDEFINED) -> str:
    start = _whole(begin)
    start = max(len(held) + start, 0) if start < 0 else start
    return held[start : start + max(_whole(length, len(held)), 0)]


def _match(held: str, pattern: object) -> object:
    found = pattern if isinstance(pattern, RegexValue) else regex_value(text(pattern), "")
    if found.everywhere:
        return [match[0] for match in found.pattern.find_all(held)] or None
    match = found.pattern.search(held)
    return None if match is None else [UNDEFINED if group is None else group for group in (match[0], *match.groups())]


_REPLACEMENT = re.compile(r"\$(\$|&|[0-9]{1,2})")


def _replace(held: str, pattern: object, replacement: object) -> str:
    if not isinstance(replacement, str):
        replacement = text(replacement)
    new: str = replacement
    if not isinstance(pattern, RegexValue):
        return held.replace(text(pattern), new.replace("$$", "$"), 1)

    def build(match: re.Match[str]) -> str:
        def part(reference: re.Match[str]) -> str:
            sign = reference[1]
            if sign == "$":
                return "$"
            group = 0 if sign == "&" else int(sign)
            return (match[group] or "") if group <= match.re.groups else reference[0]

        return _REPLACEMENT.sub(part, new)

    return pattern.pattern.replace(held, build, 0 if pattern.everywhere else 1)  # type: ignore[arg-type]


def _split(held: str, separator: object = UNDEFINED, limit: object = UNDEFINED) -> list[object]:
    if separator is UNDEFINED:
        parts = [held]
    elif isinstance(separator, RegexValue):
        parts, begin = [], 0
        for match in separator.pattern.find_all(held):
            parts.append(held[begin : match.start()])
            begin = match.end()
        parts.append(held[begin:])
    else:
        mark = text(separator)
        parts = held.split(mark) if mark else list(held)
    return list(parts if limit is UNDEFINED else parts[: _whole(limit)])


def _search(held: str, pattern: object) -> float:
    found = pattern if isinstance(pattern, RegexValue) else regex_value(text(pattern), "")
    match = found.pattern.search(held)
    return -1.0 if match is None else float(match.start())


def _code(held: str, index: object = 0.0) -> float:
    position = _whole(index)
    return float(ord(held[position])) if 0 <= position < len(held) else math.nan


def _at(held: str, index: object = 0.0) -> str:
    position = _whole(index)
    return held[position] if 0 <= position < len(held) else ""


TEXT: dict[str, Callable[..., object]] = {
    "charAt": _at,
    "charCodeAt": _code,
    "concat": lambda held, *others: held + "".join(map(text, others)),
    "endsWith": lambda held, part: held.endswith(text(part)),
    "equals": lambda held, other: isinstance(other, str) and held == str(other),
    "equalsIgnoreCase": lambda held, other: held.lower() == text(other).lower(),
    "includes": lambda held, part, start=0.0: held.find(text(part), _whole(start)) >= 0,
    "indexOf": lambda held, part, start=0.0: float(held.find(text(part), max(_whole(start), 0))),
    "lastIndexOf": lambda held, part: float(held.rfind(text(part))),
    "localeCompare": lambda held, other: float((held > text(other)) - (held < text(other))),
    "match": _match,
    "repeat": lambda held, count: held * max(0, min(_whole(count), 1_000_000 // max(len(held), 1))),
    "replace": _replace,
    "search": _search,
    "slice": _slice,
    "split": _split,
    "startsWith": lambda held, part, start=0.0: held.startswith(text(part), _whole(start)),
    "substr": _substr,
    "substring": _substring,
    "toLowerCase": lambda held: held.lower(),
    "toString": lambda held: held,
    "toUpperCase": lambda held: held.upper(),
    "trim": lambda held: held.strip(),
    "valueOf": lambda held: held,
}


def _found(held: list[object], item: object) -> float:
    return float(next((index for index, one in enumerate(held) if strictly_equal(one, item)), -1))


def _push(held: list[object], *items: object) -> float:
    held.extend(items)
    return float(len(held))


LIST: dict[str, Callable[..., object]] = {
    "concat": lambda held, *others: (
        held + [item for other in others for item in (other if isinstance(other, list) else [other])]
    ),
    "includes": lambda held, item: _found(held, item) >= 0,
    "indexOf": _found,
    "join": lambda held, mark=",": text(mark).join(
        ["" if item is None or item is UNDEFINED else text(item) for item in held]
    ),
    "pop": lambda held: held.pop() if held else UNDEFINED,
    "push": _push,
    "reverse": lambda held: held.reverse() or held,
    "slice": lambda held, begin=0.0, end=UNDEFINED: held[
        slice(_whole(begin), None if end is UNDEFINED else _whole(end))
    ],
    "toString": text,
}


def _to_fixed(value: float, digits: object = 0.0) -> str:
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-_whole(digits)), rounding=ROUND_HALF_UP):f}"


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _to_text(value: float, radix: object = 10.0) -> str:
    base = _whole(radix)
    if base == 10:
        return number_text(value)
    if value != int(value) or not 2 <= base <= 36:
        raise Unsupported("toString of a fraction with a radix")
    rest, out = abs(int(value)), ""
    while rest or not out:
        rest, digit = divmod(rest, base)
        out = _DIGITS[digit] + out
    return f"-{out}" if value < 0 else out


NUMBER: dict[str, Callable[..., object]] = {"toFixed": _to_fixed, "toString": _to_text, "valueOf": lambda value: value}
REGEX: dict[str, Callable[..., object]] = {
    "test": lambda pattern, held: pattern.pattern.search(text(held)) is not None,
    "exec": lambda pattern, held: _match(text(held), RegexValue(pattern.pattern, False)),
}

_VOID = {"vars": {"put", "putObject"}, "log": {"trace", "debug", "info", "warn", "error"}}
"""Methods of Java that return nothing."""


def call_method(target: object, name: str, arguments: list[object]) -> object:
    """A method call. ``ScriptFault`` where JavaScript fails too, ``Unsupported`` for what is not in the tables."""
    required(target, name)
    if isinstance(target, HostObject):
        value = target.call(name, arguments)
        return UNDEFINED if name in _VOID.get(target.kind, ()) else from_host(value)
    if isinstance(target, JavaText):
        positions = [int(value) if isinstance(value, float) else value for value in arguments]
        return from_host(call_text(str(target), name, positions))
    if isinstance(target, dict) and callable(function := target.get(name)):
        return function(*arguments)
    table = _table(target)
    method = table.get(name)
    if method is None:
        if table is TEXT and name not in _LATER_TEXT:
            raise ScriptFault(f"{name} is no function of a text")
        raise Unsupported(f"{name}()")
    try:
        return method(target, *arguments)
    except (TypeError, ArithmeticError) as error:
        raise ScriptFault(f"{name}: {error}") from None
    except MatchTooLong as error:
        raise Unsupported(str(error)) from None


_LATER_TEXT = frozenset(
    ("normalize", "padEnd", "padStart", "matchAll", "replaceAll", "codePointAt", "trimStart", "trimEnd")
)


def _table(target: object) -> dict[str, Callable[..., object]]:
    match target:
        case str():
            return TEXT
        case list():
            return LIST
        case float():
            return NUMBER
        case RegexValue():
            return REGEX
        case bool():
            return {"toString": text}
        case _:
            return {}


def member(target: object, name: str) -> object:
    """``target.name``."""
    required(target, name)
    if name == "length" and isinstance(target, (str, list)) and not isinstance(target, JavaText):
        return float(len(target))
    if isinstance(target, dict):
        return target.get(name, UNDEFINED)
    if isinstance(target, HostObject):
        if target.kind == "vars":
            return UNDEFINED
        return from_host(target.member(name))
    if name in ("constructor", "prototype", "__proto__") or name in _table(target) or isinstance(target, JavaText):
        raise Unsupported(f".{name}")
    return UNDEFINED


def index(target: object, key: object) -> object:
    """``target[key]``."""
    required(target, text(key))
    if isinstance(target, (str, list)) and not isinstance(key, str):
        position = number(key)
        inside = position == int(position) and 0 <= position < len(target)
        return target[int(position)] if inside else UNDEFINED
    return member(target, text(key))


def assign_index(target: object, key: object, value: object) -> None:
    """``target[key] = value``."""
    if isinstance(target, dict):
        target[text(key)] = value
    elif isinstance(target, list):
        position = _whole(key)
        if not 0 <= position <= 1_000_000:
            raise Unsupported("an index of that size")
        target.extend([UNDEFINED] * (position + 1 - len(target)))
        target[position] = value
    else:
        raise ScriptFault("what is assigned to is no object")


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
        return [UNDEFINED] * min(_whole(items[0]), 1_000_000)
    return list(items)


def _parse_int(value: object = UNDEFINED, radix: object = UNDEFINED) -> float:
    found = text(value).strip().lower()
    sign = -1.0 if found.startswith("-") else 1.0
    found = found.lstrip("+-")
    base = _whole(radix)
    if base in (0, 16) and found.startswith("0x"):
        base, found = 16, found[2:]
    elif base == 0:
        base = 8 if len(found) > 1 and found[0] == "0" and found[1].isdigit() else 10
    count = next((place for place, digit in enumerate(found) if digit not in _DIGITS[:base]), len(found))
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
    "Boolean": lambda value=False: (
        value is not UNDEFINED and value is not None and value != "" and value == value and value != 0
    ),
    "isNaN": lambda value=UNDEFINED: math.isnan(number(value)),
    "isFinite": lambda value=UNDEFINED: math.isfinite(number(value)),
    "Array": array,
    "encodeURIComponent": lambda value=UNDEFINED: _encoded(text(value)),
}
"""Global functions."""


def _encoded(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="-_.!~*'()")
