"""The metrics that every sample has, and the aggregates that a metric can be judged by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from silhouette_plan.plan.records import record
from silhouette_plan.results.figures import Unit
from silhouette_plan.results.objectives.objective import Nature
from silhouette_plan.results.sample import Sample


@record
class SampleMetric:
    """A part of a sample as a metric: ``read`` gives the observation."""

    nature: Nature
    unit: Unit
    read: Callable[[Sample], float]


SAMPLE_METRICS: Mapping[str, SampleMetric] = {
    "time": SampleMetric(Nature.NUMBER, Unit.MILLISECONDS, lambda sample: sample.elapsed),
    "latency": SampleMetric(Nature.NUMBER, Unit.MILLISECONDS, lambda sample: sample.latency),
    "connect": SampleMetric(Nature.NUMBER, Unit.MILLISECONDS, lambda sample: sample.connect),
    "size": SampleMetric(Nature.NUMBER, Unit.BYTES, lambda sample: sample.received),
    "sent": SampleMetric(Nature.NUMBER, Unit.BYTES, lambda sample: sample.sent),
    "failed": SampleMetric(Nature.TRUTH, Unit.SHARE, lambda sample: 0 if sample.success else 1),
    "ok": SampleMetric(Nature.TRUTH, Unit.SHARE, lambda sample: 1 if sample.success else 0),
    "samples": SampleMetric(Nature.AMOUNT, Unit.NONE, lambda sample: 1),
}
"""By name. Times in ms, sizes in bytes."""

CHECKS = "checks"
"""The metric of what ``check`` statements found; a truth for each that looked at a sample."""

SAMPLES = "samples"
"""The metric that ``throughput`` counts."""

NATURES: Mapping[str, Nature] = {
    "counter": Nature.AMOUNT,
    "rate": Nature.TRUTH,
    "trend": Nature.NUMBER,
    "gauge": Nature.LEVEL,
}
"""What the kinds of a plan's own metrics are."""

_OF_NUMBERS = ("min", "avg", "med", "max", "stddev", "pNN", "count")

AGGREGATES: Mapping[Nature, tuple[str, ...]] = {
    Nature.AMOUNT: ("count", "rate"),
    Nature.TRUTH: ("rate", "count"),
    Nature.NUMBER: _OF_NUMBERS,
    Nature.LEVEL: (*_OF_NUMBERS, "growth"),
}
"""What can be made of the observations of a metric; ``pNN`` is any percentile."""
