"""Conditions of If and While."""

from __future__ import annotations

from typing import Any

import pytest

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.values.conditions import LAST_SAMPLE_OK, compile_if, compile_while
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.template import ValueFault

VARIABLES = {"a": "x", "n": "3", "quote": '"', "path": "a\\b", "zero": "010", "words": "a b"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [("true", True), ("TRUE", True), (" true ", True), ("false", False), ("1", False), ("", False),
     ("${undefined}", False), ("${__jexl3(1==1,)}", True), ("${__jexl3(foo == null)}", False),
     ('${__jexl3("${a}" == "x")}', True), ('${__jexl3("${a}" == "y")}', False), ("${__jexl3(${n} > 2 && ${n} < 4)}", True)],
)  # fmt: skip
def test_if_as_an_expression(text: str, holds: bool, make_user: Any) -> None:
    assert compile_if(text, True, ValueContext())(make_user(VARIABLES)) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [('"${a}"=="x"', True), ("${n} > 2", True), ('${n}>2 && "${a}"!="y"', True), ('"${undef}" == "\\${undef}"', True),
     ("true", True), ('${n} == "3"', True), ('"abc".length == 3', True), ("${undef}==1", False), ("1", False),
     ('"true"', True), ('"TRUE"', False), ("undefined", False), ("vars.get('a') == 'x'", False), ('"${quote}" == "x"', False),
     ('"${path}" == "ab"', False), ('"${path}" == "a\\\\b"', True), ("${zero} == 8", True), ("${words} == 1", False),
     ('  "${a}" == "x"  ', True), ("'${words}'.split(' ').length == 2", True), ("!${undef}", False), ("${n}0 == 30", True),
     ("-${n} == -3", True), ('"${a}${n}" == "x3"', True), ('"${a}".contains("x")', False), ("", False)],
)  # fmt: skip
def test_if_as_javascript(text: str, holds: bool, make_user: Any) -> None:
    assert compile_if(text, False, ValueContext())(make_user(VARIABLES)) is holds


@pytest.mark.parametrize("text", ["java.lang.Math.abs(1) == 1", "eval('1') == 1", "try { true } catch (e) { false }"])
def test_what_javascript_has_and_we_have_not_is_no_false(text: str, make_user: Any) -> None:
    with pytest.raises(ValueFault):
        compile_if(text, False, ValueContext())(make_user())


def test_syntax_that_is_not_supported_is_told_when_compiled() -> None:
    reported: list[Diagnostic] = []
    context = ValueContext(report=reported.append)
    compile_if('switch ("${a}") { }', False, context)
    compile_if('"x" ==', False, context)
    compile_if('"${a}" == "b"', False, context)
    found = [(problem.code, problem.severity) for problem in reported]
    assert found == [("VL004", Severity.ERROR), ("VL004", Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "ok", "on_entry", "at_end"),
    [("", "true", True, True), ("", "false", True, False), ("LAST", "false", False, False), ("last", "true", True, True),
     ("false", "true", False, False), (" FALSE ", "true", False, False), ("0", "true", True, True), ("${undef}", "false", True, True),
     ("${__jexl3(foo)}", "false", True, False), ("${n} > 5", "true", True, True)],
)  # fmt: skip
def test_while(text: str, ok: str, on_entry: bool, at_end: bool, make_user: Any) -> None:
    goes_on = compile_while(text, ValueContext())
    user = make_user({**VARIABLES, LAST_SAMPLE_OK: ok})
    assert (goes_on(user, False), goes_on(user, True)) == (on_entry, at_end)


def test_each_reference_is_evaluated_once(make_user: Any) -> None:
    holds = compile_if('"${__counter(TRUE)}" == "1" && "${quote}" != ""', False, ValueContext())
    user = make_user(VARIABLES)
    assert holds(user) is False, "the quote breaks the source"
    assert compile_if("${__counter(TRUE)} == 1", False, ValueContext())(user) is True
