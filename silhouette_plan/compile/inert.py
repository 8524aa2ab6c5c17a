"""What stands in a plan and a run goes on without: exporters, monitors, listeners that silplan does not have."""

from __future__ import annotations

from collections.abc import Mapping

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import LoginConfig
from silhouette_plan.plan.listeners import BackendListener, Export, Monitor, Report
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.plan.walk import walk

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
