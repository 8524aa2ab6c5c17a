"""Variables, refusals, warnings."""

from __future__ import annotations

import pytest

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.compile.codes import CODES
from silhouette_plan.compile.controllers import CONTROLLERS
from silhouette_plan.compile.groups import GROUPS
from silhouette_plan.diagnostics import Severity
from silhouette_plan.engine.controllers import _STATES
from silhouette_plan.engine.groups import DRIVERS
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan import groups as g
from silhouette_plan.plan import listeners as ls
from silhouette_plan.plan.base import Controller, Group
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Argument, Foreign, Parameter, TestPlan, UserVariables
from silhouette_plan.program import controllers as specs
from silhouette_plan.program import groups as group_specs


def s(name: str = "s") -> JavaRequest:
    return JavaRequest(name=name, class_name="x.JavaTest")


def result_of(*children, steps=(), variables=(), **options):
    group = g.ThreadGroup(name="G", users="1", children=(*steps, s()))
    return compile_plan(TestPlan(name="P", variables=variables, children=(*children, group)), CompileOptions(**options))


def test_variables_see_what_stands_before_their_element_and_not_each_other():
    first = UserVariables(variables=(Argument("b", "b sees ${a}"), Argument("c", "c sees ${b}"), Argument("b", "late")))
    second = UserVariables(variables=(Argument("a", "later"), Argument("d", "${c} ${a}")))
    below = c.SimpleController(children=(UserVariables(variables=(Argument("e", "${d}"),)),))
    program = result_of(first, second, steps=(below,), variables=(Argument("a", "1"), Argument("x", "${a}"))).program
    assert program.variables == {
        "a": "later",
        "x": "${a}",
        "b": "b sees 1",
        "c": "c sees ${b}",
        "d": "c sees ${b} 1",
        "e": "c sees ${b} 1",
    }


def test_parameters_come_from_property_environment_default():
    parameters = [Parameter(name=name, default="d", environment="X") for name in ("given", "env")]
    parameters.append(Parameter(name="neither", default="${given}!"))
    program = result_of(*parameters, properties={"given": " p "}, environment={"X": "e"}).program
    assert program.variables == {"given": "p", "env": "e", "neither": "p!"}


def test_functions_in_variables_are_evaluated_once_and_keep_what_they_set():
    variables = (Argument("r", "${__Random(1,1000000)}"), Argument("p", "${__setProperty(k,v,)}"))
    one, two = (result_of(variables=variables, seed=seed).program for seed in (1, 2))
    assert one.variables["r"] != two.variables["r"]
    assert one.properties["k"] == "v"


def test_what_is_not_supported_is_refused_by_name_and_line():
    foreign = Foreign(name="Mine", tag="com.example.Thing", span=Span("p.jmx", 12))
    result = result_of(steps=(foreign,))
    (found,) = result.diagnostics
    assert (result.program, found.code, found.span.line) == (None, "CP001", 12)
    assert "com.example.Thing “Mine”" in found.message


def test_or_left_out_where_that_is_allowed():
    foreign = Foreign(name="Mine", tag="com.example.Thing")
    result = result_of(steps=(foreign, c.HoldConnection(name="Par")), allow_unsupported=True)
    assert [found.severity for found in result.diagnostics] == [Severity.WARNING] * 2
    assert [child.node.name for child in result.program.groups[0].body.children] == ["s"]


def test_all_problems_are_reported_together():
    result = result_of(Foreign(name="A", tag="A"), steps=(Foreign(name="B", tag="B"), c.IncludeController(file="gone")))
    assert [found.code for found in result.diagnostics] == ["CP004", "CP001", "CP001"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"users": "many"}, "users is `many`"),
        ({"users": "${n}"}, "users is `3 of them`"),
        ({"ramp_up": "1.5"}, "ramp-up is `1.5`"),
        ({"scheduler": True, "duration": "10", "delay": "x"}, "delay is `x`"),
    ],
)
def test_numbers_that_a_group_needs_before_it_starts(fields, message):
    group = g.ThreadGroup(name="G", children=(s(),), **{"users": "1", **fields})
    plan = TestPlan(name="P", variables=(Argument("n", "3 of them"),), children=(group,))
    (found,) = compile_plan(plan, CompileOptions()).diagnostics
    assert found.code == "CP006"
    assert message in found.message


@pytest.mark.parametrize(
    "group",
    [
        g.OpenModelGroup(name="G", schedule="rate(1/week)"),
        g.ArrivalStages(name="G", stages=(g.Stage("", "10", "1m"),)),
        g.UserStages(name="G", stages=(g.Stage("", "10", "soon"),)),
        g.ConcurrencyGroup(name="G", target="x"),
        g.UltimateGroup(name="G", rows=(g.UltimateRow("1", "2", "3", "4", "five"),)),
        g.SteppingGroup(name="G", burst="-"),
        g.FreeFormArrivalsGroup(name="G", rows=(g.FreeFormArrivalsRow("a", "1", "1"),)),
        g.SharedIterations(name="G", users="?"),
    ],
    ids=lambda group: type(group).__name__,
)
def test_profiles_that_cannot_be_read(group):
    result = compile_plan(TestPlan(name="P", children=(group,)), CompileOptions())
    assert {found.code for found in result.diagnostics} == {"CP006"}


def test_a_scheduler_without_a_duration_is_warned_of():
    group = g.ThreadGroup(name="G", users="1", scheduler=True, children=(s(),))
    (found,) = compile_plan(TestPlan(name="P", children=(group,)), CompileOptions()).diagnostics
    assert (found.code, found.severity) == ("CP010", Severity.WARNING)


@pytest.mark.parametrize(("style", "codes"), [("0", ["CP007"]), ("1", [])])
@pytest.mark.parametrize("kind", [c.RandomController, c.InterleaveController])
def test_where_jmeter_ends_the_user_is_warned_of(kind, style, codes):
    condition = c.IfController(name="I", condition="${x}", use_expression=True, children=(s(),))
    turn = kind(name="R", style=style, children=(c.SimpleController(children=(condition,)), s("b")))
    assert [found.code for found in result_of(steps=(turn,)).diagnostics] == codes


def test_a_draw_that_jmeter_repeats_is_warned_of():
    draw = c.IfController(condition="${__jexl3(${__Random(1,9)} > 5)}", use_expression=True, children=(s(),))
    (found,) = result_of(steps=(c.RandomController(children=(draw,)),)).diagnostics
    assert found.code == "CP015"


def test_a_listener_that_only_jmeter_has_is_warned_of():
    assert [found.code for found in result_of(ls.BackendListener(name="B")).diagnostics] == ["CP009"]


def test_every_controller_and_group_is_compiled_and_run_or_refused():
    refused = {c.HoldConnection}
    controllers = {kind for kind in KINDS.values() if issubclass(kind, Controller)}
    assert set(CONTROLLERS) == controllers - refused
    assert set(GROUPS) == {kind for kind in KINDS.values() if issubclass(kind, Group)}
    assert set(DRIVERS) == {
        kind
        for kind in vars(group_specs).values()
        if isinstance(kind, type) and issubclass(kind, group_specs.GroupSpec)
    } - {group_specs.GroupSpec}
    assert set(_STATES) == {
        kind for kind in vars(specs).values() if isinstance(kind, type) and issubclass(kind, specs.ControllerSpec)
    } - {specs.ControllerSpec, specs.PassSpec, specs.ParallelSpec}


def test_codes_are_those_of_the_table():
    assert all(code == entry.code and code.startswith("CP") for code, entry in CODES.items())


def test_ten_thousand_flat_samplers_compile_quickly():
    from time import process_time

    steps = tuple(c.TransactionController(name=f"T{n}", children=(s(f"s{n}"),)) for n in range(5_000))
    start = process_time()
    assert result_of(steps=steps).program is not None
    assert process_time() - start < 5
