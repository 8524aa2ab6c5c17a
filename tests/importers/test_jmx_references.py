"""XStream's references stand for what they lead to, within bounds."""

from __future__ import annotations

import time

import pytest
from silhouette_plan.importers.jmx import Reading, read, write

from silhouette_plan.plan.configs import Header, HeaderManager
from silhouette_plan.plan.timers import ThroughputShapingTimer
from silhouette_plan.plan.walk import walk

TREE = (
    '<jmeterTestPlan version="1.2"><hashTree><TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="P"/>'
    "<hashTree>{}</hashTree></hashTree></jmeterTestPlan>"
)
HEADERS = '<HeaderManager guiclass="HeaderPanel" testclass="HeaderManager" testname="h">{}</HeaderManager><hashTree/>'
ACCEPT = (
    '<collectionProp name="HeaderManager.headers"><elementProp name="Accept" elementType="Header">'
    '<stringProp name="Header.name">Accept</stringProp><stringProp name="Header.value">*/*</stringProp>'
    "</elementProp></collectionProp>"
)
SHAPE = (
    '<kg.apc.jmeter.timers.VariableThroughputTimer guiclass="kg.apc.jmeter.timers.VariableThroughputTimerGui" '
    'testclass="kg.apc.jmeter.timers.VariableThroughputTimer" testname="t"><collectionProp name="load_profile">{}'
    "</collectionProp></kg.apc.jmeter.timers.VariableThroughputTimer><hashTree/>"
)


def reading(inner: str) -> Reading:
    return read(TREE.format(inner).encode(), "p.jmx")


def codes(found: Reading) -> list[str]:
    return [one.code for one in found.diagnostics]


def managers(found: Reading) -> list[HeaderManager]:
    assert found.plan is not None, found.diagnostics
    return [one for one in walk(found.plan) if isinstance(one, HeaderManager)]


@pytest.mark.parametrize(
    "path",
    [
        "../../HeaderManager/collectionProp",
        "../../HeaderManager[1]/collectionProp[1]",
        "/jmeterTestPlan/hashTree/hashTree/HeaderManager/collectionProp",
    ],
)
def test_a_list_of_another_element(path: str) -> None:
    found = reading(HEADERS.format(ACCEPT) + HEADERS.format(f'<collectionProp reference="{path}"/>'))
    assert codes(found) == []
    assert [one.headers for one in managers(found)] == [(Header("Accept", "*/*"),)] * 2
    assert found.plan is not None
    assert b"reference" not in write(found.plan)


def test_cells_of_a_row() -> None:
    first = '<collectionProp name="1"><stringProp name="1">10</stringProp><stringProp name="2">20</stringProp><stringProp name="3">5</stringProp></collectionProp>'
    second = (
        '<collectionProp name="2"><stringProp reference="../../collectionProp/stringProp[2]"/>'
        '<stringProp name="4">30</stringProp><stringProp reference="../../collectionProp/stringProp[3]"/></collectionProp>'
    )
    found = reading(SHAPE.format(first + second))
    assert codes(found) == []
    assert found.plan is not None
    assert found.plan.children == (ThroughputShapingTimer(name="t", rows=(("10", "20", "5"), ("20", "30", "5"))),)


@pytest.mark.parametrize(
    "path",
    ["../../HeaderManager[7]/collectionProp", "..", "../..", "../collectionProp", "//x", "id(1)", "", "/", "../" * 9],
)
def test_one_that_leads_nowhere(path: str) -> None:
    found = reading(HEADERS.format(f'<collectionProp name="HeaderManager.headers" reference="{path}"/>'))
    assert "JX313" in codes(found)
    assert [one.headers for one in managers(found)] == [()]


def test_references_that_double_are_refused_at_once() -> None:
    rows = ACCEPT + "".join(
        f'<elementProp name="{n}"><elementProp reference="../../elementProp[{n}]"/><elementProp reference="../../elementProp[{n}]"/></elementProp>'
        for n in range(1, 60)
    )
    begun = time.perf_counter()
    found = reading(HEADERS.format(f'<elementProp name="0" elementType="x">{"a" * 99}</elementProp>{rows}'))
    assert found.plan is None
    assert codes(found) == ["JX005"]
    assert time.perf_counter() - begun < 5, "a second, and four for a busy machine"
