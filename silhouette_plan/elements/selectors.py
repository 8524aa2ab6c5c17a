"""CSS selectors as Jsoup 1.15 reads them (``org.jsoup.select.QueryParser``), turned into XPath for lxml.

Names, classes and attribute values compare without regard to case, ids with it. Beside CSS 3 there are ``:eq() :lt() :gt()
:has() :contains() :containsOwn() :containsData() :matches() :matchesOwn()``, ``[^prefix]``, ``[a!=v]``, and ``[a~=…]``,
which is a regular expression. A selector is one condition on an element, that looks back at what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from lxml import etree

from silhouette_plan.elements.jsoup import data_of, own_text, visible_text
from silhouette_plan.values.java.regex import PatternFault, compile_java_regex


class BadSelector(ValueError):
    """A selector that Jsoup does not read."""


Select = Callable[[Any], list[Any]]
"""The elements of a document, in its order. Raises ``MatchTooLong``."""

_COMBINATORS = ",>+~ "
_IDENTIFIER = re.compile(r"[\w-]+")
_NAME = re.compile(r"(?:[^\W_]|\*\|)(?:\*\||[\w|-])*")
_ATTRIBUTE = re.compile(r"(.*?)(!=|\^=|\$=|\*=|~=|=)(.*)", re.DOTALL)
_STEP = re.compile(r"([+-])?(?:(\d+))?n(\s*(?:[+-])?\s*\d+)?|([+-]?\d+)", re.IGNORECASE | re.ASCII)
_PSEUDO = re.compile(r":([a-z-]+)(\()?", re.IGNORECASE)
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_NAMESPACE = "urn:silhouette-plan:jsoup"
_INSIDE = "(ancestor::*[2] or parent::*[not(self::jsoup-root)])"
"""Whether an element is below another one, and not the first of the document."""


@lru_cache(maxsize=1024)
def compile_selector(selector: str) -> Select:
    """``selector`` compiled; raises ``BadSelector``."""
    condition = _Reader(selector.strip()).condition()
    compiled = etree.XPath(f"descendant-or-self::*[{condition}]", namespaces={"j": _NAMESPACE}, extensions=_EXTENSIONS)

    def select(document: Any) -> list[Any]:
        found: Any = compiled(document)
        return list(found)

    return select


class _Reader:
    """Reads a selector from left to right into a condition of XPath."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def condition(self) -> str:
        """The condition of the whole selector: of its groups, one is enough."""
        groups = [self._group()]
        while self._take(","):
            groups.append(self._group())
        return groups[0] if len(groups) == 1 else " or ".join(f"({group})" for group in groups)

    def _fault(self) -> BadSelector:
        rest = self.text[self.position :]
        return BadSelector(f"Could not parse query '{self.text}': unexpected token at '{rest}'")

    def _take(self, mark: str) -> bool:
        if not self.text.startswith(mark, self.position):
            return False
        self.position += len(mark)
        return True

    def _blanks(self) -> bool:
        start = self.position
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1
        return self.position > start

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        if found is not None:
            self.position = found.end()
        return found

    def _group(self) -> str:
        self._blanks()
        combinator = self._combinator()
        condition = self._compound()
        if combinator:
            condition = f"({condition}) and {'parent::jsoup-root' if combinator == '>' else 'false()'}"
        while self.position < len(self.text):
            blank = self._blanks()
            if self.position == len(self.text) or self.text[self.position] == ",":
                break
            combinator = self._combinator() or (" " if blank else "")
            if not combinator:
                raise self._fault()
            condition = _combined(combinator, condition, self._compound())
        return condition

    def _combinator(self) -> str:
        """A combinator; of several in a row the first counts."""
        first = ""
        while self.position < len(self.text) and self.text[self.position] in ">+~":
            first = first or self.text[self.position]
            self.position += 1
            self._blanks()
        return first

    def _compound(self) -> str:
        conditions = []
        while self.position < len(self.text) and self.text[self.position] not in _COMBINATORS:
            if self.text[self.position].isspace():
                break
            conditions.append(self._simple())
        if not conditions:
            raise self._fault()
        return " and ".join(f"({condition})" for condition in conditions) if len(conditions) > 1 else conditions[0]

    def _simple(self) -> str:
        if self._take("#"):
            return f"@id={_quoted(self._identifier())}"
        if self._take("."):
            name = self._identifier().lower()
            return f"contains(concat(' ', normalize-space({_lowered('@class')}), ' '), {_quoted(f' {name} ')})"
        if self.text[self.position] == "[":
            return _attribute(self._balanced("[", "]"))
        if found := self._match(_NAME):
            return _tag(found[0].lower())
        if self._take("*"):
            return "true()"
        if found := self._match(_PSEUDO):
            return self._pseudo(found[1].lower(), called=found[2] is not None)
        raise self._fault()

    def _identifier(self) -> str:
        found = self._match(_IDENTIFIER)
        if found is None:
            raise self._fault()
        return found[0]

    def _balanced(self, opening: str, closing: str) -> str:
        """What stands between two brackets, which nest; quoted ones do not count, nor those behind a backslash."""
        start = self.position + 1
        depth = 0
        quote = ""
        while self.position < len(self.text):
            character = self.text[self.position]
            if character == "\\":
                self.position += 1
            elif quote:
                quote = "" if character == quote else quote
            elif character in "'\"":
                quote = character
            elif character == opening:
                depth += 1
            elif character == closing:
                depth -= 1
                if not depth:
                    self.position += 1
                    return self.text[start : self.position - 1]
            self.position += 1
        raise BadSelector(f"Did not find balanced marker at '{self.text[start:]}'")

    def _pseudo(self, name: str, *, called: bool) -> str:
        if not called:
            if name not in _PLAIN:
                raise self._fault()
            return _PLAIN[name]
        make = _CALLED.get(name)
        if make is None:
            raise self._fault()
        self.position -= 1
        return make(self._balanced("(", ")"))


def _combined(combinator: str, before: str, condition: str) -> str:
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


def _tag(name: str) -> str:
    if name.startswith("*|"):
        return f"local-name()={_quoted(name[2:])}"
    return f"name()={_quoted(name.replace('|', ':'))}"


def _attribute(inside: str) -> str:
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


def _not_empty(text: str) -> str:
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
        wanted = re.sub(r"\s+", " ", _not_empty(_unescaped(inside))).lower()
        return f"contains(j:{function}(.), {_quoted(wanted)})"

    return make


def _pattern_test(function: str) -> Callable[[str], str]:
    return lambda inside: f"j:found(j:{function}(.), {_quoted(_checked(_not_empty(inside)))})"


def _has(inside: str) -> str:
    text = _not_empty(inside).strip()
    if text.startswith(">"):
        return f"child::*[{_Reader(text[1:].strip()).condition()}]"
    if text[0] in "+~":
        return "false()"
    return f"descendant::*[{_Reader(text).condition()}]"


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


_PLAIN = {
    "first-child": f"{_INSIDE} and not(preceding-sibling::*)",
    "last-child": f"{_INSIDE} and not(following-sibling::*)",
    "only-child": f"{_INSIDE} and not(preceding-sibling::* or following-sibling::*)",
    "first-of-type": f"{_INSIDE} and j:nth(., 0, 1, 0)",
    "last-of-type": f"{_INSIDE} and j:nth(., 0, 1, 1)",
    "only-of-type": f"{_INSIDE} and j:nth(., 0, 1, 0) and j:nth(., 0, 1, 1)",
    "empty": "not(* or text())",
    "root": "parent::jsoup-root and not(preceding-sibling::*)",
}
_CALLED: dict[str, Callable[[str], str]] = {
    "eq": lambda inside: f"count(preceding-sibling::*)={_index(inside)}",
    "lt": lambda inside: f"parent::* and count(preceding-sibling::*)<{_index(inside)}",
    "gt": lambda inside: f"count(preceding-sibling::*)>{_index(inside)}",
    "has": _has,
    "not": lambda inside: f"not({_Reader(_not_empty(inside).strip()).condition()})",
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


def _found(context: object, text: str, pattern: str) -> bool:
    return compile_java_regex(pattern).search(text) is not None


def _nth_of_type(context: object, nodes: list[Any], step: float, offset: float, last: float) -> bool:
    """Whether the element stands in a place of ``step``n + ``offset`` among its siblings of the same name."""
    place = 1 + sum(1 for one in nodes[0].itersiblings(preceding=not last) if one.tag == nodes[0].tag)
    distance = place - offset
    return distance == 0 if not step else distance * step >= 0 and distance % step == 0


def _on_first(function: Callable[[Any], str]) -> Callable[[object, list[Any]], str]:
    return lambda context, nodes: function(nodes[0])


_EXTENSIONS = {
    (_NAMESPACE, "found"): _found,
    (_NAMESPACE, "nth"): _nth_of_type,
    (_NAMESPACE, "whole"): _on_first(visible_text),
    (_NAMESPACE, "whole-own"): _on_first(own_text),
    (_NAMESPACE, "text"): _on_first(lambda element: visible_text(element).lower()),
    (_NAMESPACE, "own"): _on_first(lambda element: own_text(element).lower()),
    (_NAMESPACE, "data"): _on_first(lambda element: data_of(element).lower()),
}
