"""Tokens to closures, each calling the next: a path compiled once, run over any number of documents.

What a path finds is gathered in a list. Where everything before a token is definite, a value of the wrong kind is a
``PathNotFound``; after anything indefinite it is passed over. With ``strict`` (the check whether a path exists, in a
filter) a missing property is always a fault.

One oddity of 2.7 is kept: below ``..`` with an array token, the token after it is tried on every element, and where it is
the last property, only elements whose number the array token spells out are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from silhouette_plan.elements.jsonpath.faults import InvalidPath, PathNotFound
from silhouette_plan.elements.jsonpath.java_text import class_name, java_text
from silhouette_plan.elements.jsonpath.tokens import (
    Filter,
    Function,
    Index,
    Property,
    Scan,
    Slice,
    Token,
    Wildcard,
    is_definite_token,
)
from silhouette_plan.plan.records import record

_PROVIDER = "com.jayway.jsonpath.spi.json.JsonSmartJsonProvider"


@dataclass(slots=True)
class Search:
    """One run of a path: the document it started from and what it found so far.

    ``element`` is the number of the array element that ``..`` tries a following property on, −1 before it met an array.
    """

    document: Any
    found: list[Any] = field(default_factory=list)
    element: int = -1


Step = Callable[[Any, Search], None]
"""Takes a value one token further."""

Test = Callable[[Any, Search], bool]
"""Whether a filter holds for a value."""

CompileFilter = Callable[[Filter], Test]
CompileFunction = Callable[[Function], Callable[[Any, Search], Any]]


def _found(value: Any, search: Search) -> None:
    search.found.append(value)


@record
class Compiler:
    """Compiles the tokens of one path; filters and functions by the callables it is given."""

    tokens: tuple[Token, ...]
    strict: bool
    compile_filter: CompileFilter
    compile_function: CompileFunction

    def step(self, position: int, definite: bool = True, path: str = "$") -> Step:
        """The closure for the tokens from ``position``. ``definite`` and ``path`` tell of those before."""
        if position == len(self.tokens):
            return _found
        token = self.tokens[position]
        leaf = position + 1 == len(self.tokens)
        after = definite and is_definite_token(token, leaf=leaf)
        follow = self.step(position + 1, after, path + token.fragment)
        match token:
            case Property(names):
                return self._property(token, names, position, follow, definite, path)
            case Index(numbers):
                return _array_only(_index(numbers, follow), definite, path, self._rest(position))
            case Slice(start, end):
                return _array_only(_slice(start, end, follow), definite, path, self._rest(position))
            case Wildcard():
                return _wildcard(follow, strict=self.strict)
            case Filter():
                return _filter(self.compile_filter(token), follow, definite, self._rest(position))
            case Function():
                return _function(self.compile_function(token), follow, leaf=leaf)
            case Scan():
                return self._scan(position, follow)

    def _rest(self, position: int) -> str:
        return "".join(token.fragment for token in self.tokens[position:])

    # -- properties

    def _property(
        self, token: Property, names: tuple[str, ...], position: int, follow: Step, definite: bool, path: str
    ) -> Step:
        leaf = position + 1 == len(self.tokens)
        if len(names) == 1:
            member = self._member(names[0], position, follow, definite, path)
        elif leaf:
            member = _merge(names, path, strict=self.strict)
        else:
            members = [self._member(name, position, follow, False, path) for name in names]
            member = _each(members)

        def visit(value: Any, search: Search) -> None:
            if isinstance(value, dict):
                member(value, search)
            elif definite:
                raise PathNotFound(
                    f"Expected to find an object with property {token.fragment} in path {path} but found "
                    f"'{class_name(value)}'. This is not a json object according to the JsonProvider: '{_PROVIDER}'."
                )

        return visit

    def _member(self, name: str, position: int, follow: Step, definite: bool, path: str) -> Step:
        leaf = position + 1 == len(self.tokens)
        missing = self._missing(name, leaf, definite, path)
        taken = self._taken(position) if leaf else None

        def visit(value: dict[str, Any], search: Search) -> None:
            if name not in value:
                if missing is not None:
                    raise PathNotFound(missing)
            elif taken is None or search.element < 0 or search.element in taken:
                follow(value[name], search)

        return visit

    def _missing(self, name: str, leaf: bool, definite: bool, path: str) -> str | None:
        """What to say where the property is missing; None to say nothing."""
        place = f"{path}['{name}']"
        if leaf:
            return f"No results for path: {place}" if self.strict else None
        return f"Missing property in path {place}" if definite or self.strict else None

    def _taken(self, position: int) -> frozenset[int] | None:
        """For a last property right behind ``..`` and one more token: the elements that count; None elsewhere."""
        if position < 2 or not isinstance(self.tokens[position - 2], Scan):
            return None
        before = self.tokens[position - 1]
        return frozenset(before.numbers) if isinstance(before, Index) and len(before.numbers) == 1 else frozenset()

    # -- descendants

    def _scan(self, position: int, follow: Step) -> Step:
        if position + 1 == len(self.tokens):
            raise InvalidPath("Current path token is a leaf")
        token = self.tokens[position + 1]
        wanted = self._wanted(token, leaf=position + 2 == len(self.tokens))
        after = self.step(position + 2, False) if position + 2 < len(self.tokens) else None

        def walk(value: Any, search: Search) -> None:
            if isinstance(value, dict):
                if wanted(value, search):
                    follow(value, search)
                for member in list(value.values()):
                    walk(member, search)
            elif isinstance(value, list):
                if wanted(value, search):
                    take_array(value, search)
                for element in value:
                    walk(element, search)

        def take_array(value: list[Any], search: Search) -> None:
            if after is None:
                follow(value, search)
                return
            for number, element in enumerate(value):
                search.element = number
                after(element, search)

        return walk

    def _wanted(self, token: Token, *, leaf: bool) -> Test:
        """Which values the token behind ``..`` is tried on."""
        match token:
            case Property(names) if leaf or len(names) == 1:
                return lambda value, search: isinstance(value, dict) and all(name in value for name in names)
            case Property():
                return lambda value, search: isinstance(value, dict)
            case Index() | Slice():
                return lambda value, search: isinstance(value, list)
            case Wildcard():
                return lambda value, search: True
            case Filter():
                return self.compile_filter(token)
            case _:
                return lambda value, search: False


def _each(steps: Sequence[Step]) -> Step:
    def visit(value: Any, search: Search) -> None:
        for step in steps:
            step(value, search)

    return visit


def _merge(names: Sequence[str], path: str, *, strict: bool) -> Step:
    """Several properties at the end: one object of those that are there."""

    def visit(value: dict[str, Any], search: Search) -> None:
        if strict and any(name not in value for name in names):
            raise PathNotFound(f"Missing property in path {path}")
        search.found.append({name: value[name] for name in names if name in value})

    return visit


def _array_only(step: Step, definite: bool, path: str, rest: str) -> Step:
    def visit(value: Any, search: Search) -> None:
        if isinstance(value, list):
            step(value, search)
        elif definite and value is None:
            raise PathNotFound(f"The path {path} is null")
        elif definite:
            raise PathNotFound(f"Filter: {rest} can only be applied to arrays. Current context is: {java_text(value)}")

    return visit


def _index(numbers: Sequence[int], follow: Step) -> Step:
    if len(numbers) == 1:
        number = numbers[0]

        def visit_one(value: list[Any], search: Search) -> None:
            if -len(value) <= number < len(value):
                follow(value[number], search)

        return visit_one

    def visit(value: list[Any], search: Search) -> None:
        for number in numbers:
            if -len(value) <= number < len(value):
                follow(value[number], search)

    return visit


def _slice(start: int | None, end: int | None, follow: Step) -> Step:
    """A negative start counts from the end only where the end is open; between two ends it is taken as it is."""

    def visit(value: list[Any], search: Search) -> None:
        length = len(value)
        if end is None:
            assert start is not None
            numbers = range(max(0, start + length if start < 0 else start), length)
        elif start is None:
            numbers = range(min(length, end + length if end < 0 else end))
        else:
            numbers = range(start, min(length, end) if length else start)
        for number in numbers:
            if number >= -length:
                follow(value[number], search)

    return visit


def _wildcard(follow: Step, *, strict: bool) -> Step:
    def visit(value: Any, search: Search) -> None:
        if isinstance(value, dict):
            for member in list(value.values()):
                follow(member, search)
        elif isinstance(value, list):
            for element in value:
                try:
                    follow(element, search)
                except PathNotFound:
                    if strict:
                        raise

    return visit


def _filter(holds: Test, follow: Step, definite: bool, rest: str) -> Step:
    def visit(value: Any, search: Search) -> None:
        if isinstance(value, dict):
            if holds(value, search):
                follow(value, search)
        elif isinstance(value, list):
            for element in value:
                if holds(element, search):
                    follow(element, search)
        elif definite:
            raise InvalidPath(
                f"Filter: {rest} can not be applied to primitives. Current context is: {java_text(value)}"
            )

    return visit


def _function(call: Callable[[Any, Search], Any], follow: Step, *, leaf: bool) -> Step:
    """What a function gives counts as found even where the path goes on."""

    def visit(value: Any, search: Search) -> None:
        result = call(value, search)
        search.found.append(result)
        if not leaf:
            follow(result, search)

    return visit
