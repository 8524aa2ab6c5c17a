"""``check`` and ``record``: observations, put on the sample for the results to count.

They run after the assertions, for requests only; what a transaction adds up is not measured again.
"""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.plan.expressions import Expression, mentions
from silhouette_plan.plan.processors import Check, Record
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.coercion import is_true, observation
from silhouette_plan.values.user import User

Applies = Callable[[User, Sample], bool]


def check(node: Check, build: Build) -> After:
    """Whether the condition holds for the sample; an unset one does not."""
    applies = applies_when(node, node.when, build)
    condition = build.expression(node.condition, node)
    name = text_of(build, node, node.name)

    def observe(user: User, sample: Sample) -> None:
        if not sample.from_transaction and applies(user, sample):
            sample.checks = [*sample.checks, (name(user), is_true(condition(user, sample)))]

    return observe


def record(node: Record, build: Build) -> After:
    """The value as an observation of its metric: of what is true for a rate, else of a number. An unset value is none.

    Nor is one that asks whether checks passed where there was none.
    """
    applies = applies_when(node, node.when, build)
    value = build.expression(node.value, node)
    kind, metric = node.kind, node.metric
    of_checks = mentions(node.value, "passed")

    def observe(user: User, sample: Sample) -> None:
        if sample.from_transaction or not applies(user, sample) or (of_checks and not sample.checks):
            return
        found = observation(kind, value(user, sample))
        if found is not None:
            sample.metrics = [*sample.metrics, (kind, metric, found)]

    return observe


def applies_when(node: Check | Record, when: Expression | None, build: Build) -> Applies:
    """The ``when`` clause."""
    if when is None:
        return lambda user, sample: True
    condition = build.expression(when, node)
    return lambda user, sample: is_true(condition(user, sample))
