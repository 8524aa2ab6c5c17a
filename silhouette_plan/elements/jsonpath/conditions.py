"""Filter conditions to closures (``com.jayway.jsonpath.internal.filter.EvaluatorFactory``).

A path on either side stands for its value; one that leads nowhere is *undefined*, equal to nothing. A fault of a path
inside a filter makes the whole filter false for that value, except where a function gave up.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from silhouette_plan.elements.jsonpath.faults import InvalidPath, PathNotFound
from silhouette_plan.elements.jsonpath.render import render_number
from silhouette_plan.elements.jsonpath.steps import Search, Test
from silhouette_plan.elements.jsonpath.tokens import (
    Comparison,
    Condition,
    Every,
    Exists,
    Literal,
    Not,
    Operand,
    Path,
    PatternLiteral,
    Some,
)
from silhouette_plan.values.java.patterns import Pattern, PatternFault
from silhouette_plan.values.java.regex import compile_java_regex

if TYPE_CHECKING:
    from silhouette_plan.elements.jsonpath.path import JsonPath

UNDEFINED: Any = object()
"""The value of a path that leads nowhere."""

Value = Callable[[Any, Search], Any]
Compare = Callable[[Any, Any], bool]


class MakePath(Protocol):
    """Compiles a path within a filter."""

    def __call__(self, path: Path, *, strict: bool = False) -> JsonPath:
        """``path`` compiled; with ``strict``, a missing property is always a fault."""


class ConditionCompiler:
    """Compiles conditions; paths within by ``make_path``."""

    def __init__(self, make_path: MakePath) -> None:
        self._make_path = make_path

    def test(self, condition: Condition) -> Test:
        """The filter as a whole: where a part makes no sense for a value, it does not hold."""
        holds = self._compile(condition)

        def test(value: Any, search: Search) -> bool:
            try:
                return holds(value, search)
            except InvalidPath:
                return False

        return test

    def _compile(self, condition: Condition) -> Test:
        match condition:
            case Every(operands):
                tests = [self._compile(operand) for operand in operands]
                return lambda value, search: all(test(value, search) for test in tests)
            case Some(operands):
                tests = [self._compile(operand) for operand in operands]
                return lambda value, search: any(test(value, search) for test in tests)
            case Not(operand):
                inner = self._compile(operand)
                return lambda value, search: not inner(value, search)
            case Exists(path, wanted):
                return self._exists(path, wanted)
            case Comparison(left, sign, right):
                return self._comparison(left, sign, right)

    def _exists(self, path: Path, wanted: bool) -> Test:
        compiled = self._make_path(path, strict=True)
        at_root = path.root == "$"

        def exists(value: Any, search: Search) -> bool:
            try:
                compiled.evaluate(search.document if at_root else value, search.document)
            except PathNotFound:
                return not wanted
            return wanted

        return exists

    def _comparison(self, left: Operand, sign: str, right: Operand) -> Test:
        compare = COMPARISONS.get(sign)
        if compare is None:
            raise InvalidPath(f"Filter operator {sign} is not supported!")
        left_of, right_of = self._value(left), self._value(right)
        return lambda value, search: compare(left_of(value, search), right_of(value, search))

    def _value(self, operand: Operand) -> Value:
        match operand:
            case Literal(constant):
                return lambda value, search: constant
            case PatternLiteral(source, flags):
                pattern = _pattern(source, flags)
                return lambda value, search: pattern
            case Path():
                return self._path_value(operand)

    def _path_value(self, path: Path) -> Value:
        compiled = self._make_path(path)
        at_root = path.root == "$"

        def read(value: Any, search: Search) -> Any:
            try:
                return compiled.evaluate(search.document if at_root else value, search.document)
            except PathNotFound:
                return UNDEFINED

        return read


def _pattern(source: str, flags: str) -> Pattern:
    """``source`` as a Java pattern. Of the flags ``dixmsuU``, all but ``i`` can be written inside the pattern too."""
    inline = "".join(flag for flag in flags if flag in "xms")
    try:
        return compile_java_regex(f"(?{inline}){source}" if inline else source, ignore_case="i" in flags)
    except PatternFault as problem:
        raise InvalidPath(f"Failed to parse filter: {problem}") from None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _comparable(left: Any, right: Any) -> tuple[Any, Any]:
    """Two numbers so that Python compares what their digits say."""
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return Decimal(str(left)), Decimal(str(right))
    return left, right


def _big_decimal_text(value: Any) -> str:
    return str(Decimal(render_number(value)))


def _equal(left: Any, right: Any) -> bool:
    """``==``: a number agrees with a text that reads as it, a text with a number only where that is written so."""
    if left is UNDEFINED or right is UNDEFINED:
        return False
    if _is_number(left):
        return _number_equals(left, right)
    if isinstance(left, str):
        return left == (_big_decimal_text(right) if _is_number(right) else right)
    return type(left) is type(right) and bool(left == right)


def _number_equals(left: Any, right: Any) -> bool:
    if isinstance(right, str):
        try:
            right = Decimal(right)
        except ArithmeticError:
            return False
    if not _is_number(right):
        return False
    one, other = _comparable(left, right)
    return bool(one == other)


def _same_kind(left: Any, right: Any) -> bool:
    return (
        (_is_number(left) and _is_number(right))
        or type(left) is type(right)
        or (isinstance(left, list | dict) and isinstance(right, list | dict))
    )


def _ordered(compare: Callable[[Any, Any], bool]) -> Compare:
    """``< <= > >=``: among numbers or among texts, false else."""

    def holds(left: Any, right: Any) -> bool:
        if _is_number(left) and _is_number(right):
            return compare(*_comparable(left, right))
        return isinstance(left, str) and isinstance(right, str) and compare(left, right)

    return holds


def _items(value: Any) -> list[Any] | None:
    """``value`` as a list of values; None for JSON that is no list. Raises where it can never be one."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return None
    raise InvalidPath("Expected value list node")


def _in(left: Any, right: Any) -> bool:
    items = _items(right)
    return items is not None and any(_equal(left, item) for item in items)


def _not_in(left: Any, right: Any) -> bool:
    return not _in(left, right)


def _subset_of(left: Any, right: Any) -> bool:
    allowed, items = _items(right), _items(left)
    if allowed is None or items is None:
        return False
    return all(any(_equal(item, one) for one in allowed) for item in items)


def _any_of(left: Any, right: Any) -> bool:
    wanted, items = _items(right), _items(left)
    if wanted is None or items is None:
        return False
    return any(_equal(item, one) for item in items for one in wanted)


def _none_of(left: Any, right: Any) -> bool:
    wanted, items = _items(right), _items(left)
    if wanted is None or items is None:
        return False
    return not any(_equal(item, one) for item in items for one in wanted)


def _all(left: Any, right: Any) -> bool:
    """``all`` never gets to compare: 2.7 asks JSON for a list in a way that it refuses."""
    raise InvalidPath("Expected value list node")


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return right in left
    return isinstance(left, list) and any(_equal(right, item) for item in left)


def _size(left: Any, right: Any) -> bool:
    if not _is_number(right):
        return False
    length = len(left) if isinstance(left, list | str) else -1
    return length == int(right) and isinstance(left, list | dict | str)


def _empty(left: Any, right: Any) -> bool:
    if not isinstance(left, list | dict | str):
        return False
    if not isinstance(right, bool):
        raise InvalidPath("Expected boolean node")
    return (not left) is right


def _matches(left: Any, right: Any) -> bool:
    """``=~``: the whole text against the pattern on either side; of a list, any item."""
    if isinstance(left, Pattern) is isinstance(right, Pattern):
        return False
    pattern, value = (left, right) if isinstance(left, Pattern) else (right, left)
    items = value if isinstance(value, list) else [value]
    return any(pattern.fullmatch(_input(item)) is not None for item in items)


def _input(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _big_decimal_text(value) if _is_number(value) else ""


COMPARISONS: Mapping[str, Compare] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "===": lambda left, right: _same_kind(left, right) and _equal(left, right),
    "!==": lambda left, right: not (_same_kind(left, right) and _equal(left, right)),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "=~": _matches,
    "IN": _in,
    "NIN": _not_in,
    "SUBSETOF": _subset_of,
    "ANYOF": _any_of,
    "NONEOF": _none_of,
    "ALL": _all,
    "CONTAINS": _contains,
    "SIZE": _size,
    "EMPTY": _empty,
}
