"""What is written is read back: every kind, whole plans, every recorded case."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silhouette_plan.importers.jmx import read, write
from strategies import LANGUAGE_ONLY, elements, plans

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import Cookie, CookieManager
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.testplan import TestPlan

QUICK = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
JMETER_KINDS = [
    kind for name, kind in KINDS.items() if name not in LANGUAGE_ONLY | {"TestPlan", "Foreign", "Parameter"}
]


@pytest.mark.parametrize("kind", JMETER_KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_comes_back(kind: type[Element]) -> None:
    @QUICK
    @given(st.data())
    def law(data: st.DataObject) -> None:
        plan = TestPlan(name="P", children=(data.draw(elements(kind)),))
        reading = read(write(plan), "p.jmx")
        assert reading.plan == plan
        assert {one.code for one in reading.diagnostics} <= {"JX304"}, "only the made-up properties are unknown"

    law()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_whole_plans_come_back(plan: TestPlan) -> None:
    assert read(write(plan), "p.jmx").plan == plan


def test_recorded_cases_are_read_without_a_word_and_come_back(cases: Path) -> None:
    for file in sorted(cases.glob("*/plan.jmx")):
        reading = read(file.read_bytes(), str(file))
        assert reading.diagnostics == (), file
        assert reading.plan is not None
        again = read(write(reading.plan), str(file))
        assert again.plan == reading.plan, file
        assert write(again.plan) == write(reading.plan), file


def test_the_seed_is_well_formed_once_exported(shared: Path) -> None:
    plan = read((shared / "seeds" / "concurrent-users.jmx").read_bytes(), "seed").plan
    assert plan is not None
    again = read(write(plan), "seed")
    assert again.plan == plan
    assert {one.code for one in again.diagnostics} == {"JX304"}, "only the properties that nothing reads"


def test_jmeter_finds_the_name_of_a_cookie_in_its_testname() -> None:
    plan = TestPlan(name="P", children=(CookieManager(name="c", cookies=(Cookie("session", "1"),)),))
    assert b'<elementProp name="session" elementType="Cookie" testname="session">' in write(plan)
    other = write(plan).replace(b'name="session" elementType', b'name="" elementType')
    assert read(other, "p.jmx").plan == plan
