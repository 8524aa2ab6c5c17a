"""What only the language has: it is written as JMeter elements, runs there, and comes back exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silhouette_plan.importers.jmx import read, unportable, write
from silhouette_plan.importers.jmx.lowering.lower import LOWER
from silhouette_plan.importers.jmx.rows.table import ROWS
from strategies import LANGUAGE_ONLY, elements, language_plans

from silhouette_plan.plan import configs, controllers, groups, listeners, processors, samplers
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Binary, Call, Literal, Name, TextLiteral
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.testplan import Foreign, Parameter, TestPlan, UserVariables
from silhouette_plan.plan.walk import walk

QUICK = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
LANGUAGE_KINDS = sorted(
    {*LANGUAGE_ONLY, "Parameter", "IfController", "WhileController", "RandomController", "HttpRequest"}
)


def test_every_kind_has_a_row_or_is_lowered() -> None:
    written = {row.kind for row in ROWS} | set(LOWER) | {Foreign}
    assert [name for name, kind in KINDS.items() if kind not in written] == []


@pytest.mark.parametrize("name", LANGUAGE_KINDS)
def test_every_language_kind_comes_back(name: str) -> None:
    @QUICK
    @given(st.data())
    def law(data: st.DataObject) -> None:
        plan = TestPlan(name="P", children=(data.draw(elements(KINDS[name], language=True)),))
        reading = read(write(plan), "p.jmx")
        assert reading.plan == plan
        assert {one.code for one in reading.diagnostics} <= {"JX304"}

    law()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(language_plans())
def test_whole_plans_come_back(plan: TestPlan) -> None:
    assert read(write(plan), "p.jmx").plan == plan


def lowered(*children: Element) -> tuple[Element, ...]:
    """What JMeter sees of a plan: as read without our marks."""
    text = write(TestPlan(name="P", children=children)).decode()
    plan = read(text.replace("silplan.", "other.").encode(), "p.jmx").plan
    assert plan is not None
    return tuple(replace(child, extra=()) for child in plan.children)


def test_a_parameter_is_a_variable_from_a_property() -> None:
    (variables,) = lowered(Parameter(name="users", default="a,b"))
    assert isinstance(variables, UserVariables)
    assert variables.variables[0].value == "${__P(users,a\\,b)}"


def test_a_secret_is_not_written() -> None:
    plan = TestPlan(children=(Parameter(name="key", default="hunter2", environment="KEY", secret=True),))
    assert b"hunter2" not in write(plan)
    assert read(write(plan), "p.jmx").plan == TestPlan(
        children=(Parameter(name="key", environment="KEY", secret=True),)
    )


def test_stages_become_rows() -> None:
    stages = (
        groups.Stage("0", "50", "1m"),
        groups.Stage("", "50", "5m"),
        groups.Stage("50", "20", "30s"),
        groups.Stage("", "20", "1m"),
    )
    (group,) = lowered(groups.UserStages(name="g", stages=stages))
    assert isinstance(group, groups.UltimateGroup)
    assert group.rows == (
        groups.UltimateRow("30", "0", "60", "300", "30"),
        groups.UltimateRow("20", "0", "60", "390", "0"),
    )


def test_arrivals_become_a_schedule() -> None:
    stages = (groups.Stage("0/s", "100/s", "1m"), groups.Stage("", "100/s", "10m"), groups.Stage("", "60/m", "2s"))
    (group,) = lowered(groups.ArrivalStages(name="g", stages=stages, spread="even", seed="7"))
    assert isinstance(group, groups.OpenModelGroup)
    assert group.schedule == (
        "rate(0/s) even_arrivals(60000 ms) rate(100/s) even_arrivals(600000 ms) rate(1/s) even_arrivals(2000 ms)"
    )
    assert group.seed == "7"


def test_a_base_goes_before_the_paths_in_its_scope() -> None:
    defaults = configs.HttpDefaults(base="${api}/")
    requests = (samplers.HttpRequest(name="a", path="/x"), samplers.HttpRequest(name="b", path="http://h/"))
    _, first, second = lowered(defaults, *requests)
    assert isinstance(first, samplers.HttpRequest)
    assert isinstance(second, samplers.HttpRequest)
    assert (first.path, second.path) == ("${api}/x", "http://h/")


def test_a_json_body_brings_its_type_unless_a_header_does() -> None:
    request = samplers.HttpRequest(name="a", body="{}", json_body=True)
    (alone,) = lowered(request)
    assert [type(child) for child in alone.children] == [configs.HeaderManager]
    _, with_header = lowered(configs.HeaderManager(headers=(configs.Header("content-type", "x"),)), request)
    assert with_header.children == ()


def test_a_call_gets_its_whole_path() -> None:
    block = controllers.SimpleController(name="login")
    group = groups.ThreadGroup(name="g", children=(block, controllers.ModuleController(path=("login",))))
    (lowered_group,) = lowered(group)
    call = lowered_group.children[1]
    assert isinstance(call, controllers.ModuleController)
    assert call.path == ("P", "P", "g", "login")


def test_what_jmeter_cannot_do_is_said_and_switched_off() -> None:
    line = listeners.Threshold(aggregate="p95", metric="time", value=Literal(1000))
    check = processors.Check(name="quick", condition=Binary("<", Name("time"), Literal(500)))
    odd = processors.ExpressionExtractor(name="odd", variable="x", value=Name("passed"))
    plan = TestPlan(children=(listeners.Objectives(children=(line,)), check, odd))
    assert [one.code for one in unportable(plan)] == ["JX502"] * 4
    text = write(plan).decode()
    written = read(text.replace("silplan.", "other.").encode(), "p.jmx").plan
    assert written is not None
    assert [element.enabled for element in walk(written)] == [True, False, False, False, False]
    assert read(text.encode(), "p.jmx").plan == plan


def test_an_edited_form_wins() -> None:
    plan = TestPlan(children=(samplers.Pause(name="p", low="1000"),))
    edited = write(plan).replace(b'ActionProcessor.duration">1000', b'ActionProcessor.duration">2000')
    reading = read(edited, "p.jmx")
    assert reading.plan is not None
    assert reading.plan.children == (samplers.FlowControl(name="p", action=1, duration="2000"),)
    assert [one.code for one in reading.diagnostics] == ["JX403"]


@pytest.mark.parametrize(
    "stored", ["", "[", "[" * 100_000, '{"element": "Nope"}', '{"element": "Pause", "low": 5}', "null"]
)
def test_a_spoiled_mark_is_no_accident(stored: str) -> None:
    text = write(TestPlan(children=(samplers.Pause(name="p", low="1"),))).decode()
    start = text.index('silplan.node">') + len('silplan.node">')
    spoiled = text[:start] + stored.replace('"', "&quot;") + text[text.index("</stringProp>", start) :]
    reading = read(spoiled.encode(), "p.jmx")
    assert reading.plan is not None
    assert [one.code for one in reading.diagnostics] == ["JX403"]


def test_scripts_hold_nothing_that_jmeter_would_replace() -> None:
    value = Call("choose", (Binary("finds", Name("body"), TextLiteral("a(b,${c}\\d")), TextLiteral("${x}"), Literal(1)))
    (step,) = lowered(samplers.SetVariable(name="s", variable="v", value=value))
    (before,) = step.children[0].children if step.children[0].children else step.children
    assert isinstance(before, processors.ScriptPreProcessor)
    assert "${" not in before.script
