"""The port report: counts a kind, repairs with their lines, JSON and text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from silhouette_plan.importers.jmx import Fate, port_report, read, render_text, write

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Foreign, TestPlan


@pytest.fixture
def source(shared: Path) -> bytes:
    return (shared / "seeds" / "concurrent-users.jmx").read_bytes()


def test_counts_and_lines(source: bytes) -> None:
    report = port_report(read(source, "concurrent-users.jmx"))
    assert report.file == "concurrent-users.jmx"
    kinds = {one.kind: dict(one.counts) for one in report.kinds}
    assert kinds["HttpRequest"] == {Fate.REPAIRED: 7}
    assert kinds["JsonExtractor"] == {Fate.REPAIRED: 2}
    assert kinds["IfController"] == {Fate.EXACT: 6, Fate.REPAIRED: 1}
    assert sum(report.total.values()) == 29
    assert {(one.line, one.code) for one in report.repairs} >= {
        (8, "JX305"), (53, "JX301"), (147, "JX201"), (125, "JX301"), (162, "JX304"), (168, "JX101"), (199, "JX306"), (236, "JX102"),
    }  # fmt: skip
    assert report.reaches(Fate.REPAIRED)
    assert not report.reaches(Fate.DIFFERS)


def test_what_runs_is_for_others_to_say(source: bytes) -> None:
    def judge(element: Element) -> tuple[Fate, str] | None:
        return (Fate.DIFFERS, "sends HTTP/2") if isinstance(element, HttpRequest) else None

    report = port_report(read(source, "s.jmx"), judge)
    assert report.total[Fate.DIFFERS] == 7
    assert report.reaches(Fate.DIFFERS)
    assert not report.reaches(Fate.UNSUPPORTED)
    assert "sends HTTP/2" in render_text(report)


def test_a_correct_plan_is_carried_exactly() -> None:
    plan = TestPlan(name="P", children=(Foreign(tag="org.x.Odd", guiclass="org.x.OddGui", testclass="org.x.Odd"),))
    report = port_report(read(write(plan), "p.jmx"))
    assert report.repairs == ()
    assert dict(report.total) == {Fate.EXACT: 1, Fate.FOREIGN: 1}
    assert [one.kind for one in report.kinds] == ["TestPlan", "Odd"]


def test_a_refused_file() -> None:
    report = port_report(read(b"", "empty.jmx"))
    assert report.reaches(Fate.FOREIGN)
    assert "JX001" in render_text(report)


def test_json_and_width(source: bytes) -> None:
    report = port_report(read(source, "s.jmx"))
    data = json.loads(json.dumps(report.to_json()))
    assert data["total"]["repaired"] == report.total[Fate.REPAIRED]
    assert len(data["repairs"]) == len(report.repairs)
    assert all(len(line) <= 80 for line in render_text(report, 80).splitlines())
