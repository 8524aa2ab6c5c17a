"""What is printed is read back: every kind of node, whole plans, and what the page says of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import elements, expressions, language_plans, plans, texts

from silhouette_plan.language import format_source, normalise, parse, print_plan
from silhouette_plan.language.expressions import read_expression, show_expression
from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.listeners import Objectives
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.plan.walk import walk

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

properties: st.SearchStrategy[Any] = st.recursive(
    st.builds(Property, st.sampled_from(["string", "int", "bool", "element", "collection", "odd kind"]), texts, texts),
    lambda inner: st.builds(
        Property,
        st.sampled_from(["element", "collection", "map", "obj", "string"]),
        texts,
        texts,
        st.lists(inner, max_size=3).map(tuple),
        st.lists(st.tuples(st.sampled_from(["elementType", "guiclass", "odd name"]), texts), max_size=2).map(tuple),
    ),
    max_leaves=5,
)

common = {
    "name": texts,
    "enabled": st.booleans(),
    "comments": texts,
    "extra": st.lists(properties, max_size=2).map(tuple),
}


def comes_back(plan: TestPlan) -> None:
    text = print_plan(plan)
    parsing = parse(text, "p.lplan")
    assert parsing.diagnostics == (), text
    assert parsing.plan == normalise(plan)[0], text
    assert print_plan(parsing.plan) == text
    assert format_source(text) == text


@pytest.mark.parametrize(
    "kind", [kind for name, kind in KINDS.items() if name != "TestPlan"], ids=lambda kind: kind.__name__
)
def test_every_kind_comes_back(kind: type[Element]) -> None:
    @QUICK
    @given(st.data())
    def law(data: st.DataObject) -> None:
        element = data.draw(elements(kind, language=True))
        shared = {name: data.draw(strategy) for name, strategy in common.items()}
        parent = Objectives if data.draw(st.booleans()) else KINDS["SimpleController"]
        changed = dataclasses.replace(element, **shared)
        comes_back(TestPlan(name="P", children=(changed, parent(name="block", children=(changed,)))))

    law()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(language_plans())
def test_whole_plans_come_back(plan: TestPlan) -> None:
    comes_back(plan)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(language_plans())
def test_every_element_has_a_place(plan: TestPlan) -> None:
    again = parse(print_plan(plan), "f.lplan").plan
    assert again is not None
    assert [element for element in walk(again) if element.span is None] == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_plans_as_jmeter_has_them_come_back(plan: TestPlan) -> None:
    comes_back(plan)


@settings(max_examples=200, deadline=None)
@given(expressions)
def test_expressions_come_back(expression: Expression) -> None:
    assert read_expression(show_expression(expression)) == (expression, ())


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), max_size=30), st.lists(properties, max_size=2))
def test_any_text_comes_back(text: str, more: list[Property]) -> None:
    comes_back(
        TestPlan(name=text, comments=text, children=(Foreign(tag=text, testclass=text, properties=tuple(more)),))
    )


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("{\r\n\t1\r\n}", '"""crlf\n'),
        ("a\r\n", '"""crlf\n'),
        ("a\n", '"""\n'),
        ('"""\r\n', '""""crlf\n'),
        ("a\r\nb\n", '"a\\r\\nb\\n"'),
        ("a\rb\r\n", '"a\\rb\\r\\n"'),
    ],
)
def test_lines_keep_their_ends(text: str, opening: str) -> None:
    holding = Foreign(tag="a.B", testclass="a.B", name="n", properties=(Property("string", "p", text),))
    for element in (HttpRequest(name="r", method="POST", path="/", body=text), holding):
        plan = TestPlan(name="P", children=(element,))
        assert opening in print_plan(plan)
        comes_back(plan)


def test_each_default_element_prints_without_leftovers() -> None:
    """What a new element holds is said by its statement alone."""
    for name, kind in KINDS.items():
        needed = [
            f
            for f in dataclasses.fields(kind)
            if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        ]
        if not needed and name != "TestPlan":
            text = print_plan(TestPlan(name="P", children=(kind(name="n"),)))
            assert "node " not in text or name in NEEDY, text


NEEDY = (
    "ForeachValue",
    "ModuleController",
    "RandomChoice",
    "UserParameters",
    "ResponseAssertion",
    "DurationAssertion",
    "SizeAssertion",
)
"""Kinds whose statement needs what a new node does not have."""

ODD = ("field test_type 18", 'field field "Assertion.request_data"')
"""What the recorded cases hold that no statement says."""


def test_recorded_cases_come_back(cases: Path) -> None:
    jmx = pytest.importorskip("silhouette_plan.importers.jmx")
    for file in sorted(cases.glob("*/plan.jmx")):
        plan = jmx.read(file.read_bytes(), str(file)).plan
        comes_back(plan)
        shown = print_plan(plan)
        assert all(
            any(odd in shown for odd in ODD) for line in shown.splitlines() if line.lstrip().startswith("node ")
        ), shown
