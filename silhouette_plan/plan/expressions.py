"""Expressions of the language: conditions, checks, records and computed values, as data.

They are part of the plan graph, so that every stage reads the same tree. Spans do not take part in equality.
"""

from __future__ import annotations

from dataclasses import field

from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span


@record
class Literal:
    """A number, truth value, null or (a list literal) tuple of expressions. ``source`` is the spelling (``1.5s``, ``4KB``).

    Durations are milliseconds, sizes bytes, percentages fractions of one.
    """

    value: float | int | bool | None
    source: str = field(default="", compare=False)


@record
class TextLiteral:
    """A template, live as everywhere."""

    text: str


@record
class Name:
    """A variable, or a part of the sample (``status``, ``time`` …) where the word names one."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Call:
    """A function or query: ``json('$.id')``, ``choose(a, b, c)``, ``var("odd name")``, ``__time("yyyy")``."""

    function: str
    arguments: tuple[Expression, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class ListOf:
    """``[a, b]``."""

    items: tuple[Expression, ...]


@record
class Range:
    """``low..high``, both ends inside."""

    low: Expression
    high: Expression


@record
class Unary:
    """``not x`` and ``-x``; ``operator`` is ``not`` or ``-``."""

    operator: str
    operand: Expression


@record
class Binary:
    """``operator`` is one of ``or and == != < <= > >= contains finds matches in + - * / %``."""

    operator: str
    left: Expression
    right: Expression


@record
class IsKind:
    """``x is [not] kind``; kinds are ``set null number text boolean array object empty``."""

    operand: Expression
    kind: str
    negated: bool = False


def mentions(expression: Expression, name: str) -> bool:
    """Whether ``expression`` reads the bare word ``name`` anywhere."""
    match expression:
        case Name(found):
            return found == name
        case Call(_, parts) | ListOf(parts):
            return any(mentions(part, name) for part in parts)
        case Range(low, high):
            return mentions(low, name) or mentions(high, name)
        case Unary(_, operand) | IsKind(operand):
            return mentions(operand, name)
        case Binary(_, left, right):
            return mentions(left, name) or mentions(right, name)
        case _:
            return False


Expression = Literal | TextLiteral | Name | Call | ListOf | Range | Unary | Binary | IsKind
