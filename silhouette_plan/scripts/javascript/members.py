"""What may be reached on JavaScript's values: their methods and members."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.host import HostObject
from silhouette_plan.scripts.java_text import METHODS, Character, call_text
from silhouette_plan.scripts.javascript.methods import LIST, NUMBER, REGEX, TEXT, RegexValue, whole
from silhouette_plan.scripts.javascript.values import UNDEFINED, JavaText, from_host, number, required, text
from silhouette_plan.values.java.patterns import MatchTooLong

_VOID = {"vars": {"put", "putObject"}, "log": {"trace", "debug", "info", "warn", "error"}}
"""Methods of Java that return nothing."""


def call_method(target: object, name: str, arguments: list[object]) -> object:
    """A method call. ``ScriptFault`` where JavaScript fails too, ``Unsupported`` for what is not in the tables."""
    required(target, name)
    if isinstance(target, HostObject):
        value = target.call(name, arguments)
        return UNDEFINED if name in _VOID.get(target.kind, ()) else from_host(value)
    if isinstance(target, JavaText) and (name in METHODS or name not in TEXT):
        positions = [int(value) if isinstance(value, float) else value for value in arguments]
        found = call_text(str(target), name, positions)
        return float(ord(found)) if isinstance(found, Character) else from_host(found)
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
    if isinstance(target, JavaText) and not isinstance(key, str):
        raise ScriptFault("a Java string has no members by number")
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
        position = whole(key)
        if not 0 <= position <= 1_000_000:
            raise Unsupported("an index of that size")
        target.extend([UNDEFINED] * (position + 1 - len(target)))
        target[position] = value
    else:
        raise ScriptFault("what is assigned to is no object")
