"""The dialect JEXL 3, and JEXL 2 where it differs."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from decimal import Decimal

from silhouette_plan.scripts.compiler import Closure
from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import NAMES, HostObject
from silhouette_plan.scripts.java_text import call_text
from silhouette_plan.scripts.jexl import arithmetic
from silhouette_plan.scripts.lexer import scanner
from silhouette_plan.values.java.numbers import parse_int, parse_long
from silhouette_plan.values.java.strings import text_of

_BINARY = {
    "?": 1, "?:": 1, "??": 1, "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6,
    "==": 7, "!=": 7, "===": 7, "!==": 7,
    "<": 8, "<=": 8, ">": 8, ">=": 8, "=~": 8, "!~": 8, "=^": 8, "!^": 8, "=$": 8, "!$": 8,
    "..": 7, "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
}  # fmt: skip
_SYNONYMS = {
    "or": "||", "and": "&&", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "div": "/",
    "mod": "%", "not": "!", "empty": "empty", "size": "size",
}  # fmt: skip

_OPERATE = {
    "|": lambda a, b: arithmetic.to_long(a) | arithmetic.to_long(b),
    "&": lambda a, b: arithmetic.to_long(a) & arithmetic.to_long(b),
    "^": lambda a, b: arithmetic.to_long(a) ^ arithmetic.to_long(b),
    "==": arithmetic.equals,
    "!=": lambda a, b: not arithmetic.equals(a, b),
    "===": arithmetic.strictly_equals,
    "!==": lambda a, b: not arithmetic.strictly_equals(a, b),
    "<": arithmetic.less,
    "<=": arithmetic.less_or_equal,
    ">": lambda a, b: arithmetic.less(b, a),
    ">=": lambda a, b: arithmetic.less_or_equal(b, a),
    "=~": arithmetic.matches,
    "!~": lambda a, b: not arithmetic.matches(a, b),
    "=^": arithmetic.starts_with,
    "!^": lambda a, b: not arithmetic.starts_with(a, b),
    "=$": arithmetic.ends_with,
    "!$": lambda a, b: not arithmetic.ends_with(a, b),
    "..": arithmetic.span,
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "%": arithmetic.remainder,
}
_PREFIX = {
    "!": lambda value: not arithmetic.truth(value),
    "-": arithmetic.negate,
    "+": arithmetic.positive,
    "~": lambda value: ~arithmetic.to_long(value),
    "empty": arithmetic.empty,
    "size": arithmetic.size,
}


def _number(literal: str) -> object:
    suffix = literal[-1]
    if literal[:2] in ("0x", "0X"):
        return int(literal.rstrip("lLhH"), 16)
    if suffix in "bB":
        return Decimal(literal[:-1])
    if suffix in "fFdD" or any(mark in literal for mark in ".eE"):
        return float(literal.rstrip("fFdD"))
    digits = literal.rstrip("lLhH")
    try:
        return int(digits, 8) if len(digits) > 1 and digits[0] == "0" else int(digits)
    except ValueError as error:
        raise ScriptFault(str(error)) from None


_SIZED = (list, set, dict, range)


def _call_method(target: object, name: str, arguments: list[object]) -> object:
    if isinstance(target, HostObject):
        return target.call(name, arguments)
    if target is None:
        raise ScriptFault(f"{name}() of null")
    if name == "size" and not arguments:
        return arithmetic.size(target)
    if isinstance(target, str):
        return call_text(target, name, arguments)
    if isinstance(target, dict) and name == "get" and len(arguments) == 1:
        return target.get(arguments[0])
    if isinstance(target, _SIZED):
        return _call_collection(target, name, arguments)
    return _call_number(target, name, arguments)


def _call_collection(target: object, name: str, arguments: list[object]) -> object:
    held = target if isinstance(target, (set, dict, range)) else list(target) if isinstance(target, list) else []
    match name, arguments:
        case "contains", [item]:
            return item in held
        case "containsKey", [key]:
            return key in held
        case "isEmpty", []:
            return not held
        case _:
            raise Unsupported(f"{type(target).__name__}.{name}()")


def _call_number(target: object, name: str, arguments: list[object]) -> object:
    match name, arguments:
        case "toString", []:
            return arithmetic.text(target)
        case "equals", [other]:
            return type(target) is type(other) and target == other
        case "intValue" | "longValue", []:
            return arithmetic.to_long(target)
        case "doubleValue", []:
            return arithmetic.to_double(target)
        case _:
            raise Unsupported(f"{type(target).__name__}.{name}()")


def _member(target: object, name: str) -> object:
    if isinstance(target, HostObject):
        return target.member(name)
    if isinstance(target, dict):
        return target.get(name)
    if name == "class" or (target is not None and not isinstance(target, (str, list))):
        raise Unsupported(f".{name}")
    raise ScriptFault(f"unknown property {name}")


def _index(target: object, key: object) -> object:
    if isinstance(target, HostObject) and target.get is not None:
        return target.get(key)
    if isinstance(target, dict):
        return target.get(key)
    if isinstance(target, (list, range)):
        index = arithmetic.to_long(key)
        if 0 <= index < len(target):
            return target[index]
        raise ScriptFault(f"index {index}, length {len(target)}")
    raise ScriptFault("what is indexed is no list or map")


def _assign_index(target: object, key: object, value: object) -> None:
    if isinstance(target, dict):
        target[key] = value
    elif isinstance(target, list) and 0 <= (index := arithmetic.to_long(key)) < len(target):
        target[index] = value
    else:
        raise ScriptFault("what is assigned to is no list or map")


def _construct(name: str, arguments: list[object]) -> object:
    match name.removeprefix("java.util.").removeprefix("java.lang."), arguments:
        case "Date", []:
            now = int(time.time() * 1000)
            return HostObject("Date", {"getTime": lambda: now})
        case "Integer", [value]:
            return _read(parse_int, value)
        case "Long", [value]:
            return _read(parse_long, value)
        case "Double", [value]:
            return arithmetic.to_double(value)
        case "String", [*value]:
            return arithmetic.text(value[0]) if value else ""
        case _:
            raise Unsupported(f"new {name}")


def _read(parse: Callable[[str], int], value: object) -> int:
    try:
        return parse(text_of(value))
    except ValueError as error:
        raise ScriptFault(str(error)) from None


def _items(value: object, keys: bool) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, (list, set, range)):
        return list(value)
    if isinstance(value, Closure) or value is None:
        return []
    raise ScriptFault("what is looped over holds nothing")


def _no_regex(pattern: str, flags: str) -> object:
    raise ScriptFault("JEXL has no literal of that kind")


JEXL3 = Dialect(
    name="JEXL",
    tokens=scanner(
        r"//[^\n]*|/\*.*?\*/|\#\#[^\n]*",
        r"0[xX][0-9a-fA-F]+[lLhH]?|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[fFdDlLhHbB]?",
        "=== !== == != <= >= => -> =~ !~ =^ !^ =$ !$ && || ?? ?: ?. .. += -= *= /= %= ++ --"
        " < > = + - * / % ? : ; , . ( ) [ ] { } ! ~ & | ^",
    ),
    binary=_BINARY,
    synonyms=_SYNONYMS,
    unary=frozenset(_PREFIX),
    number=_number,
    operate=_OPERATE,
    prefix=_PREFIX,
    truth=arithmetic.truth,
    choice=arithmetic.choice,
    member=_member,
    index=_index,
    assign_index=_assign_index,
    call_method=_call_method,
    construct=_construct,
    text=arithmetic.text,
    names=NAMES,
    functions={},
    regex=_no_regex,
    items=_items,
    tolerant=frozenset(("?", "?:", "??", "empty", "size")),
    refused=frozenset(("try", "throw", "switch", "import")),
    sets=True,
    single=frozenset((7, 8)),
)
"""JEXL 3."""


def _add2(left: object, right: object) -> object:
    """JEXL 2's ``+``: numbers first, text only where one side is no number."""
    try:
        return arithmetic.subtract(left, arithmetic.negate(right))
    except ScriptFault:
        return arithmetic.add(left, right)


JEXL2 = dataclasses.replace(
    JEXL3, name="JEXL 2", operate=_OPERATE | {"+": _add2}, tolerant=frozenset(("empty", "size"))
)
"""JEXL 2.1.1: text that reads as a number is one for ``+``."""
