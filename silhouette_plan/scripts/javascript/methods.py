"""Methods of JavaScript's texts, arrays, numbers and regular expressions, as tables."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.javascript.operators import strictly_equal
from silhouette_plan.scripts.javascript.values import UNDEFINED, number, number_text, text
from silhouette_plan.values.java.patterns import Pattern, PatternFault
from silhouette_plan.values.java.regex import compile_java_regex


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


def whole(value: object, default: int = 0) -> int:
    """An argument as a position."""
    found = number(value) if value is not UNDEFINED else float(default)
    return 0 if math.isnan(found) else int(max(min(found, 2.0**31), -(2.0**31)))


def _slice(held: str, begin: object = 0.0, end: object = UNDEFINED) -> str:
    return held[slice(whole(begin), None if end is UNDEFINED else whole(end))]


def _substring(held: str, begin: object = 0.0, end: object = UNDEFINED) -> str:
    low, high = (max(0, min(whole(bound, len(held)), len(held))) for bound in (begin, end))
    return held[min(low, high) : max(low, high)]


def _substr(held: str, begin: object = 0.0, length: object = UNDEFINED) -> str:
    start = whole(begin)
    start = max(len(held) + start, 0) if start < 0 else start
    return held[start : start + max(whole(length, len(held)), 0)]


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
    return list(parts if limit is UNDEFINED else parts[: whole(limit)])


def _search(held: str, pattern: object) -> float:
    found = pattern if isinstance(pattern, RegexValue) else regex_value(text(pattern), "")
    match = found.pattern.search(held)
    return -1.0 if match is None else float(match.start())


def _code(held: str, index: object = 0.0) -> float:
    position = whole(index)
    return float(ord(held[position])) if 0 <= position < len(held) else math.nan


def _at(held: str, index: object = 0.0) -> str:
    position = whole(index)
    return held[position] if 0 <= position < len(held) else ""


TEXT: dict[str, Callable[..., object]] = {
    "charAt": _at,
    "charCodeAt": _code,
    "concat": lambda held, *others: held + "".join(map(text, others)),
    "endsWith": lambda held, part: held.endswith(text(part)),
    "equals": lambda held, other: isinstance(other, str) and held == str(other),
    "equalsIgnoreCase": lambda held, other: held.lower() == text(other).lower(),
    "includes": lambda held, part, start=0.0: held.find(text(part), whole(start)) >= 0,
    "indexOf": lambda held, part, start=0.0: float(held.find(text(part), max(whole(start), 0))),
    "lastIndexOf": lambda held, part: float(held.rfind(text(part))),
    "localeCompare": lambda held, other: float((held > text(other)) - (held < text(other))),
    "match": _match,
    "repeat": lambda held, count: held * max(0, min(whole(count), 1_000_000 // max(len(held), 1))),
    "replace": _replace,
    "search": _search,
    "slice": _slice,
    "split": _split,
    "startsWith": lambda held, part, start=0.0: held.startswith(text(part), whole(start)),
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
    "slice": lambda held, begin=0.0, end=UNDEFINED: held[slice(whole(begin), None if end is UNDEFINED else whole(end))],
    "toString": text,
}


def _to_fixed(value: float, digits: object = 0.0) -> str:
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-whole(digits)), rounding=ROUND_HALF_UP):f}"


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Digits of every radix."""


def _to_text(value: float, radix: object = 10.0) -> str:
    base = whole(radix)
    if base == 10:
        return number_text(value)
    if value != int(value) or not 2 <= base <= 36:
        raise Unsupported("toString of a fraction with a radix")
    rest, out = abs(int(value)), ""
    while rest or not out:
        rest, digit = divmod(rest, base)
        out = DIGITS[digit] + out
    return f"-{out}" if value < 0 else out


NUMBER: dict[str, Callable[..., object]] = {"toFixed": _to_fixed, "toString": _to_text, "valueOf": lambda value: value}
REGEX: dict[str, Callable[..., object]] = {
    "test": lambda pattern, held: pattern.pattern.search(text(held)) is not None,
    "exec": lambda pattern, held: _match(text(held), RegexValue(pattern.pattern, False)),
}
