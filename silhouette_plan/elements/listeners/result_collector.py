"""A listener with a results file of its own (``reporters.ResultCollector``).

The file is opened for the first sample, or as the run starts, not when the plan is compiled: checking a plan writes nothing.
"""

from __future__ import annotations

from pathlib import Path

from silhouette_plan.diagnostics import Diagnostic, PlanError, Severity
from silhouette_plan.elements.listeners.files import below_the_plan, do_nothing, files_of
from silhouette_plan.plan.listeners import ResultCollector
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import fixed_flag
from silhouette_plan.program.steps import After
from silhouette_plan.results.collector import Collector
from silhouette_plan.results.jtl.fields import SaveConfig, config_from_plan, config_from_properties
from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import Template, ValueFault
from silhouette_plan.values.user import Run, User


def result_collector(node: ResultCollector, build: Build) -> After:
    """A listener with a file: writes each wanted sample there. Without a file it only draws in JMeter's window."""
    path = _path(node, build)
    if path is None:
        return do_nothing
    try:
        config = config_from_plan(node.save, config_from_properties(build.properties))
    except PlanError as fault:
        for diagnostic in fault.diagnostics:
            build.report(diagnostic)
        return do_nothing
    errors_only, successes_only = (fixed_flag(build, node, flag) for flag in (node.errors_only, node.successes_only))
    return CollectorStep(path, config, errors_only, successes_only)


class CollectorStep:
    """Writes samples to the run's file at ``path``; ``open`` may be called as the run starts, to have it there at once."""

    __slots__ = ("_config", "_errors_only", "_path", "_successes_only")

    def __init__(self, path: Path, config: SaveConfig, errors_only: bool, successes_only: bool) -> None:
        self._path = path
        self._config = config
        self._errors_only = errors_only
        self._successes_only = successes_only

    def __call__(self, user: User, sample: Sample) -> None:
        """Takes a sample."""
        collector = user.run.services.get(self) or self.open(user.run)
        collector.take(sample)

    def open(self, run: Run) -> Collector:
        """The collector of this run; where the file cannot be opened, the run is told and the results count as lost."""
        files = files_of(run)
        try:
            writer = files.open(self._path, self._config)
        except PlanError as fault:
            for diagnostic in fault.diagnostics:
                run.finding(diagnostic.code, diagnostic.message)
            files.lose(ResultsLost(self._path, "it cannot be opened"))
            writer = files.discard(self._config)
        collector = Collector(writer, self._errors_only, self._successes_only)
        return run.service(self, lambda: collector)


def _path(node: ResultCollector, build: Build) -> Path | None:
    if not node.file.strip():
        return None
    text = _before_the_run(build.template(node.file, node), build)
    if text is None:
        message = f"the listener “{node.name}” writes no file: its name “{node.file}” is not known before the run"
        build.report(Diagnostic("RS007", message, node.span, Severity.WARNING, hint="use ${__P(name)} or a constant"))
        return None
    return build.may_write(below_the_plan(text.strip(), build), node)


def _before_the_run(template: Template, build: Build) -> str | None:
    """The text of a template of constants, functions and the plan's variables. None where another variable stays open."""
    if template.constant is not None:
        return template.constant
    try:
        text = template.evaluate(build.plan_user)
    except ValueFault:
        return None
    return None if "${" in text else text
