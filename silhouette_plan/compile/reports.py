"""What a plan asks to be made of its figures: lines while the run goes on, files when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from silhouette_plan.compile.bounds import Refused, seconds_of
from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.listeners import Report, SummaryLine
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import walk
from silhouette_plan.values.template import ValueFault


def summary_interval(plan: TestPlan, build: PlanBuild) -> int | None:
    """Seconds between the summary's lines, None where the plan does not say. The first of several counts."""
    lines = [node for node in walk(plan, disabled=False) if isinstance(node, SummaryLine)]
    for node in lines[1:]:
        build.report(problem("CP009", f"{described(node)} changes nothing: another one stands before it", node))
    return _whole_seconds(lines[0], build) if lines else None


def _whole_seconds(node: SummaryLine, build: PlanBuild) -> int | None:
    try:
        seconds = seconds_of(node.every, node, build)
        if seconds < 1 or seconds % 1:
            raise Refused(f"{seconds:g} s are no whole seconds", "such as `summary every 30s`")
    except Refused as refused:
        build.report(problem("CP013", f"{described(node)}: {refused.message}", node, refused.hint))
        return None
    return int(seconds)


def report_files(plan: TestPlan, build: PlanBuild) -> tuple[Path, ...]:
    """The files that get the run's figures as JSON. Files that the plan reads are refused, so call it when all are known."""
    return tuple(dict.fromkeys(_report_files(plan, build)))


def _report_files(plan: TestPlan, build: PlanBuild) -> Iterator[Path]:
    for node in walk(plan, disabled=False):
        if isinstance(node, Report) and node.format == "json":
            path = _path(node, build)
            if path is not None and path.resolve() in {*build.files_read, build.options.file}:
                message = f"the plan is read from {path}; no report is written there"
                build.report(Diagnostic("RS009", message, node.span, hint="choose another name"))
            elif path is not None:
                yield path


def _path(node: Report, build: PlanBuild) -> Path | None:
    try:
        text = build.template(node.path, node).evaluate(build.plan_user).strip()
    except ValueFault:
        text = ""
    if not text or "${" in text:
        message = f"{described(node)}: no path that is known before the run"
        build.report(problem("CP013", message, node, 'such as `report json "report.json"`'))
        return None
    return build.may_write(text, node)
