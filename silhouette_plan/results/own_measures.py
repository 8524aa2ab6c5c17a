"""What a plan measures besides its samples: how often its checks held, and the metrics of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from silhouette_plan.diagnostics.colours import RED, painted
from silhouette_plan.results.figures import Unit, figure_text
from silhouette_plan.results.measure import Measure
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.sections import Entry, aligned, headed


@dataclass(slots=True)
class CheckCounts:
    """How often a check looked at a sample, and how often it held."""

    count: int = 0
    held: int = 0

    @property
    def always(self) -> bool:
        """Whether it held each time."""
        return self.held == self.count


@dataclass(slots=True)
class Metric:
    """A metric of the plan's own; ``kind`` is ``counter rate trend gauge``."""

    kind: str
    measure: Measure = field(default_factory=Measure)


class OwnMeasures(Observer):
    """Counts by name, in the order in which names first came."""

    def __init__(self) -> None:
        self.checks: dict[str, CheckCounts] = {}
        self.metrics: dict[str, Metric] = {}

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """What was observed in samples, or in those that transactions hold."""
        for sample in samples:
            if sample.from_transaction:
                self.on_samples(sample.subresults)
            elif sample.checks or sample.metrics:
                self._count(sample)

    def _count(self, sample: Sample) -> None:
        for name, held in sample.checks:
            counts = self.checks.setdefault(name, CheckCounts())
            counts.count += 1
            counts.held += held
        for kind, name, value in sample.metrics:
            self.on_metric(kind, name, value)

    def on_metric(self, kind: str, name: str, value: float) -> None:
        """An observation."""
        if math.isfinite(value):
            metric = self.metrics.get(name)
            if metric is None:
                metric = self.metrics[name] = Metric(kind)
            metric.measure.add(value)


def checks_table(checks: dict[str, CheckCounts], width: int = 100, *, colour: bool = False) -> str:
    """How often each check held; where it did not always, in red."""
    entries: list[Entry] = []
    for name, counts in checks.items():
        share = figure_text(counts.held / counts.count, Unit.SHARE, _as_whole(counts.always))
        entries.append((name, share, (f"{counts.held} of {counts.count}",)))
    lines = aligned(entries, width)
    shown = [
        painted(line, RED if colour and not counts.always else "")
        for line, counts in zip(lines, checks.values(), strict=True)
    ]
    return headed("checks", shown, colour=colour)


def metrics_table(metrics: dict[str, Metric], seconds: float, width: int = 100, *, colour: bool = False) -> str:
    """Figures of each metric; those of counters also a second, over ``seconds``."""
    entries = [(name, metric.kind, _facts(metric, seconds)) for name, metric in metrics.items()]
    return headed("metrics", aligned(entries, width, right=False), colour=colour)


def figures_of(metric: Metric, seconds: float) -> dict[str, float]:
    """What there is to tell of a metric, the most telling figure first."""
    measure = metric.measure
    match metric.kind:
        case "counter":
            return {"count": measure.total, "per_second": measure.total / seconds}
        case "rate":
            return {"rate": measure.average(), "true": measure.total, "count": measure.count}
        case "gauge":
            return {"last": measure.last, "min": measure.minimum, "max": measure.maximum}
        case _:
            return {
                "avg": measure.average(),
                "p95": measure.percentile(95),
                "min": measure.minimum,
                "med": measure.percentile(50),
                "max": measure.maximum,
                "count": measure.count,
            }


def _facts(metric: Metric, seconds: float) -> list[str]:
    figures = figures_of(metric, seconds)
    match metric.kind:
        case "counter":
            return [figure_text(figures["count"]), figure_text(figures["per_second"], Unit.PER_SECOND)]
        case "rate":
            return [figure_text(figures["rate"], Unit.SHARE), f"{figures['true']:.0f} of {figures['count']:.0f}"]
        case _:
            return [f"{name} {figure_text(value)}" for name, value in figures.items()]


def _as_whole(always: bool) -> Callable[[float], bool]:
    return lambda shown: (shown == 1) == always
