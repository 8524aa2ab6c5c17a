"""Lines of ``slo`` to objectives: every value is computed before the run, and a line that could not be judged is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from silhouette_plan.compile.bounds import Given, Refused, seconds_of, unit_of, value_of
from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import problem
from silhouette_plan.compile.measures import Measures
from silhouette_plan.diagnostics import Severity
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan.expressions import Range
from silhouette_plan.plan.listeners import Threshold
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import walk
from silhouette_plan.results.figures import Unit, seconds_text
from silhouette_plan.results.objectives.metrics import AGGREGATES, CHECKS, NATURES, SAMPLE_METRICS, SAMPLES
from silhouette_plan.results.objectives.objective import Action, Bound, Nature, Objective, Scope, Selection

GENERATOR = "generator"

OF_PROCESSES = frozenset({"rss", "cpu", "threads", "files", "memory", "lag", "uss", "vms", "connections", "sockets"})
"""Metrics of monitors and of the generator."""

_PERCENTILE = re.compile(r"p[0-9]{1,2}(\.[0-9]+)?")
_WORD = re.compile(r"[^\W\d]\w*([.-]\w+)*")


def compile_objectives(plan: TestPlan, measures: Measures, build: PlanBuild) -> tuple[Objective, ...]:
    """Every line of ``slo`` that is on; those that could not be judged are reported."""
    found = []
    for node in walk(plan, disabled=False):
        if isinstance(node, Threshold) and not _watches_processes(node, measures, build):
            try:
                found.append(_objective(node, measures, build))
            except Refused as refused:
                build.report(problem("CP011", refused.message, node, refused.hint))
    return tuple(found)


def _watches_processes(node: Threshold, measures: Measures, build: PlanBuild) -> bool:
    """Reports a line on what monitors or the generator would measure; one that only warns is left out."""
    named = node.of in (GENERATOR, *measures.monitors)
    if not named and (node.metric not in OF_PROCESSES or node.metric in measures.metrics):
        return False
    leave_out = build.options.allow_unsupported or node.action == Action.WARN
    message = f"objective “{node.name}” asks for the `{node.metric}` of a process, which is not measured yet"
    hint = "" if leave_out else "switch it `off`, or leave it out with --allow-unsupported"
    severity = Severity.WARNING if leave_out else Severity.ERROR
    build.report(problem("CP001", f"{message}{'; it is left out' if leave_out else ''}", node, hint, severity))
    return True


def _objective(node: Threshold, measures: Measures, build: PlanBuild) -> Objective:
    metric = SAMPLES if node.aggregate == "throughput" else node.metric
    nature, unit = _nature(metric, measures)
    _check_aggregate(node.aggregate, metric, nature)
    of = build.template(node.of, node).evaluate(build.plan_user)
    bound, spelled, dimension = _bound(node, build)
    measured_in = unit_of(node.aggregate, nature, unit, dimension)
    if measured_in is Unit.SHARE and not (0 <= bound.low <= bound.high <= 1):
        hint = "" if dimension else f"did you mean `{spelled}%`?"
        raise Refused(f"`{metric}` has a share between 0% and 100%, which {spelled} is not", hint)
    during = _during(node, build)
    over = seconds_of(node.over, node, build) if node.over else None
    if over == 0:
        raise Refused("a window of no length holds nothing", "such as `over 10s`")
    part = f" during {seconds_text(during[0])}..{seconds_text(during[1])}" if during else ""
    windows = f" over {seconds_text(over)}" if over else ""
    return Objective(
        text=f"{_measured_text(node.aggregate, node.metric, of)} {node.comparison} {spelled}{part}{windows}",
        aggregate=node.aggregate,
        selection=_selection(metric, of, measures),
        nature=nature,
        bound=bound,
        unit=measured_in,
        during=during,
        over=over,
        action=Action(node.action),
        after=seconds_of(node.after, node, build) if node.after else 0.0,
    )


def _nature(metric: str, measures: Measures) -> tuple[Nature, Unit | None]:
    """What a metric's observations are, and their unit; None where the bound tells it."""
    if metric in measures.metrics:
        return NATURES[measures.metrics[metric]], None
    if metric == CHECKS:
        return Nature.TRUTH, Unit.SHARE
    if metric in SAMPLE_METRICS:
        return SAMPLE_METRICS[metric].nature, SAMPLE_METRICS[metric].unit
    known = (*SAMPLE_METRICS, CHECKS, *measures.metrics)
    raise Refused(f"no metric is called `{metric}`", did_you_mean(metric, known))


def _check_aggregate(aggregate: str, metric: str, nature: Nature) -> None:
    known = AGGREGATES[nature]
    kind = "pNN" if _PERCENTILE.fullmatch(aggregate) else "rate" if aggregate == "throughput" else aggregate
    if kind not in known:
        raise Refused(f"`{metric}` has no `{aggregate}`", f"it has {' '.join(known)}")


def _selection(metric: str, of: str, measures: Measures) -> Selection:
    """Whose observations ``of`` means: a check's, a step's, or a group's."""
    if not of:
        return Selection(metric)
    if metric == CHECKS and of in measures.checks:
        return Selection(metric, Scope.CHECK, of)
    if of in measures.groups and of not in measures.labels:
        return Selection(metric, Scope.GROUP, of)
    known: Iterable[str] = measures.labels | measures.groups | (measures.checks if metric == CHECKS else set())
    if of in measures.labels or measures.any_label:
        return Selection(metric, Scope.LABEL, of)
    raise Refused(f"no step{', check' if metric == CHECKS else ''} or group is called “{of}”", did_you_mean(of, known))


def _bound(node: Threshold, build: PlanBuild) -> tuple[Bound, str, str]:
    """The bound, how it is spelled, and its dimension; empty where no unit was given."""
    if node.comparison != "in":
        only = value_of(node.value, node, build)
        return Bound(node.comparison, only.value, only.value), only.spelled, only.dimension
    if not isinstance(node.value, Range):
        raise Refused("`in` takes a range such as `10%..50%` here")
    low, high = (value_of(end, node, build) for end in (node.value.low, node.value.high))
    dimension = _common(low, high)
    if low.value > high.value:
        raise Refused(f"nothing is between {low.spelled} and {high.spelled}", "the smaller one stands first")
    return Bound("in", low.value, high.value), f"{low.spelled}..{high.spelled}", dimension


def _common(low: Given, high: Given) -> str:
    if low.dimension != high.dimension and low.dimension and high.dimension:
        raise Refused(f"{low.spelled} and {high.spelled} have not the same unit")
    return low.dimension or high.dimension


def _during(node: Threshold, build: PlanBuild) -> tuple[float, float] | None:
    if node.during is None:
        return None
    begin, end = (seconds_of(text, node, build) for text in node.during)
    if begin >= end:
        raise Refused(f"nothing is between {node.during[0]} and {node.during[1]}", "the earlier one stands first")
    return begin, end


def _measured_text(aggregate: str, metric: str, of: str) -> str:
    behind = f" of {_named(of)}" if of else ""
    return f"throughput{behind}" if aggregate == "throughput" else f"{aggregate}({_named(metric)}{behind})"


def _named(name: str) -> str:
    return name if _WORD.fullmatch(name) else f'"{name}"'
