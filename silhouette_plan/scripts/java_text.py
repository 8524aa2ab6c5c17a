"""Methods of ``java.lang.String`` for scripts. Positions count characters, which for text outside Unicode's first plane
differs from Java's UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.values.java.patterns import MatchTooLong, Pattern, PatternFault
from silhouette_plan.values.java.regex import compile_java_regex
from silhouette_plan.values.java.strings import hash_code, trim


class Character(str):
    """``char``: what ``charAt`` gives."""

    __slots__ = ()


def _regex(pattern: str) -> Pattern:
    try:
        return compile_java_regex(pattern)
    except PatternFault as error:
        raise ScriptFault(str(error)) from None


def _char_at(text: str, index: int) -> Character:
    if not 0 <= index < len(text):
        raise ScriptFault(f"index {index}, length {len(text)}")
    return Character(text[index])


def _substring(text: str, begin: int, end: int | None = None) -> str:
    end = len(text) if end is None else end
    if not 0 <= begin <= end <= len(text):
        raise ScriptFault(f"begin {begin}, end {end}, length {len(text)}")
    return text[begin:end]


def _split(text: str, pattern: str, limit: int = 0) -> list[object]:
    if limit:
        raise Unsupported("split with a limit")
    return list(_regex(pattern).split(text))


def _compare(text: str, other: str) -> int:
    for mine, theirs in zip(text, other, strict=False):
        if mine != theirs:
            return ord(mine) - ord(theirs)
    return len(text) - len(other)


METHODS: dict[str, Callable[..., object]] = {
    "charAt": _char_at,
    "compareTo": _compare,
    "compareToIgnoreCase": lambda text, other: _compare(text.lower(), other.lower()),
    "concat": lambda text, other: text + other,
    "contains": lambda text, part: part in text,
    "endsWith": lambda text, part: text.endswith(part),
    "equals": lambda text, other: isinstance(other, str) and str(text) == str(other),
    "equalsIgnoreCase": lambda text, other: isinstance(other, str) and text.lower() == other.lower(),
    "hashCode": hash_code,
    "indexOf": lambda text, part, start=0: text.find(part, max(start, 0)),
    "isBlank": lambda text: not text.strip(),
    "isEmpty": lambda text: not text,
    "lastIndexOf": lambda text, part: text.rfind(part),
    "length": len,
    "matches": lambda text, pattern: _regex(pattern).fullmatch(text) is not None,
    "repeat": lambda text, count: text * min(count, 1_000_000),
    "replace": lambda text, old, new: text.replace(old, new),
    "replaceAll": lambda text, pattern, new: _regex(pattern).replace(text, new),
    "replaceFirst": lambda text, pattern, new: _regex(pattern).replace(text, new, 1),
    "split": _split,
    "startsWith": lambda text, part, start=0: text.startswith(part, start),
    "strip": lambda text: text.strip(),
    "substring": _substring,
    "toLowerCase": lambda text: text.lower(),
    "toString": lambda text: text,
    "toUpperCase": lambda text: text.upper(),
    "trim": trim,
}


def call_text(text: str, name: str, arguments: list[object]) -> object:
    """A method of a Java string. ``ScriptFault`` for bad arguments, ``Unsupported`` for a method not in the table."""
    method = METHODS.get(name)
    if method is None:
        raise Unsupported(f"String.{name}()")
    try:
        return method(text, *arguments)
    except (TypeError, AttributeError, ValueError, IndexError) as error:
        raise ScriptFault(f"String.{name}: {error}") from None
    except MatchTooLong as error:
        raise Unsupported(str(error)) from None
