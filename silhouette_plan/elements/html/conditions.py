"""The parts of a selector as conditions of XPath on an element, true for the elements that Jsoup's evaluators take.

Names, classes and attribute values compare without regard to case, ids with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from silhouette_plan.values.java.patterns import PatternFault
from silhouette_plan.values.java.regex import compile_java_regex


class BadSelector(ValueError):
    """A selector that Jsoup does not read."""


_ATTRIBUTE = re.compile(r"(.*?)(!=|\^=|\$=|\*=|~=|=)(.*)", re.DOTALL)
_STEP = re.compile(r"([+-])?(?:(\d+))?n(\s*(?:[+-])?\s*\d+)?|([+-]?\d+)", re.IGNORECASE | re.ASCII)
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_INSIDE = "(ancestor::*[2] or parent::*[not(self::jsoup-root)])"
"""Whether an element is below another one, and not the first of the document."""


def combined(combinator: str, before: str, condition: str) -> str:
    """``condition`` on an element with one that meets ``before`` in its place."""
    axis = {" ": "ancestor::*", ">": "parent::*", "+": "preceding-sibling::*[1]", "~": "preceding-sibling::*"}
    return f"({condition}) and {axis[combinator]}[{before}]"


def _quoted(text: str) -> str:
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _lowered(expression: str) -> str:
    return f"translate({expression}, '{_UPPER}', '{_LOWER}')"


def with_id(name: str) -> str:
    """``#name``."""
    return f"@id={_quoted(name)}"


def with_class(name: str) -> str:
    """``.name``."""
    padded = _quoted(f" {name.lower()} ")
    return f"contains(concat(' ', normalize-space({_lowered('@class')}), ' '), {padded})"


def with_tag(name: str) -> str:
    """``name``, ``ns|name`` or ``*|name``."""
    name = name.lower()
    if name.startswith("*|"):
        return f"local-name()={_quoted(name[2:])}"
    return f"name()={_quoted(name.replace('|', ':'))}"


def with_attribute(inside: str) -> str:
    """``[inside]``. Raises ``BadSelector``."""
    found = _ATTRIBUTE.fullmatch(inside)
    if found is None:
        name = inside.strip().lower()
        if name.startswith("^") and len(name) > 1:
            return f"@*[starts-with(name(), {_quoted(name[1:])})]"
        return _named(name)
    name, operator, value = found[1].strip().lower(), found[2], found[3]
    attribute = _named(name)
    if operator == "~=":
        return f"{attribute} and j:found(string({attribute}), {_quoted(_checked(value.strip()))})"
    literal = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    value = value[1:-1] if literal else value
    value = value.lower() if literal and operator not in ("=", "!=") else value.strip().lower()
    held, wanted = _lowered(attribute), _quoted(value)
    match operator:
        case "=":
            return f"{attribute} and normalize-space({held})=normalize-space({wanted})"
        case "!=":
            return f"not({attribute}) or {held}!={wanted}"
        case "^=":
            return f"{attribute} and starts-with({held}, {wanted})"
        case "$=":
            at = f"string-length({attribute}) - {len(value)} + 1"
            return f"string-length({attribute})>={len(value)} and substring({held}, {at})={wanted}"
        case _:
            return f"{attribute} and contains({held}, {wanted})"


def _named(name: str) -> str:
    if not name:
        raise BadSelector("String must not be empty")
    return f"@*[name()={_quoted(name)}]"


def _checked(pattern: str) -> str:
    """A regular expression that can be read."""
    try:
        compile_java_regex(pattern)
    except PatternFault as problem:
        raise BadSelector(str(problem)) from None
    return pattern


def not_empty(text: str) -> str:
    """``text``; raises ``BadSelector`` where there is none."""
    if not text:
        raise BadSelector("String must not be empty")
    return text


def _index(text: str) -> str:
    if not (text.strip().isascii() and text.strip().isdecimal()):
        raise BadSelector("Index must be numeric")
    return text.strip()


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.?)", r"\1", text)


def _text_test(function: str) -> Callable[[str], str]:
    def make(inside: str) -> str:
        wanted = re.sub(r"\s+", " ", not_empty(_unescaped(inside))).lower()
        return f"contains(j:{function}(.), {_quoted(wanted)})"

    return make


def _pattern_test(function: str) -> Callable[[str], str]:
    return lambda inside: f"j:found(j:{function}(.), {_quoted(_checked(not_empty(inside)))})"


def _nth(*, last: bool, typed: bool) -> Callable[[str], str]:
    axis = "following-sibling::*" if last else "preceding-sibling::*"

    def make(inside: str) -> str:
        step, offset = _step(inside.strip().lower())
        if typed:
            return f"{_INSIDE} and j:nth(., {step}, {offset}, {int(last)})"
        place = f"count({axis})+1"
        if not step:
            return f"{_INSIDE} and {place}={offset}"
        return f"{_INSIDE} and ({place} - {offset}) * {step} >= 0 and ({place} - {offset}) mod {step} = 0"

    return make


def _step(text: str) -> tuple[int, int]:
    """``an+b``. Without a number before the ``n`` a sign there counts for nothing; blanks before ``b`` are a fault."""
    if text in ("odd", "even"):
        return 2, int(text == "odd")
    found = _STEP.fullmatch(text)
    if found is None:
        raise BadSelector(f"Could not parse nth-index '{text}': unexpected format")
    sign, digits, offset, alone = found.groups()
    if alone is not None:
        return 0, int(alone)
    step = int(f"{sign or ''}{digits}") if digits else 1
    if offset and re.search(r"\s", offset):
        raise BadSelector(f'For input string: "{offset}"')
    return step, int(offset or 0)


STATES = {
    "first-child": f"{_INSIDE} and not(preceding-sibling::*)",
    "last-child": f"{_INSIDE} and not(following-sibling::*)",
    "only-child": f"{_INSIDE} and not(preceding-sibling::* or following-sibling::*)",
    "first-of-type": f"{_INSIDE} and j:nth(., 0, 1, 0)",
    "last-of-type": f"{_INSIDE} and j:nth(., 0, 1, 1)",
    "only-of-type": f"{_INSIDE} and j:nth(., 0, 1, 0) and j:nth(., 0, 1, 1)",
    "empty": "not(* or text())",
    "root": "parent::jsoup-root and not(preceding-sibling::*)",
}
"""Pseudo-classes that take nothing."""

TESTS: dict[str, Callable[[str], str]] = {
    "eq": lambda inside: f"count(preceding-sibling::*)={_index(inside)}",
    "lt": lambda inside: f"parent::* and count(preceding-sibling::*)<{_index(inside)}",
    "gt": lambda inside: f"count(preceding-sibling::*)>{_index(inside)}",
    "contains": _text_test("text"),
    "containsown": _text_test("own"),
    "containsdata": _text_test("data"),
    "matches": _pattern_test("whole"),
    "matchesown": _pattern_test("whole-own"),
    "nth-child": _nth(last=False, typed=False),
    "nth-last-child": _nth(last=True, typed=False),
    "nth-of-type": _nth(last=False, typed=True),
    "nth-last-of-type": _nth(last=True, typed=True),
}
"""Pseudo-classes that take a text: what stands in their parentheses. The makers of conditions raise ``BadSelector``."""
