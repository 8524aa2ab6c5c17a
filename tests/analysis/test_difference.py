"""Plans compared by meaning."""

from __future__ import annotations

from silhouette_plan.analysis.difference import Change, Difference, differences, render_differences
from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.configs import Header, HeaderManager
from silhouette_plan.plan.controllers import IfController, LoopController, SimpleController
from silhouette_plan.plan.expressions import Name
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Argument, Parameter, TestPlan, UserVariables
from silhouette_plan.plan.timers import ConstantTimer

A, B, C = (HttpRequest(name=name, path=f"/{name}") for name in "abc")


def plan(*steps: Element, top: tuple[Element, ...] = (), **fields: object) -> TestPlan:
    return TestPlan(name="p", children=(*top, ThreadGroup(name="g", children=steps)), **fields)  # type: ignore[arg-type]


def changes(before: TestPlan, after: TestPlan) -> list[tuple[Change, str, str]]:
    return [(one.change, one.path[-1], one.field) for one in differences(before, after)]


def test_what_no_run_shows_is_no_difference() -> None:
    marked = HttpRequest(name="a", path="/a", comments="x", span=Span("f", 3), extra=(Property("string", "k", "v"),))
    assert not differences(plan(A, ConstantTimer(), HeaderManager()), plan(ConstantTimer(), HeaderManager(), marked))


def test_a_switch_reads_alike_as_text() -> None:
    assert not differences(plan(HttpRequest(name="a", keep_alive=True)), plan(HttpRequest(name="a", keep_alive="true")))


def test_variables_of_the_plan_are_global() -> None:
    here = plan(A, variables=(Argument("x", "1"), Argument("u", "${__P(u,5)}")))
    there = plan(UserVariables(variables=(Argument("x", "1"),)), A, top=(Parameter(name="u", default="5"),))
    assert not differences(here, there)
    assert changes(here, plan(A, variables=(Argument("x", "2"),))) == [
        (Change.CHANGED, "x", "value"),
        (Change.REMOVED, "u", ""),
    ]


def test_a_changed_field() -> None:
    found = differences(plan(A), plan(HttpRequest(name="a", path="/b", method="POST")))
    assert [(one.field, one.before, one.after) for one in found] == [("path", "/a", "/b"), ("method", "GET", "POST")]
    assert found[0].path == ("p", "g", "a")


def test_values_are_shown_as_a_reader_knows_them() -> None:
    def shown(before: Element, after: Element) -> list[tuple[str, str]]:
        found = differences(plan(before), plan(after), lambda expression: "spelled")
        return [(one.before, one.after) for one in found]

    headers = [HeaderManager(headers=(Header("A", value), Header("B", "2"))) for value in ("1", "")]
    assert shown(*headers) == [("A 1, B 2", "A, B 2")]
    assert shown(IfController(condition="x"), IfController(condition=Name("x"))) == [("x", "spelled")]
    parameters = [TestPlan(children=(Parameter(name="u", default=value),)) for value in ("5", "6")]
    assert [(one.before, one.after) for one in differences(*parameters)] == [("5", "6")]


def test_renamed_elements_stay_pairs() -> None:
    assert changes(plan(A, ConstantTimer(name="t")), plan(A, ConstantTimer(name="u"))) == [
        (Change.CHANGED, "u", "name")
    ]


def test_added_and_removed() -> None:
    assert changes(plan(A), plan(A, LoopController(name="l", children=(B,)))) == [(Change.ADDED, "l", "")]
    assert changes(plan(A, LoopController(name="l", children=(B,))), plan(A)) == [(Change.REMOVED, "l", "")]


def test_one_step_moved_is_one_difference() -> None:
    assert changes(plan(A, B, C), plan(C, A, B)) == [(Change.MOVED, "c", "")]


def test_moved_to_another_block_with_all_it_holds() -> None:
    block = SimpleController(name="s", children=(A, B))
    before = plan(block, LoopController(name="l", children=(C,)))
    after = plan(LoopController(name="l", children=(C, SimpleController(name="s", children=(A,)))))
    assert changes(before, after) == [(Change.MOVED, "s", ""), (Change.REMOVED, "b", "")]


def test_order_among_scoping_elements_counts() -> None:
    one, other = ConstantTimer(name="1"), HeaderManager(name="2")
    assert changes(plan(one, other, A), plan(other, one, A)) == [(Change.MOVED, "1", "")] or changes(
        plan(one, other, A), plan(other, one, A)
    ) == [(Change.MOVED, "2", "")]


def test_disabled_is_a_difference() -> None:
    off = HttpRequest(name="a", path="/a", enabled=False)
    assert changes(plan(A), plan(off)) == [(Change.CHANGED, "a", "enabled")]


def test_rendering() -> None:
    found = differences(plan(A, B), plan(HttpRequest(name="a", path="/z"), C))
    assert render_differences(found) == (
        "~ GET g / a: path “/a” → “/z”\n~ GET g / c\n    name “b” → “c”\n    path “/b” → “/c”\n"
    )
    assert render_differences((Difference(Change.ADDED, "variable", ("x",), after="1"),)) == "+ variable x: “1”\n"
    assert render_differences(()) == ""
