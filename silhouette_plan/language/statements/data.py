"""Data that advances by the iteration: files, counters, draws, values by the user."""

from __future__ import annotations

from typing import Any

from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Row,
    Value,
    Values,
    differing,
    flags,
)
from silhouette_plan.language.statements.sql import NAMES
from silhouette_plan.language.statements.values import NAME, NUMBER, PERCENT, TEXT, listed, ranged
from silhouette_plan.language.texts import spell
from silhouette_plan.language.tokens import TEXTS
from silhouette_plan.plan.configs import Counter, CsvDataSet, RandomChoice, RandomVariable, UserParameters

_SHARES = {"all": "shareMode.all", "group": "shareMode.group", "thread": "shareMode.thread"}


def _read_share(cursor: Cursor) -> str:
    return (
        cursor.text()
        if cursor.here.type in TEXTS
        else _SHARES.get(word := cursor.name("all, group, thread or a text"), word)
    )


def _show_share(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    return next((word for word, mode in _SHARES.items() if mode == text), spell(text))


# ---- draws


def _read_draw(cursor: Cursor) -> tuple[Any, ...]:
    following = cursor.peek(1)
    if cursor.here.type == "NUMBER" or (following is not None and following.text == ".."):
        low = NUMBER.read(cursor)
        cursor.need("..")
        return "range", low, NUMBER.read(cursor)
    return "choices", _CHOICES.read(cursor)


def _read_choice(cursor: Cursor) -> tuple[str, str]:
    return cursor.text(), PERCENT.read(cursor)


def _show_choice(pair: tuple[str, str]) -> str | None:
    percent = PERCENT.show(pair[1])
    return None if percent is None else f"{spell(pair[0])} {percent}"


_CHOICES = listed(Value("a text with its percentage", _read_choice, _show_choice), "texts with percentages")


def _show_draw(source: tuple[Any, ...]) -> str | None:
    if source[0] == "choices":
        return _CHOICES.show(source[1])
    low, high = NUMBER.show(source[1]), NUMBER.show(source[2])
    return None if low is None or high is None else f"{low}..{high}"


def _draw(values: Values) -> Built:
    source = values.pop("source")
    if source[0] == "choices":
        return RandomChoice, {**values, "choices": source[1]}
    return RandomVariable, {**values, "minimum": source[1], "maximum": source[2]}


def _of_draw(element: RandomVariable | RandomChoice) -> Values | None:
    common = {"variable": element.variable, **differing(element, "seed", "per_user")}
    if isinstance(element, RandomChoice):
        return {**common, "source": ("choices", element.choices)} if element.choices else None
    return {**common, **differing(element, "format"), "source": ("range", element.minimum, element.maximum)}


# ---- counters and user parameters


def _counter(values: Values) -> Built:
    low, high = values.pop("span", ("", None))
    return Counter, {**values, "start": low, "end": "" if high is None else high}


def _of_counter(element: Counter) -> Values:
    values = {
        "variable": element.variable,
        **differing(element, "step", "format", "per_user", "reset_each_iteration", step="1"),
    }
    if element.start or element.end:
        values["span"] = (element.start, element.end or None)
    return values


def _by_user(values: Values) -> Built:
    return UserParameters, {
        **values,
        "names": (values["names"],),
        "values": tuple((text,) for text in values["values"]),
    }


def _of_by_user(element: UserParameters) -> Values | None:
    if len(element.names) != 1 or not element.values or any(len(row) != 1 for row in element.values):
        return None
    return {
        "names": element.names[0],
        "values": tuple(row[0] for row in element.values),
        **differing(element, "per_iteration"),
    }


_EACH_ITERATION = Clause("each-iteration", "per_iteration")

ROWS = (
    Row(
        verb="csv",
        kinds=(CsvDataSet,),
        place=Place.SCOPED,
        operands=(Operand("file", TEXT),),
        clauses=(
            Clause("columns", "variables", NAMES),
            Clause("skip-header", "ignore_first_line"),
            Clause("delimiter", "delimiter", TEXT),
            Clause("encoding", "encoding", TEXT),
            *flags("quoted"),
            Clause("no-recycle", "recycle", constant=False),
            *flags("stop-at-end"),
            Clause("share", "share", Value("all, group, thread or a text", _read_share, _show_share)),
        ),
        jmeter="CSV Data Set Config",
        summary="A line of a file for each iteration; without `columns` its first line names them.",
        example='csv "data/users.csv" columns email, password skip-header share group',
    ),
    Row(
        verb="counter",
        kinds=(Counter,),
        place=Place.SCOPED,
        operands=(Operand("variable", NAME), Operand("span", ranged(NUMBER, "a range"), optional=True, sign="in")),
        clauses=(
            Clause("step", "step", NUMBER),
            Clause("by-user", "per_user"),
            *flags("reset-each-iteration"),
            Clause("format", "format", TEXT),
        ),
        defaults={"step": "1"},
        build=_counter,
        values_of=_of_counter,
        jmeter="Counter",
        summary="Counts iterations: of all users together, or `by-user`.",
        example='counter i in 1..100 step 2 by-user format "000"',
    ),
    Row(
        verb="draw",
        kinds=(RandomVariable, RandomChoice),
        place=Place.SCOPED,
        operands=(
            Operand("variable", NAME),
            Operand("source", Value("a range, or texts with percentages", _read_draw, _show_draw), sign="from"),
        ),
        clauses=(Clause("by-user", "per_user"), Clause("seed", "seed", NUMBER), Clause("format", "format", TEXT)),
        build=_draw,
        values_of=_of_draw,
        jmeter="Random Variable",
        summary="A number, or a text by weight, drawn once an iteration.",
        example='draw n from 1..100 by-user seed 7\ndraw color from "red" 70%, "blue" 30%',
    ),
    Row(
        verb="by-user",
        kinds=(UserParameters,),
        place=Place.SCOPED,
        operands=(Operand("names", NAME), Operand("values", listed(TEXT, "texts"), sign="=")),
        clauses=(_EACH_ITERATION,),
        build=_by_user,
        values_of=_of_by_user,
        jmeter="User Parameters",
        summary="A value for each user in turn.",
        example='by-user role = "admin", "guest"',
    ),
    Row(
        verb="by-users",
        kinds=(UserParameters,),
        place=Place.SCOPED,
        operands=(Operand("names", listed(NAME, "names")),),
        clauses=(_EACH_ITERATION,),
        lines=(
            Line(
                verb="row",
                operands=(Operand("row", listed(TEXT, "texts")),),
                into="values",
                make=lambda v: v["row"],
                unmake=lambda row: {"row": row},
                summary="The values of one user.",
            ),
        ),
        jmeter="User Parameters",
        summary="Several values for each user in turn.",
        example='by-users name, role {\n  row "ann", "admin"\n  row "bob", "guest"\n}',
    ),
)
"""Data."""
