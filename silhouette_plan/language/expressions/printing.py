"""An expression to text: the fewest brackets, literals as their source spelled them."""

from __future__ import annotations

import re

from silhouette_plan.language.expressions.numbers import measured_value, spelled_value
from silhouette_plan.language.expressions.tagging import CONSTANTS
from silhouette_plan.language.texts import spell
from silhouette_plan.plan.expressions import (
    Binary,
    Call,
    Expression,
    IsKind,
    ListOf,
    Literal,
    Name,
    Range,
    TextLiteral,
    Unary,
)
from silhouette_plan.plan.units import UnitError

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _VALUE = range(8)

_LEVELS = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "%": _PRODUCT}
"""How tightly an operator binds; all others compare."""

_WORD = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_TAKEN = frozenset({*CONSTANTS, "and", "or", "not"})


def is_word(text: str) -> bool:
    """Whether ``text`` is one word of the language that may stand for a name."""
    return _WORD.fullmatch(text) is not None and text not in _TAKEN


def spell_name(name: str) -> str:
    """A variable's name where only a name can stand: the word, or ``var("odd name")``."""
    return name if is_word(name) else f"var({spell(name)})"


def show_expression(expression: Expression) -> str:
    """The expression as text that reads back the same."""
    return _show(expression, _OR)


def _show(expression: Expression, level: int) -> str:
    """Text that may stand where ``level`` or tighter is wanted."""
    text, own = _spelled(expression)
    return text if own >= level else f"({text})"


def _spelled(expression: Expression) -> tuple[str, int]:
    match expression:
        case Literal():
            return spell_literal(expression), _VALUE
        case TextLiteral(text):
            return spell(text), _VALUE
        case Name(name):
            return spell_name(name), _VALUE
        case Call(function, arguments):
            return f"{function}({', '.join(show_expression(a) for a in arguments)})", _VALUE
        case ListOf(items):
            return f"[{', '.join(show_expression(item) for item in items)}]", _VALUE
        case Range(low, high):
            return f"{_show(low, _SUM)}..{_show(high, _SUM)}", _COMPARE
        case Unary("not", operand):
            return f"not {_show(operand, _NOT)}", _NOT
        case Unary(_, Literal() as number):
            return f"-({spell_literal(number)})", _UNARY
        case Unary(_, operand):
            return f"-{_show(operand, _UNARY)}", _UNARY
        case IsKind(operand, kind, negated):
            return f"{_show(operand, _SUM)} is {'not ' if negated else ''}{kind}", _COMPARE
        case Binary("in", left, Range() as right):
            return f"{_show(left, _SUM)} in {_spelled(right)[0]}", _COMPARE
        case Binary(operator, left, right):
            own = _LEVELS.get(operator, _COMPARE)
            loosest = own + 1 if own == _COMPARE else own
            return f"{_show(left, loosest)} {operator} {_show(right, own + 1)}", own
    raise AssertionError(expression)


def spell_literal(literal: Literal) -> str:
    """A literal as its source spelled it, if that still says its value."""
    if literal.source and _value_of(literal.source) == literal.value:
        return literal.source
    if literal.value is None:
        return "null"
    if isinstance(literal.value, bool):
        return "true" if literal.value else "false"
    return repr(literal.value)


def _value_of(source: str) -> float | int | bool | str | None:
    """The value that a spelling reads as; the spelling itself if it reads as none."""
    if source in CONSTANTS:
        return CONSTANTS[source]
    bare = source.removeprefix("-")
    try:
        value = spelled_value(bare) if _NUMBER.fullmatch(bare) else measured_value(bare)
    except (UnitError, OverflowError):
        return source
    return -value if source.startswith("-") else value
