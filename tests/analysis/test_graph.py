"""The plan as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from silhouette_plan.analysis.graph import render_dot, render_mermaid, render_svg
from silhouette_plan.analysis.labels import drawn_label
from silhouette_plan.analysis.layout import Box, lay_out
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import CsvDataSet
from silhouette_plan.plan.controllers import Case, IfController, LoopController, RandomController
from silhouette_plan.plan.expressions import Name
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import JsonExtractor
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Parameter, TestPlan
from silhouette_plan.plan.timers import UniformRandomTimer

EXTRACTOR = JsonExtractor(name="token", names="t", paths="$.t")
LOGIN = HttpRequest(name='Log in & "go"', method="POST", path="/login", children=(EXTRACTOR,))
ARMS = tuple(HttpRequest(name=f"arm {n}", path=f"/{n}" * 20) for n in range(12))
PLAN = TestPlan(
    name="Plan <1>",
    children=(
        Parameter(name="key", default="s3cret", secret=True),
        ThreadGroup(
            name="Users",
            users="5",
            children=(
                UniformRandomTimer(name="think", offset="1000", spread="500"),
                LOGIN,
                IfController(name="maybe", condition="${x} == 1", enabled=False, children=(HttpRequest(name="off"),)),
                RandomController(name="one of", children=ARMS),
            ),
        ),
        ThreadGroup(name="Others", children=(HttpRequest(name="last"),)),
    ),
)


def boxes(box: Box) -> list[Box]:
    return [box, *(inner for step in box.steps for inner in boxes(step))]


def test_boxes_lie_inside_their_box_and_apart_from_their_neighbours() -> None:
    for box in boxes(lay_out(PLAN)):
        for step in box.steps:
            assert box.x <= step.x
            assert step.x + step.width <= box.x + box.width + 0.01
            assert box.y < step.y
            assert step.y + step.height <= box.y + box.height + 0.01
        for one in box.steps:
            for other in box.steps:
                apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
                apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
                assert one is other or apart_x or apart_y


def test_svg_is_xml_and_names_everything_in_order() -> None:
    texts = [text.text or "" for text in ET.fromstring(render_svg(PLAN)).iter("{http://www.w3.org/2000/svg}text")]
    wanted = [
        "Plan <1>",
        "Users",
        "think · 1000–1500 ms",
        'Log in & "go"',
        "token · t = $.t",
        "maybe",
        "one of",
        "Others",
    ]
    assert [text for text in texts if text in wanted] == wanted
    assert "POST" in texts


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (HttpRequest(name="GET /x/${id}", path="/x/${id}"), ("GET /x/${id}", "")),
        (HttpRequest(name="Log in", path="/login"), ("Log in", "/login")),
        (JsonExtractor(name="extract id", names="id", paths="$.id"), ("extract id = $.id", "")),
        (Parameter(name="users", default="5"), ("users = 5", "")),
        (CsvDataSet(name='csv "a.csv"', file="a.csv", variables="b,c"), ('csv "a.csv" → b, c', "")),
        (LoopController(name="loop 2", loops="2"), ("loop 2", "")),
        (LoopController(name="loop 20", loops="2"), ("loop 20", "× 2")),
        (Case(name="case"), ("else", "")),
        (IfController(name="maybe", condition=Name("x")), ("maybe", "")),
        (
            ThreadGroup(name="G", users="2", ramp_up="${__unit(${r},s)}", loops="-1", scheduler=True, duration="9"),
            ("G", "2 users · ramp ${r} · for 9 s"),
        ),
    ],
)
def test_nothing_is_said_twice(element: Element, shown: tuple[str, str]) -> None:
    label = drawn_label(element)
    assert (label.name, label.detail) == shown


def test_secrets_are_not_drawn() -> None:
    for picture in (render_svg(PLAN), render_dot(PLAN), render_mermaid(PLAN)):
        assert "s3cret" not in picture
        assert "key" in picture


def test_disabled_elements_are_grey_and_dashed() -> None:
    assert render_svg(PLAN).count("stroke-dasharray") == 2
    assert render_dot(PLAN).count("dashed") == 2
    assert "class n6,n7 off" in render_mermaid(PLAN)


def test_dot_and_mermaid_hold_every_edge() -> None:
    count = len(boxes(lay_out(PLAN))) + 3  # the parameter, the timer and the extractor are lines of their boxes
    assert render_dot(PLAN).count(" -> ") == render_mermaid(PLAN).count(" --> ") == count - 1
    assert '\\"go\\"' in render_dot(PLAN)
