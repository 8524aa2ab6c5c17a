"""Expressions of the language: the table of coercions, line by line, and what they may call."""

from __future__ import annotations

from typing import Any

import pytest

from silhouette_plan.diagnostics import Diagnostic
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
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.coercion import NULL, is_true, text_of
from silhouette_plan.values.context import EvaluateWithSample, ValueContext
from silhouette_plan.values.expressions import compile_expression
from silhouette_plan.values.template import ValueFault

UNSET = None
DOCUMENT = {"id": 5, "text": "5", "none": None, "list": [1, "b"], "object": {"a": 1}, "yes": True, "empty": ""}


def json_member(arguments: tuple[EvaluateWithSample, ...], context: ValueContext) -> EvaluateWithSample:
    """A query of a document: its member, null as null, unset where there is none."""

    def evaluate(user: Any, sample: Sample | None) -> object:
        name = text_of(arguments[0](user, sample))
        if name not in DOCUMENT:
            return None
        return NULL if DOCUMENT[name] is None else DOCUMENT[name]

    return evaluate


def T(text: str) -> TextLiteral:
    return TextLiteral(text)


def N(number: float | bool | None) -> Literal:
    return Literal(number)


def J(name: str) -> Call:
    return Call("json", (T(name),))


V = Name
VARIABLES = {
    "five": "5",
    "pad": "05",
    "half": "2.5",
    "word": "abc",
    "blank": "",
    "no": "false",
    "yes": "true",
    "ms": "500ms",
}

COERCION: list[tuple[Expression, str, Expression, object]] = [
    # numbers where both sides read as numbers
    (V("five"), "==", N(5), True), (V("pad"), "==", N(5), True), (V("half"), "==", N(2.5), True),
    (T("5"), "==", T("5.0"), True), (V("five"), "<", N(10), True), (T("10"), "<", T("9"), False),
    (T("1e3"), "==", N(1000), True), (V("five"), "==", T("5 "), False), (J("id"), "==", T("5"), True),
    (J("text"), "==", N(5), True), (N(500), "<", N(1500), True),
    # else text
    (V("word"), "==", T("abc"), True), (V("word"), "<", T("abd"), True), (V("word"), ">", N(5), True),
    (N(True), "==", T("true"), True), (J("yes"), "==", N(True), True), (N(True), "==", N(1), False),
    (J("list"), "==", T('[1,"b"]'), True), (J("object"), "==", J("object"), True), (V("ms"), "<", N(600), True),
    # unset
    (V("nope"), "==", T(""), True), (V("nope"), "!=", T("x"), True), (V("nope"), "<", N(5), UNSET),
    (V("nope"), ">=", N(0), UNSET), (V("nope"), "contains", T(""), UNSET), (V("nope"), "finds", T(".*"), UNSET),
    (V("nope"), "+", N(1), UNSET), (J("none"), "==", N(None), True), (J("none"), "<", N(1), UNSET),
    (V("nope"), "in", ListOf((T(""),)), UNSET), (V("nope"), "==", N(None), True),
    # membership
    (V("five"), "in", ListOf((N(4), N(5))), True), (V("five"), "in", Range(N(1), N(5)), True),
    (V("word"), "in", ListOf((N(4), T("abc"))), True), (N(6), "in", Range(N(1), N(5)), False),
    (T("a"), "in", J("object"), True), (T("b"), "in", J("list"), True), (V("five"), "in", N(5), True),
    # text inside, patterns
    (V("word"), "contains", T("bc"), True), (V("word"), "contains", T("b."), False), (V("word"), "finds", T("b."), True),
    (V("word"), "matches", T("b."), False), (V("word"), "matches", T("a.c"), True), (J("list"), "contains", T("b"), True),
    (N(2.0), "contains", T("."), False),
    # arithmetic
    (V("five"), "+", N(1), 6), (V("five"), "+", T("1"), 6), (V("word"), "+", N(1), "abc1"), (N(7), "/", N(2), 3.5),
    (N(6), "/", N(2), 3), (N(1), "/", N(0), UNSET), (N(7), "%", N(3), 1), (N(-7), "%", N(3), -1), (N(7), "%", N(0), UNSET),
    (V("half"), "*", N(2), 5.0), (V("five"), "-", N(1), 4), (T("a"), "+", T("b"), "ab"), (N(5.5), "%", N(2), 1.5),
    # and, or
    (V("no"), "or", V("yes"), True), (V("nope"), "and", V("yes"), False), (V("word"), "and", N(1), True),
    (V("blank"), "or", N(0), False),
]  # fmt: skip


@pytest.mark.parametrize(("left", "operator", "right", "expected"), COERCION)
def test_coercion(left: Expression, operator: str, right: Expression, expected: object, make_user: Any) -> None:
    context = ValueContext(queries={"json": json_member})
    value = compile_expression(Binary(operator, left, right), context)(make_user(VARIABLES), None)
    assert value == expected
    assert type(value) is type(expected)


KINDS = [
    (V("five"), "set number text"), (V("word"), "set text"), (V("blank"), "text empty"), (V("nope"), "empty"),
    (V("yes"), "set text boolean"), (J("id"), "set number"), (J("text"), "set text"), (J("none"), "null empty"),
    (J("list"), "set array"), (J("object"), "set object"), (J("yes"), "set boolean"), (J("empty"), "set text empty"),
    (J("nope"), "empty"), (Name("time"), "set number"), (Call("var", (T("blank"),)), "text empty"),
]  # fmt: skip


@pytest.mark.parametrize(("operand", "kinds"), KINDS)
def test_kinds(operand: Expression, kinds: str, make_user: Any) -> None:
    context, user = ValueContext(queries={"json": json_member}), make_user(VARIABLES)
    for kind in ["set", "null", "number", "text", "boolean", "array", "object", "empty"]:
        assert compile_expression(IsKind(operand, kind), context)(user, None) is (kind in kinds.split()), kind
        assert compile_expression(IsKind(operand, kind, negated=True), context)(user, None) is (
            kind not in kinds.split()
        )


@pytest.mark.parametrize("value", [None, "", NULL, 0, 0.0, False, "false", "FALSE", float("nan")])
def test_false_values(value: object) -> None:
    assert not is_true(value)


@pytest.mark.parametrize("value", ["0", "no", 1, -0.5, True, [], {}])
def test_true_values(value: object) -> None:
    assert is_true(value)


def test_text_of_values() -> None:
    shown = [text_of(value) for value in (3, 3.0, 0.5, True, None, NULL, [1, None, "é"], {"a": NULL})]
    assert shown == ["3", "3", "0.5", "true", "", "", '[1,null,"é"]', '{"a":null}']


def test_parts_of_the_sample_and_the_user(make_user: Any) -> None:
    user = make_user(VARIABLES)
    sample = Sample("x", 0)
    sample.code, sample.elapsed, sample.received, sample.success = "404", 120, 900, False
    sample.text, sample.checks = "&lt;b&gt;", [("a", True), ("b", False)]
    given = {name: compile_expression(Name(name), ValueContext())(user, sample) for name in
             ("status", "time", "size", "ok", "body", "unescaped", "passed", "url", "user", "thread", "iteration")}  # fmt: skip
    assert given == {"status": "404", "time": 120, "size": 900, "ok": False, "body": "&lt;b&gt;", "unescaped": "<b>",
                     "passed": False, "url": "", "user": 1, "thread": 1, "iteration": 1}  # fmt: skip
    assert compile_expression(Binary("==", Name("status"), N(200)), ValueContext())(user, None) is True
    user.previous = None
    assert compile_expression(Name("status"), ValueContext())(user, None) is None
    assert compile_expression(Name("passed"), ValueContext())(make_user(), None) is None


def test_functions(make_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILPLAN_TEST", "from outside")
    user = make_user(VARIABLES)
    user.run.properties["p"] = "P"

    def value(function: str, *arguments: Expression) -> object:
        return compile_expression(Call(function, arguments), ValueContext())(user, None)

    assert value("choose", V("yes"), T("a"), Call("nope", ())) == "a"
    assert (value("var", T("five")), value("prop", T("p")), value("prop", T("q"), T("d"))) == ("5", "P", "d")
    assert (value("env", T("SILPLAN_TEST")), value("env", T("SILPLAN_NONE"), N(1))) == ("from outside", 1)
    assert (value("len", V("word")), value("md5", T("a"))) == (3, "0cc175b9c0f1b6a831c399e269772661")
    assert value("random", N(4), N(4)) == 4
    assert len(str(value("uuid"))) == 36
    assert isinstance(value("now"), int)
    with pytest.raises(ValueFault):
        value("random", T("a"), N(1))
    with pytest.raises(ValueFault, match="no number"):
        compile_expression(Binary("-", T("a"), N(1)), ValueContext())(user, None)


def test_functions_of_jmeter_take_expressions(make_user: Any) -> None:
    user = make_user(VARIABLES)
    total = Call("__intSum", (V("five"), Name("time"), N(1)))
    sample = Sample("x", 0)
    sample.elapsed = 10
    evaluate = compile_expression(total, ValueContext())
    assert (evaluate(user, sample), evaluate(user, None)) == ("16", "6")
    stored = Call("__changeCase", (TextLiteral("${word}"), T("UPPER"), T("up")))
    assert compile_expression(stored, ValueContext())(user, None) == "ABC"
    assert user.variables["up"] == "ABC"


@pytest.mark.parametrize(
    ("expression", "message"),
    [(Call("chose", ()), "did you mean `choose`?"), (Call("len", ()), "takes 1 to 1"), (Call("__threadNum", (T("x"),)), "takes 0"),
     (Binary("finds", Name("body"), T("(")), "bad pattern"), (Call("__groovy", (T("1"),)), "not supported"),
     (Name("document"), "not supported"), (Range(N(1), N(2)), "after `in`")],
)  # fmt: skip
def test_what_cannot_be_compiled_is_reported(expression: Expression, message: str, make_user: Any) -> None:
    reported: list[Diagnostic] = []
    value = compile_expression(expression, ValueContext(report=reported.append))
    assert len(reported) == 1
    assert message in reported[0].message + reported[0].hint
    assert value(make_user(), None) is None


def test_not_and_minus(make_user: Any) -> None:
    user = make_user(VARIABLES)
    assert compile_expression(Unary("not", Binary("<", V("nope"), N(1))), ValueContext())(user, None) is True
    assert compile_expression(Unary("-", V("five")), ValueContext())(user, None) == -5
