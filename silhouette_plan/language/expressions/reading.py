"""Tokens to an expression of the plan graph."""

from __future__ import annotations

from functools import cache
from typing import Any

from lark import Lark, Transformer, UnexpectedToken

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.language.expressions.functions import FUNCTIONS, QUERIES, arity
from silhouette_plan.language.expressions.numbers import measured_value, spelled_value
from silhouette_plan.language.expressions.tagging import CONSTANTS, tag
from silhouette_plan.language.grammar import build, feed
from silhouette_plan.language.layout import lay_out
from silhouette_plan.language.lexing import scan
from silhouette_plan.language.problems import Mistake, Problems
from silhouette_plan.language.texts import text_of
from silhouette_plan.language.tokens import Source, Token
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
from silhouette_plan.plan.units import DURATIONS, PERIODS, SIZES, UnitError

_Children = list[Any]


class _ExpressionBuilder(Transformer[Token, Any]):
    """Builds the tree as the parser reduces."""

    def or_(self, c: _Children) -> Expression:
        return Binary("or", c[0], c[2])

    def and_(self, c: _Children) -> Expression:
        return Binary("and", c[0], c[2])

    def not_(self, c: _Children) -> Expression:
        return Unary("not", c[1])

    def minus(self, c: _Children) -> Expression:
        return Unary("-", c[1])

    def compare(self, c: _Children) -> Expression:
        return Binary(c[1].text, c[0], c[2])

    plus = times = among = compare

    def kind(self, c: _Children) -> Expression:
        return IsKind(c[0], c[-1].text, len(c) == 4)

    def range(self, c: _Children) -> Expression:
        return Range(c[0], c[2])

    def list(self, c: _Children) -> Expression:
        return ListOf(tuple(c[1:-1:2]))

    def call(self, c: _Children) -> Expression:
        name, arguments = c[0], tuple(c[2:-1:2])
        _check_call(name, len(arguments))
        return Call(name.text, arguments, name.span)

    def group(self, c: _Children) -> Any:
        return c[1]

    def name(self, c: _Children) -> Expression:
        return Name(c[0].text, c[0].span)

    def constant(self, c: _Children) -> Expression:
        return Literal(CONSTANTS[c[0].text], c[0].text)

    def number(self, c: _Children) -> Expression:
        return Literal(number_of(c[0]), c[0].text)

    def text(self, c: _Children) -> Expression:
        return TextLiteral(text_of(c[0]))

    def expression(self, c: _Children) -> Any:
        return c[0]


def _check_call(name: Token, count: int) -> None:
    allowed = arity(name.text)
    if allowed is None:
        known = [*QUERIES, *FUNCTIONS]
        raise Mistake("LP017", f"unknown function `{name.text}`", name, did_you_mean(name.text, known))
    least, most = allowed
    if not least <= count <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise Mistake("LP018", f"`{name.text}` takes {wanted} arguments, not {count}", name)


def number_of(token: Token) -> int | float:
    """The value of a number or quantity, perhaps with a ``-`` before it. Raises ``Mistake``."""
    text = token.text.removeprefix("-")
    try:
        value = spelled_value(text) if token.type == "NUMBER" else measured_value(text)
    except UnitError as error:
        raise unit_problem(token, error) from None
    return -value if token.text.startswith("-") else value


def unit_problem(token: Token, error: UnitError) -> Mistake:
    """What to say of a token whose unit is not known."""
    known = [*DURATIONS, *SIZES, "%", *(f"/{period}" for period in PERIODS)]
    hint = did_you_mean(error.unit, known) or "units are ms s m h d, B KB MB GB, %, /s /min /h"
    return Mistake("LP010", f'unknown unit "{error.unit}"' if error.unit else str(error), token, hint)


@cache
def _parser() -> Lark:
    return build("expression", _ExpressionBuilder())


def read_tokens(tokens: list[Token], begin: int, source: Source) -> tuple[Expression, int]:
    """The expression that begins at ``tokens[begin]``, and the index behind it. Raises ``Mistake``."""
    tagged, end = tag(tokens, begin, source)
    try:
        expression: Expression = feed(_parser(), tagged)
    except UnexpectedToken as error:
        raise _unexpected(error.token, tagged) from None
    return expression, end


def _unexpected(found: Any, tagged: list[Token]) -> Mistake:
    token = found if isinstance(found, Token) else tagged[-1]
    match token.type:
        case "COMPARE" | "IN" | "IS":
            return Mistake("LP011", "comparisons do not follow one another", token, "join them with `and`, or use ( )")
        case "DOTS":
            return Mistake("LP011", "a range stands only behind `in`", token)
        case "NOT":
            return Mistake(
                "LP011", "`not` stands before a whole comparison", token, "write `not x in …`, `not (a == b)`"
            )
    return Mistake("LP011", f"`{token.text}` cannot stand here", token)


def read_expression(text: str, file: str = "") -> tuple[Expression | None, tuple[Diagnostic, ...]]:
    """The expression that ``text`` is as a whole, or None with what is wrong with it."""
    problems = Problems(Source(text, file))
    tokens = [
        token for token in lay_out(scan(problems.source), problems) if token.type not in ("_SEP", "LBRACE", "RBRACE")
    ]
    expression: Expression | None = None
    try:
        expression, end = read_tokens(tokens, 0, problems.source)
        if end < len(tokens):
            raise Mistake("LP011", f"`{tokens[end].text}` stands where an operator must stand", tokens[end])
    except Mistake as mistake:
        problems.mistake(mistake)
    found = problems.finished()
    return (None if found else expression), found
