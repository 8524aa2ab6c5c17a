"""Templates: the tables of tricky inputs, laws, diagnostics."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import Evaluate, Function, Occurrence, ValueContext
from silhouette_plan.values.functions import FUNCTIONS, WITH_PLUGINS
from silhouette_plan.values.parser import Call, Plain, TemplateFault, Variable, parse
from silhouette_plan.values.template import ValueFault

VARIABLES = {"a": "A", "b": "B", "n": "2", "x_2": "X2", "e": "${a}", "sp ace": "S", " a ": "spaced", "": "EMPTY"}


def show_parameters(occurrence: Occurrence) -> Evaluate:
    """The stand-in ``__t``: each parameter in brackets."""
    parameters = [parameter.evaluate for parameter in occurrence.parameters]
    return lambda user: "<" + "".join(f"[{parameter(user)}]" for parameter in parameters) + ">"


WITH_STAND_IN = {**FUNCTIONS, "__t": Function(0, None, show_parameters)}

TRICKY = [
    ("${a}${b}", "AB"), ("$${a}", "$A"), ("$a", "$a"), ("${undef}", "${undef}"), ("${ a }", "spaced"),
    ("${ a}", "${ a}"), ("${sp ace}", "S"), ("${}", "EMPTY"), ("${e}", "${a}"), ("${a", "${a"), ("x${a", "xa"),
    ("a${", "a"), ("x${a${b}", "x${a${b}"), ("${x_${n}}", "${x_${n}}"), ("${__V(x_${n})}", "X2"),
    ("${__V(zz)}", "zz"), ("${__V(zz,d)}", "d"), ("${__V(zz,)}", ""), (r"\${a}", r"\${a}"), (r"\${a} ${b}", "${a} B"),
    (r"\\${a}", r"\A"), (r"a\,b", r"a\,b"), (r"a\,b${a}", "a,bA"), (r"a\nb${a}", r"a\nbA"), (r"a\\b", r"a\\b"),
    (r"a\\b${a}", r"a\bA"), ("${a}trail\\", "Atrail\\"), (r"$\{a}", r"$\{a}"), ("{${a}}", "{A}"),
    ("${__eval(${e})}", "A"), (r"${__eval(\${a})}", "A"),
    ("${__t}", "<>"), ("${__t()}", "<>"), ("${ __t() }", "<>"), ("${__t() }", "<>"), ("${__t(a) }", "<[a]>"),
    ("${__t ()}", "${__t ()}"), ("${ __t }", "${ __t }"), ("${__t( )}", "<[ ]>"), ("${__t(a , b )}", "<[a ][ b ]>"),
    (r"${__t(a\,b)}", "<[a,b]>"), ('${__t("a,b")}', '<["a][b"]>'), ("${__t(f(1,2))}", "<[f(1][2)]>"),
    (r"${__t(f(1\,2))}", "<[f(1,2)]>"), ("${__t((a)b)}", "<[(a)b]>"), (r"${__t(a\)b)}", r"<[a\)b]>"),
    ("${__t(,)}", "<[][]>"), ("${__t(a,)}", "<[a][]>"), ("${__t(${__t(1,2)},3)}", "<[<[1][2]>][3]>"),
    (r"${__t(${__t(1\,2)})}", "<[<[1,2]>]>"), (r"${__t(\${a})}", "<[${a}]>"), (r"${__t(\\)}", "<[\\]>"),
    (r"${__t(a\\,b)}", "<[a\\][b]>"), ("${__t(x=${a}&y=(${b}))}", "<[x=A&y=(B)]>"), ("${__t({x})}", "<[{x}]>"),
    ("${__t(a}b)}", "<[a}b]>"), ("${__t($)}", "<[$]>"), ("${__t($a)}", "<[$a]>"), ("${__t(a\nb)}", "<[a\nb]>"),
    ("${__nofunc(${a})}", "${__nofunc(${a})}"), ('${vars.get("a")}', '${vars.get("a")}'),
    (r"${x.replaceAll('\\s','')}", r"${x.replaceAll('\s','')}"), ("${__T(a)}", "${__T(a)}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRICKY)
def test_tricky_inputs(text: str, expected: str, make_user: Any) -> None:
    template = compile_template(text, ValueContext(functions=WITH_STAND_IN))
    assert template.evaluate(make_user(VARIABLES)) == expected


def test_a_variable_may_hold_a_brace(make_user: Any) -> None:
    template = compile_template(r"${a\}b}", ValueContext())
    assert template.evaluate(make_user({"a}b": "found"})) == "found"


@pytest.mark.parametrize("text", ["${__t(a)b)}", "${__t(a)", "${__t(a", "${__t(a) x}", "x${__t(${__t(})}"])
def test_what_is_no_template_stays_text_and_is_reported(text: str, make_user: Any) -> None:
    reported: list[Diagnostic] = []
    template = compile_template(text, ValueContext(functions=WITH_STAND_IN, report=reported.append))
    assert template.constant == text
    assert [problem.code for problem in reported] == ["VL001"]


def test_a_wrong_number_of_parameters_stays_text(make_user: Any) -> None:
    reported: list[Diagnostic] = []
    text = "${__Random(1)}"
    assert compile_template(text, ValueContext(report=reported.append)).constant == text
    text = "x ${__Random(${__threadNum(1)},2)}"
    assert compile_template(text, ValueContext(report=reported.append)).constant == text
    assert reported[0].severity is Severity.WARNING
    assert "__threadNum takes 0 parameters, not 1" in reported[1].message


@pytest.mark.parametrize("function", ["__groovy", "__BeanShell"])
def test_known_functions_that_cannot_run_are_refused_by_name(function: str) -> None:
    reported: list[Diagnostic] = []
    compile_template(f"${{{function}(1+1)}}", ValueContext(report=reported.append))
    assert [(problem.code, problem.severity) for problem in reported] == [("VL002", Severity.ERROR)]
    assert function in reported[0].message


def test_functions_of_plugins_are_text_unless_a_run_knows_them(make_user: Any) -> None:
    reported: list[Diagnostic] = []
    text = "${__base64Encode(x)}"
    assert compile_template(text, ValueContext(report=reported.append)).evaluate(make_user()) == text
    assert [problem.code for problem in reported] == ["VL008"]
    known = ValueContext(properties={"silplan.plugin_functions": "true"})
    assert compile_template(text, known).evaluate(make_user()) == "eA=="


def test_objects_in_variables_show_as_java_shows_them(make_user: Any) -> None:
    user = make_user({"t": True, "n": 3, "f": 1e10, "none": None})
    shown = compile_template("${t} ${n} ${f} ${none}", ValueContext()).evaluate(user)
    assert shown == "true 3 1.0E10 ${none}"
    assert compile_template("${f}", ValueContext()).evaluate(user) == "1.0E10"


def test_a_percent_sign_is_text(make_user: Any) -> None:
    assert compile_template("100%s ${a} %d${a}", ValueContext()).evaluate(make_user({"a": "A"})) == "100%s A %dA"


def test_parameters_are_templates_of_their_own() -> None:
    plain, variable, _, call = parse("a ${b} ${__V(x_${n},\\${z})}", FUNCTIONS).pieces
    assert (plain, variable) == (Plain("a "), Variable("b"))
    assert isinstance(call, Call)
    assert [(parameter.source, parameter.live) for parameter in call.parameters] == [
        ("x_${n}", True),
        ("\\${z}", False),
    ]


PIECES = st.sampled_from([*"ab$\\{},() é\n", "${", "${__V(", "${__intSum(1,", "${__time(", ")}", "}"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_parsing_raises_nothing_but_its_own_error(text: str) -> None:
    try:
        parsed = parse(text, WITH_PLUGINS)
    except TemplateFault:
        return
    assert parsed.source == text
    for piece in parsed.pieces:
        assert not isinstance(piece, Call) or all(parameter.source in text for parameter in piece.parameters)


@given(st.text().filter(lambda text: "${" not in text))
def test_text_without_references_is_itself(text: str) -> None:
    assert compile_template(text, ValueContext()).constant == text


@given(st.text(alphabet="ab$,\\{}() é"))
def test_escaped_text_beside_a_reference_comes_back(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("$", "\\$").replace(",", "\\,")
    parsed = parse(f"{escaped}${{a}}", FUNCTIONS)
    assert parsed.literal == text
    assert len(parsed.pieces) == (2 if text else 1)


def test_deep_nesting_is_refused_not_a_crash() -> None:
    deep = "${__V(" * 5000 + ")}" * 5000
    reported: list[Diagnostic] = []
    assert compile_template(deep, ValueContext(report=reported.append)).constant == deep
    assert len(reported) == 1


def test_eval_of_text_that_is_no_template_is_empty(make_user: Any) -> None:
    user = make_user({"bad": "${__V(", "wrong": "${__Random(1)}"})
    assert compile_template("[${__eval(${bad})}${__evalVar(wrong)}]", ValueContext()).evaluate(user) == "[]"


def test_faults_carry_the_function(make_user: Any) -> None:
    with pytest.raises(ValueFault, match="__intSum"):
        compile_template("${__intSum(x,1)}", ValueContext()).evaluate(make_user())
