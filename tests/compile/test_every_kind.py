"""Nothing in a plan is ignored silently: every kind of element does something, is refused, or is told of."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.compile.controllers import CONTROLLERS
from silhouette_plan.compile.groups import GROUPS
from silhouette_plan.compile.inert import INERT, INERT_TAGS
from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.elements import tables
from silhouette_plan.plan import listeners, testplan
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.plan.expressions import Literal
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.samplers import DummySampler
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.protocols.tables import CONFIGS, SAMPLERS

BUILT: dict[type[Element], str] = {
    testplan.TestPlan: "the plan itself",
    testplan.UserVariables: "its values are the plan's variables",
    testplan.Parameter: "its value is one of the plan's variables",
    listeners.Objectives: "holds the lines of `slo`",
    listeners.Threshold: "the run is judged by it",
    listeners.SummaryLine: "sets the interval of the summary lines",
    listeners.Report: "as JSON it is written; as HTML it is told of",
}
"""Kinds that do something without a row in a table of factories, and what."""

TABLES: tuple[Any, ...] = (
    GROUPS,
    CONTROLLERS,
    SAMPLERS,
    CONFIGS,
    *tables.OF_STEPS,
)
HERE = Span("plan.jmx", 7)


def _does_something(kind: type[Element]) -> bool:
    return kind in BUILT or any(kind in table for table in TABLES)


def _made(kind: type[Element]) -> Element:
    needed = {one.name: "" for one in fields(kind) if one.default is MISSING}
    given: dict[str, Any] = {name: Literal(1) if name in ("value", "condition") else "x" for name in needed}
    return kind(name="it", span=HERE, **given)


def _told_of(element: Element) -> list[Diagnostic]:
    """What compiling a plan with ``element`` says at its place."""
    group = ThreadGroup(children=(element, DummySampler(name="step")))
    plan = TestPlan(children=(element if isinstance(element, Group) else group,))
    return [found for found in compile_plan(plan, CompileOptions()).diagnostics if found.span == HERE]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not _does_something(kind)])
def test_what_does_nothing_is_told_of(kind: type[Element]) -> None:
    found = [(one.code, one.severity) for one in _told_of(_made(kind))]
    assert found == [("CP009", Severity.WARNING) if kind in INERT else ("CP001", Severity.ERROR)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if _does_something(kind) and kind is not TestPlan])
def test_what_does_something_is_not_refused(kind: type[Element]) -> None:
    assert "CP001" not in {one.code for one in _told_of(_made(kind))}


def test_a_kind_does_something_or_has_a_reason() -> None:
    assert not {kind for kind in (*INERT, *tables.UNSUPPORTED) if _does_something(kind)}


def test_a_report_in_html_is_told_of() -> None:
    assert [one.code for one in _told_of(listeners.Report(format="html", path="r.html", span=HERE))] == ["CP009"]


@pytest.mark.parametrize("tag", INERT_TAGS)
def test_a_run_goes_on_without_some_elements_that_are_kept_whole(tag: str) -> None:
    told = [(one.code, one.severity) for one in _told_of(Foreign(name="it", tag=tag, span=HERE))]
    assert told == ([("CP009", Severity.WARNING)] if INERT_TAGS[tag] else [])
