"""What measures and judges: checks, records, objectives, monitors; and what acts around a sample."""

from __future__ import annotations

import re
from typing import Any

from silhouette_plan.language.expressions.printing import is_word, show_expression
from silhouette_plan.language.problems import Mistake
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Body, Built, Clause, Operand, Place, Row, Value, Values, differing
from silhouette_plan.language.statements.steps import METRIC_KIND
from silhouette_plan.language.statements.values import (
    DURATION,
    EXPRESSION,
    MILLISECONDS,
    NAME,
    NUMBER,
    TEXT,
    choice,
    ranged,
)
from silhouette_plan.language.texts import spell
from silhouette_plan.language.tokens import TEXTS, Token
from silhouette_plan.plan.expressions import Binary, Expression, Name
from silhouette_plan.plan.listeners import Monitor, Objectives, Threshold
from silhouette_plan.plan.processors import Check, DebugPostProcessor, Record, ResultAction, SampleTimeout

_WHEN = Clause("when", "when", EXPRESSION)

# ---- objectives

AGGREGATE = re.compile(r"min|avg|med|max|stddev|count|rate|growth|p[0-9]{1,2}(?:\.[0-9]+)?")
"""What a line of `slo` makes one number of many observations with."""

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def _read_judged(cursor: Cursor) -> tuple[str, str, str]:
    token = cursor.take_type("an aggregate such as `p95`", "WORD")
    if token.text == "throughput":
        return "throughput", "", _read_of(cursor)
    if not AGGREGATE.fullmatch(token.text):
        raise Mistake(
            "LP009",
            f"unknown aggregate `{token.text}`",
            token,
            "min avg med max stddev pNN count rate growth throughput",
        )
    cursor.need("(")
    metric = _read_label(cursor, "a metric")
    of = _read_of(cursor)
    cursor.need(")")
    return token.text, metric, of


def _read_of(cursor: Cursor) -> str:
    return _read_label(cursor, "a label, group or monitor") if cursor.take_word("of") else ""


def _read_label(cursor: Cursor, wanted: str) -> str:
    return cursor.text() if cursor.here.type in TEXTS else cursor.name(wanted)


def _show_judged(judged: tuple[str, str, str]) -> str | None:
    aggregate, metric, of = judged
    behind = f" of {_label(of)}" if of else ""
    if aggregate == "throughput":
        return None if metric else f"throughput{behind}"
    return f"{aggregate}({_label(metric)}{behind})" if AGGREGATE.fullmatch(aggregate) else None


def _label(text: str) -> str:
    return text if is_word(text) and text not in ("of", "var") else spell(text)


def _read_bound(cursor: Cursor) -> tuple[str, Expression]:
    sign = cursor.here
    if sign.text not in _COMPARISONS and not sign.is_word("in"):
        cursor.fail("a comparison")
    whole = Cursor([Token("WORD", "x", sign.start, sign.start), *cursor.tokens[cursor.index :]], cursor.source)
    compared = whole.expression()
    cursor.index += whole.index - 1
    match compared:
        case Binary(operator, Name("x"), value) if operator == sign.text:
            return operator, value
    raise Mistake("LP011", "one comparison is wanted here", sign)


def _show_bound(bound: tuple[str, Expression]) -> str | None:
    operator, value = bound
    return (
        show_expression(Binary(operator, Name("x"), value)).removeprefix("x ")
        if operator in (*_COMPARISONS, "in")
        else None
    )


def _threshold(values: Values) -> Built:
    aggregate, metric, of = values.pop("judged")
    comparison, value = values.pop("bound")
    return Threshold, {
        **values,
        "aggregate": aggregate,
        "metric": metric,
        "of": of,
        "comparison": comparison,
        "value": value,
    }


def _of_threshold(element: Threshold) -> Values:
    return {
        "judged": (element.aggregate, element.metric, element.of),
        "bound": (element.comparison, element.value),
        **differing(element, "during", "over", "action", "after"),
    }


THRESHOLD = Row(
    verb="",
    kinds=(Threshold,),
    place=Place.ANYWHERE,
    operands=(
        Operand("judged", Value("a measure such as `p95(time)`", _read_judged, _show_judged)),
        Operand("bound", Value("a comparison", _read_bound, _show_bound)),
    ),
    clauses=(
        Clause("during", "during", ranged(DURATION, "a range of durations")),
        Clause("over", "over", DURATION),
        Clause("warn", "action", constant="warn"),
        Clause("abort", "action", constant="abort"),
        Clause("after", "after", DURATION),
    ),
    build=_threshold,
    values_of=_of_threshold,
    summary="`AGG(METRIC [of WHAT]) CMP VALUE`: a bound on what was measured. `over` judges every window of that length.",
    example='slo {\n  p95(time of "Login") < 1s\n  rate(limited) in 10%..50% during 5m..10m\n  throughput > 1000/s over 10s warn\n  rate(failed) < 2% abort after 30s\n}',
)
"""A line of `slo`; it has no verb."""

# ---- monitors


def _monitor(values: Values) -> Built:
    for by in ("process", "pid", "command"):
        if by in values:
            values |= {"by": by, "target": values.pop(by)}
    return Monitor, values


def _of_monitor(element: Monitor) -> Values:
    return {element.by: element.target, **differing(element, "every", "with_children", "duration")}


_ACTIONS = {
    "continue": 0,
    "stop-thread": 1,
    "stop-test": 2,
    "stop-now": 3,
    "next-loop": 4,
    "next-iteration": 5,
    "break": 6,
}


def _record_name(values: Values) -> str:
    return f"record {values['kind']} {values['metric']} = {EXPRESSION.show(values['value'])}"


def _row(verb: str, kind: Any, jmeter: str, summary: str, example: str, **more: Any) -> Row:
    return Row(verb=verb, kinds=(kind,), place=Place.SCOPED, jmeter=jmeter, summary=summary, example=example, **more)


ROWS = (
    _row(
        "check",
        Check,
        "JSR223 PostProcessor",
        "Counts how often an expression held; never fails the sample.",
        "check status == 201\ncheck json('$.data') is array as \"has data\" when status == 200",
        operands=(Operand("condition", EXPRESSION),),
        clauses=(_WHEN,),
        default_name=lambda values: EXPRESSION.show(values["condition"]) or "check",
    ),
    _row(
        "record",
        Record,
        "JSR223 PostProcessor",
        "An observation of a metric after each sample.",
        "record trend response_time = time\nrecord rate errors = not passed when status != 429",
        operands=(Operand("kind", METRIC_KIND), Operand("metric", NAME), Operand("value", EXPRESSION, sign="=")),
        clauses=(_WHEN,),
        default_name=_record_name,
    ),
    Row(
        verb="slo",
        kinds=(Objectives,),
        place=Place.PLAN,
        body=Body.STEPS,
        jmeter="none",
        summary="What the run is judged by, a line each; it passes when all hold.",
        example="slo {\n  p95(time) < 1s\n  rate(failed) < 2% abort after 30s\n  rate(sessions) > 95% over 1m warn\n}",
    ),
    Row(
        verb="monitor",
        kinds=(Monitor,),
        place=Place.ANYWHERE,
        title="name",
        operands=(Operand("name", TEXT),),
        clauses=(
            Clause("process", "process", TEXT),
            Clause("pid", "pid", NUMBER),
            Clause("command", "command", TEXT),
            Clause("every", "every", DURATION),
            Clause("children", "with_children"),
            Clause("for", "duration", DURATION),
        ),
        build=_monitor,
        values_of=_of_monitor,
        jmeter="none",
        summary="Measures a process while the test runs; `slo` judges. Not built yet: a run says so and goes on without.",
        example='monitor "node" process "node" every 1s children',
    ),
    _row(
        "sample-timeout",
        SampleTimeout,
        "Sample Timeout",
        "Interrupts a sample that takes longer.",
        "sample-timeout 5s",
        operands=(Operand("timeout", MILLISECONDS),),
    ),
    _row(
        "on-failure",
        ResultAction,
        "Result Status Action Handler",
        "What a user does when a sample fails.",
        "on-failure next-loop",
        operands=(Operand("action", choice("an action", _ACTIONS)),),
    ),
    _row(
        "after debug",
        DebugPostProcessor,
        "Debug PostProcessor",
        "Adds a sub-sample that lists what was known.",
        "after debug properties no-sampler",
        clauses=(
            Clause("properties", "show_properties"),
            Clause("no-variables", "show_variables", constant=False),
            Clause("no-sampler", "show_sampler", constant=False),
            Clause("system", "show_system"),
        ),
    ),
)
"""Measures."""
