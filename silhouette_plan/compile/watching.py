"""What stands in a plan and is no part of its flow: what a run goes on without, and what is made of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from silhouette_plan.compile.bounds import Refused, seconds_of
from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import LoginConfig
from silhouette_plan.plan.listeners import BackendListener, Export, Monitor, Report, SummaryLine
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.plan.walk import walk
from silhouette_plan.values.template import ValueFault

INERT: Mapping[type[Element], str] = {
    BackendListener: "sends nothing: there are no exporters yet",
    LoginConfig: "does nothing: it is for samplers of FTP, LDAP and mail, none of which runs here",
    Export: "sends nothing: there are no exporters yet",
    Monitor: "measures nothing: there are no monitors yet",
}
"""Kinds that a run goes on without, with a warning, and why."""

_NO_HTML = "writes nothing: there is no HTML report yet"
_NO_LISTENER = "records nothing: it is a listener that silplan does not have"
_SILENT = ""

INERT_TAGS: Mapping[str, str] = {
    **dict.fromkeys(("HttpMirrorControl", "PropertyControl", "ProxyControl", "WorkBench"), _SILENT),
    **dict.fromkeys(
        (
            "MailerResultCollector",
            "com.blazemeter.jmeter.http2.visualizers.ResultCollector",
            "com.github.johrstrom.config.PrometheusMetricsConfig",
            "com.github.johrstrom.listener.PrometheusListener",
            "kg.apc.jmeter.dbmon.DbMonCollector",
            "kg.apc.jmeter.jmxmon.JMXMonCollector",
            "kg.apc.jmeter.listener.GraphsGeneratorListener",
            "kg.apc.jmeter.perfmon.PerfMonCollector",
            "kg.apc.jmeter.reporters.ConsoleStatusLogger",
            "kg.apc.jmeter.reporters.FlexibleFileWriter",
            "kg.apc.jmeter.reporters.LoadosophiaUploader",
            "kg.apc.jmeter.vizualizers.CompositeResultCollector",
        ),
        _NO_LISTENER,
    ),
}
"""The same by tag, for elements that are kept whole. JMeter's recorder and the like do nothing in its own runs either."""


def inert(node: Element) -> str | None:
    """Why a run goes on without ``node``, empty where JMeter's does too; None for what it cannot go on without."""
    return INERT_TAGS.get(node.tag) if isinstance(node, Foreign) else INERT.get(type(node))


def warn_of_inert(plan: TestPlan, build: PlanBuild) -> None:
    """Tells what the run will go on without."""
    for node in walk(plan, disabled=False):
        reason = _NO_HTML if isinstance(node, Report) and node.format != "json" else inert(node)
        if reason:
            build.report(problem("CP009", f"{described(node)} {reason}", node))


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
