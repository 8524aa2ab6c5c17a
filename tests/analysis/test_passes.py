"""Every other pass: a plan that has the fault, and its neighbour that has not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from silhouette_plan.analysis import Surroundings, analyse
from silhouette_plan.plan.assertions import ResponseAssertion
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import AuthManager, Authorization, CsvDataSet, Header, HeaderManager
from silhouette_plan.plan.controllers import (
    Chance,
    ForeachController,
    IfController,
    IncludeController,
    LoopController,
    ModuleController,
    RandomController,
    RuntimeController,
    SimpleController,
    ThroughputController,
    TransactionController,
    WhileController,
)
from silhouette_plan.plan.expressions import Literal
from silhouette_plan.plan.groups import SetupGroup, ThreadGroup
from silhouette_plan.plan.listeners import Objectives, ResultCollector, Threshold
from silhouette_plan.plan.processors import Check, JsonExtractor, RegexExtractor, ScriptPostProcessor
from silhouette_plan.plan.samplers import DebugSampler, FlowControl, HttpArgument, HttpRequest
from silhouette_plan.plan.testplan import Argument, Parameter, TestFragment, TestPlan
from silhouette_plan.plan.timers import ConstantTimer

GET = HttpRequest(name="GET /", path="/")
DEBUG = DebugSampler(name="debug")


def group(*steps: Element, **fields: object) -> ThreadGroup:
    return ThreadGroup(name="users", children=steps, **fields)  # type: ignore[arg-type]


def plan(*children: Element, **fields: object) -> TestPlan:
    return TestPlan(name="plan", children=children, **fields)  # type: ignore[arg-type]


def steps(*children: Element) -> TestPlan:
    return plan(group(*children))


def if_(condition: str, *, expression: bool = True, **fields: object) -> IfController:
    return IfController(name="if", condition=condition, use_expression=expression, children=(GET,), **fields)  # type: ignore[arg-type]


FAULTS: dict[str, tuple[TestPlan, TestPlan]] = {
    "AN110": (
        plan(group(CsvDataSet(file="f", variables="n"), GET, users="${n}")),
        plan(group(GET, users="${n}"), variables=(Argument("n", "5"),)),
    ),
    "AN111": (
        plan(
            SetupGroup(enabled=False, children=(HttpRequest(path="/${__setProperty(t,1)}"),)),
            group(HttpRequest(path="/${__P(t)}")),
        ),
        plan(SetupGroup(children=(HttpRequest(path="/${__setProperty(t,1)}"),)), group(HttpRequest(path="/${__P(t)}"))),
    ),
    "AN201": (
        steps(SimpleController(children=(HeaderManager(),)), GET),
        steps(SimpleController(children=(HeaderManager(), GET))),
    ),
    "AN202": (steps(SimpleController(children=(HeaderManager(), DEBUG)), GET), steps(HeaderManager(), DEBUG, GET)),
    "AN203": (
        steps(FlowControl(children=(ResponseAssertion(patterns=("x",)),)), GET),
        steps(FlowControl(children=(ConstantTimer(),)), GET),
    ),
    "AN204": (steps(ConstantTimer(children=(SimpleController(children=(GET,)),)), GET), steps(ConstantTimer(), GET)),
    "AN301": (steps(if_('"a" == "a"')), steps(if_('${__jexl3("a" == "a")}'))),
    "AN302": (steps(SimpleController(), GET), steps(SimpleController(children=(GET,)))),
    "AN303": (plan(group(HeaderManager())), steps(SimpleController(children=(ModuleController(path=("x",)),)))),
    "AN304": (plan(group(GET, loops="-1")), plan(group(GET, ConstantTimer(), loops="-1"))),
    "AN305": (
        steps(WhileController(condition='"${__P(s)}" != "done"', children=(GET,))),
        steps(WhileController(condition='${__jexl3("${__P(s)}" != "done")}', children=(GET,))),
    ),
    "AN306": (
        steps(RandomController(children=(if_("${__P(x)}"), GET))),
        steps(RandomController(style="1", children=(if_("${__P(x)}"), GET))),
    ),
    "AN307": (
        steps(ModuleController(path=("plan", "users", "gone"))),
        steps(ModuleController(path=("plan", "users", "b")), SimpleController(name="b", children=(GET,))),
    ),
    "AN308": (
        plan(
            TestFragment(name="f", children=(GET,)),
            TestFragment(name="f", children=(GET,)),
            group(ModuleController(path=("f",))),
        ),
        plan(TestFragment(name="f", children=(GET,)), group(ModuleController(path=("f",)))),
    ),
    "AN309": (
        plan(
            TestFragment(name="a", children=(ModuleController(path=("b",)),)),
            TestFragment(name="b", children=(GET, ModuleController(path=("a",)))),
            group(ModuleController(path=("a",))),
        ),
        plan(
            TestFragment(name="a", children=(ModuleController(path=("b",)), ModuleController(path=("b",)))),
            TestFragment(name="b", children=(GET,)),
            group(ModuleController(path=("a",)), ModuleController(path=("b",))),
        ),
    ),
    "AN311": (plan(ThreadGroup(name="off", enabled=False, children=(GET,))), steps(GET)),
    "AN401": (steps(HttpRequest(path="/${__Rndom(1,2)}")), steps(HttpRequest(path="/${__Random(1,2)}"))),
    "AN402": (steps(HttpRequest(path="/${__Random(1)}")), steps(HttpRequest(path="/${__Random(1,2)}"))),
    "AN403": (plan(group(GET, users="ten")), plan(group(GET, users="10"))),
    "AN404": (
        steps(HttpRequest(body='{"re": "\\\\d", "n": "${__P(n)}"}')),
        steps(HttpRequest(body='{"re": "\\\\d", "n": "5"}'), HttpRequest(body='{"re": "\\\\\\\\d", "n": "${__P(n)}"}')),
    ),
    "AN405": (
        steps(GET, RegexExtractor(variable="x", regex="id=(\\d+")),
        steps(
            RegexExtractor(variable="x", regex="(?<n>\\d++)\\Qa("),
            ResponseAssertion(patterns=("(",), test_type=16),
            GET,
        ),
    ),
    "AN406": (
        steps(JsonExtractor(names="x", paths="$.a[0"), GET),
        steps(JsonExtractor(names="x", paths="$.a[?(@.b == ']')]"), JsonExtractor(names="y", paths="it's"), GET),
    ),
    "AN407": (
        steps(JsonExtractor(names="x;y", paths="$.a"), GET),
        steps(JsonExtractor(names="x;y", paths="$.a;$.b", defaults=""), GET),
    ),
    "AN408": (
        plan(group(HttpRequest(domain="${base}", path="/")), variables=(Argument("base", "http://h:1/api"),)),
        plan(group(HttpRequest(domain="${base}", path="/")), variables=(Argument("base", "h"),)),
    ),
    "AN410": (steps(GET, ResponseAssertion()), steps(GET, ResponseAssertion(patterns=("200",)))),
    "AN501": (
        steps(HeaderManager(headers=(Header("Authorization", "Bearer abc"),)), GET),
        steps(HeaderManager(headers=(Header("Authorization", "Bearer ${__P(token)}"),)), GET),
    ),
    "AN502": (
        plan(
            Objectives(children=(Threshold(aggregate="p95", metric="time", of="nowhere", value=Literal(1)),)),
            group(GET),
        ),
        plan(
            Objectives(children=(Threshold(aggregate="p95", metric="time", of="GET /", value=Literal(1)),)), group(GET)
        ),
    ),
    "AN503": (
        plan(ResultCollector(name="a", file="x.jtl"), group(ResultCollector(name="b", file="x.jtl"), GET)),
        plan(
            ResultCollector(name="a", file="x.jtl"),
            group(ResultCollector(name="b", file="x.jtl", errors_only=True), GET),
        ),
    ),
}


def found_in(tested: TestPlan, surroundings: Surroundings | None = None) -> set[str]:
    return {one.code for one in (analyse(tested, surroundings) if surroundings else analyse(tested))}


@pytest.mark.parametrize(
    ("metric", "of", "matches"),
    [
        ("time", "GET /", True),
        ("time", "group", True),
        ("time", "answers", False),
        ("checks", "answers", True),
        ("checks", "GET /", True),
        ("time", "block", False),
        ("time", "checkout", True),
        ("samples", "", True),
        ("samplse", "", False),
    ],
)
def test_what_an_objective_may_name(metric: str, of: str, matches: bool) -> None:
    """What makes samples, a group, or with `checks` a check: a block makes none."""
    line = Threshold(aggregate="count", metric=metric, of=of, value=Literal(1))
    get = replace(GET, children=(Check(name="answers", condition=Literal(True)),))
    steps = (SimpleController(name="block", children=(get,)), TransactionController(name="checkout", children=(GET,)))
    found = found_in(plan(Objectives(children=(line,)), replace(group(), name="group", children=steps)))
    assert ("AN502" not in found) == matches


@pytest.mark.parametrize("code", FAULTS)
def test_the_fault_is_found(code: str) -> None:
    assert code in found_in(FAULTS[code][0])


@pytest.mark.parametrize("code", FAULTS)
def test_the_sound_plan_is_left_alone(code: str) -> None:
    assert code not in found_in(FAULTS[code][1])


@pytest.mark.parametrize(
    "dead",
    [
        LoopController(loops="0", children=(GET,)),
        ThroughputController(by_percent=True, percent="0.0", children=(GET,)),
        ThroughputController(total="0", children=(GET,)),
        Chance(percent="0", children=(GET,)),
        RuntimeController(seconds="0", children=(GET,)),
        WhileController(condition="false", children=(GET,)),
        ForeachController(source="x", end_index="", children=(GET,)),
        if_("false", expression=False),
        if_(""),
        if_("${__P(a)} == 1"),
    ],
)
def test_controllers_that_can_never_run(dead: Element) -> None:
    assert "AN301" in found_in(steps(dead))


@pytest.mark.parametrize("condition", ["${__P(a)}", "t${__P(a)}", " TRUE ", "${__groovy(1 == 1)}"])
def test_conditions_that_may_read_true(condition: str) -> None:
    assert "AN301" not in found_in(steps(if_(condition)))


@pytest.mark.parametrize(
    "safe",
    [
        group(GET, loops="-1", scheduler=True, duration="60"),
        group(GET, FlowControl(action=1, duration="100"), loops="-1"),
        group(GET, loops="-1", on_error="stopthread"),
        group(GET, ScriptPostProcessor(script="x"), loops="-1"),
        group(ModuleController(path=("f",)), loops="-1"),
    ],
)
def test_endless_groups_with_a_brake(safe: ThreadGroup) -> None:
    assert "AN304" not in found_in(plan(safe, TestFragment(name="f", children=(GET,))))


@pytest.mark.parametrize(
    ("element", "secret"),
    [
        (AuthManager(entries=(Authorization("http://a", "u", "secret"),)), True),
        (AuthManager(entries=(Authorization("http://a", "u", "${p}"),)), False),
        (HttpRequest(arguments=(HttpArgument("userPassword", "abc"),)), True),
        (HttpRequest(arguments=(HttpArgument("passage", "abc"),)), False),
        (HttpRequest(body='{"user": "a", "password": "abc"}'), True),
        (HttpRequest(body='{"password": "${__P(p)}"}'), False),
        (HeaderManager(headers=(Header("X-Api-Key", "12345"),)), True),
        (HeaderManager(headers=(Header("Accept", "12345"),)), False),
        (Parameter(name="apiToken", default="12345"), True),
        (Parameter(name="apiToken", default=""), False),
    ],
)
def test_credentials(element: Element, secret: bool) -> None:
    assert ("AN501" in found_in(steps(element, GET))) is secret


FILES: dict[str, TestPlan] = {
    "a.jmx": plan(TestFragment(name="a", children=(IncludeController(file="b.jmx"),))),
    "b.jmx": plan(TestFragment(name="b", children=(IncludeController(file="a.jmx"),))),
    "sets.jmx": plan(
        TestFragment(name="s", children=(HttpRequest(children=(JsonExtractor(names="id", paths="$.i"),)),))
    ),
}
FILE_SURROUNDINGS = Surroundings(load_plan=FILES.get)


def test_includes_in_a_circle() -> None:
    assert "AN310" in found_in(steps(IncludeController(file="a.jmx")), FILE_SURROUNDINGS)
    assert "AN310" not in found_in(steps(IncludeController(file="sets.jmx")), FILE_SURROUNDINGS)


def test_what_an_included_file_sets_is_known() -> None:
    use = HttpRequest(name="use", path="/${id}")
    assert not found_in(steps(IncludeController(file="sets.jmx"), use), FILE_SURROUNDINGS) & {"AN101", "AN102", "AN103"}
    assert "AN102" in found_in(steps(use, IncludeController(file="sets.jmx")), FILE_SURROUNDINGS)


@pytest.mark.parametrize(
    ("line", "variables", "skip", "bad"),
    [
        ("email,password", "email,password", False, True),
        ("email,password", "email,password", True, False),
        ("ann@example.org,x1", "email,password", False, False),
        ("ann@example.org,17", "", False, True),
        ("email,password", "", False, False),
    ],
)
def test_csv_headers(line: str, variables: str, skip: bool, bad: bool) -> None:
    first_line: Callable[[str], str | None] = {"u.csv": line}.get
    data = CsvDataSet(file="u.csv", variables=variables, ignore_first_line=skip)
    assert ("AN409" in found_in(steps(data, GET), Surroundings(first_line=first_line))) is bad


def test_paths_of_module_controllers_as_jmeter_writes_them() -> None:
    block = SimpleController(name="block", children=(GET,))
    call = ModuleController(name="block", path=("Test Plan", "plan", "users", "block"))
    assert not found_in(steps(block, call)) & {"AN307", "AN308", "AN309"}
