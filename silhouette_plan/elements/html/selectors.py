"""CSS selectors as Jsoup 1.15 reads them (``org.jsoup.select.QueryParser``), turned into XPath for lxml.

Beside CSS 3 there are ``:eq() :lt() :gt() :has() :contains() :containsOwn() :containsData() :matches() :matchesOwn()``,
``[^prefix]``, ``[a!=v]``, and ``[a~=…]``, which is a regular expression. A selector is one condition on an element, that looks
back at what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from lxml import etree

from silhouette_plan.elements.html.conditions import (
    STATES,
    TESTS,
    BadSelector,
    combined,
    not_empty,
    with_attribute,
    with_class,
    with_id,
    with_tag,
)
from silhouette_plan.elements.html.functions import EXTENSIONS, NAMESPACES

Select = Callable[[Any], list[Any]]
"""The elements of a document, in its order. Raises ``MatchTooLong``."""

_COMBINATORS = ",>+~ "
_IDENTIFIER = re.compile(r"[\w-]+")
_NAME = re.compile(r"(?:[^\W_]|\*\|)(?:\*\||[\w|-])*")
_PSEUDO = re.compile(r":([a-z-]+)(\()?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def compile_selector(selector: str) -> Select:
    """``selector`` compiled; raises ``BadSelector``."""
    condition = _Reader(selector.strip()).condition()
    compiled = etree.XPath(f"descendant-or-self::*[{condition}]", namespaces=NAMESPACES, extensions=EXTENSIONS)

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
            condition = combined(combinator, condition, self._compound())
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
            return with_id(self._identifier())
        if self._take("."):
            return with_class(self._identifier())
        if self.text[self.position] == "[":
            return with_attribute(self._balanced("[", "]"))
        if found := self._match(_NAME):
            return with_tag(found[0])
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
        make = (_OF_SELECTORS.get(name) or TESTS.get(name)) if called else None
        if make is None:
            if called or name not in STATES:
                raise self._fault()
            return STATES[name]
        self.position -= 1
        return make(self._balanced("(", ")"))


def _has(inside: str) -> str:
    text = not_empty(inside).strip()
    if text.startswith(">"):
        return f"child::*[{_Reader(text[1:].strip()).condition()}]"
    if text[0] in "+~":
        return "false()"
    return f"descendant::*[{_Reader(text).condition()}]"


def _not(inside: str) -> str:
    return f"not({_Reader(not_empty(inside).strip()).condition()})"


_OF_SELECTORS: dict[str, Callable[[str], str]] = {"has": _has, "not": _not}
"""Pseudo-classes that take a selector."""
