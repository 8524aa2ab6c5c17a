"""Laws that hold for every plan."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from silhouette_plan.importers.jmx.reader import read
from strategies import LANGUAGE_ONLY, elements, plans

from silhouette_plan.analysis import analyse
from silhouette_plan.analysis.codes import CODES
from silhouette_plan.analysis.difference import differences
from silhouette_plan.analysis.graph import render_dot, render_mermaid, render_svg
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import IfController, ModuleController, SimpleController
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.processors import JsonExtractor
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import TestFragment, TestPlan


@settings(max_examples=60, deadline=None)
@given(plans())
def test_any_plan_is_judged_drawn_and_equal_to_itself(plan: TestPlan) -> None:
    for diagnostic in analyse(plan):
        assert diagnostic.severity == CODES[diagnostic.code].severity
        assert diagnostic.message
    ET.fromstring(render_svg(plan))
    assert render_dot(plan).startswith("digraph")
    assert render_mermaid(plan).startswith("flowchart")
    assert differences(plan, plan) == ()


@pytest.mark.parametrize("name", sorted(KINDS.keys() - LANGUAGE_ONLY - {"TestPlan"}))
def test_every_kind_can_be_judged_and_drawn(name: str) -> None:
    @settings(max_examples=3, deadline=None, database=None)
    @given(elements(KINDS[name]))
    def judge(element: Element) -> None:
        plan = TestPlan(name=name, children=(ThreadGroup(name="g", children=(element,)),))
        analyse(plan)
        render_svg(plan)

    judge()


def big_plan(elements: int) -> TestPlan:
    """Blocks of a guarded request with an extractor, each reading what the one before sets; every tenth a call."""
    steps: list[Element] = []
    for n in range(elements // 4):
        extractor = JsonExtractor(name=f"e{n}", names=f"v{n}", paths="$.a")
        request = HttpRequest(name=f"r{n}", path=f"/${{v{max(n - 1, 0)}}}/${{w{n % 50}}}", children=(extractor,))
        steps.append(IfController(name=f"i{n}", condition=f'${{__jexl3("${{v{n}}}" == "")}}', children=(request,)))
        steps.append(ModuleController(path=("f",)) if n % 10 == 0 else SimpleController(name=f"s{n}"))
    fragment = TestFragment(name="f", children=(HttpRequest(name="called", path="/"),))
    return TestPlan(name="big", children=(fragment, ThreadGroup(name="g", children=tuple(steps))))


def seconds(plan: TestPlan) -> float:
    started = time.process_time()
    analyse(plan)
    return time.process_time() - started


def test_ten_thousand_elements_take_little_time() -> None:
    assert min(seconds(big_plan(10_000)) for _ in range(2)) < 2.5  # of CPU; measured well below 1 s


def test_deep_plans_need_no_recursion() -> None:
    element: Element = HttpRequest(name="r", path="/")
    for n in range(3_000):
        element = SimpleController(name=f"s{n}", children=(element,))
    plan = TestPlan(name="deep", children=(ThreadGroup(name="g", children=(element,)),))
    analyse(plan)
    assert render_svg(plan).count("<rect") > 3_000
    assert differences(plan, plan) == ()


def test_explanations_have_their_four_parts() -> None:
    for code in CODES.values():
        headings = [line for line in code.explanation.splitlines() if line.startswith("## ")]
        assert headings == ["## What it finds", "## Why it matters", "## Example", "## Mend"], code.code


def test_the_seed_plan_shows_its_faults(shared: Path) -> None:
    reading = read((shared / "seeds" / "concurrent-users.jmx").read_bytes(), "concurrent-users.jmx")
    assert reading.plan is not None
    found = {
        (one.code, name)
        for one in analyse(reading.plan)
        for name in ("workflowName", "workflowId", "authToken")
        if name in one.message
    }
    assert ("AN101", "workflowName") in found
    assert ("AN103", "workflowId") in found
    assert {code for code, name in found if name == "authToken"} & {"AN104", "AN102", "AN103"}


TRUE_FINDINGS = {
    "empty_tg_and_disabled": {"AN302", "AN303"},
    "foreach_gap_nosep_range": {"AN101"},
    "if_evaluate_all": {"AN104"},
    "if_expr_values": {"AN101", "AN301"},
    "interleave_if_style1": {"AN301"},
    "json_30": {"AN406"},
    "loop_zero_and_neg": {"AN301"},
    "runtime_zero": {"AN301"},
    "tx_with_if_loop_parent": {"AN301"},
    "while_false_start": {"AN301"},
    "xpath1": {"AN106"},
    "http_basic_auth": {"AN501"},
    "http_basic_auth_wrong": {"AN501"},
}
"""What is said of the recorded cases; each was looked at and is true. The plans of functions have neighbours (AN107)."""


def test_recorded_cases_raise_nothing_untrue(cases: Path) -> None:
    for folder in sorted(cases.iterdir()):
        plan = read((folder / "plan.jmx").read_bytes(), folder.name).plan
        assert plan is not None, folder.name
        codes = {one.code for one in analyse(plan)} - TRUE_FINDINGS.get(folder.name, set())
        assert not codes - ({"AN107", "AN101"} if folder.name.startswith("functions") else set()), folder.name
