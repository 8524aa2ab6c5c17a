"""Assertions on sub-samples (``JMeterThread.checkAssertions``).

A sub-sample that fails is marked itself; the main sample fails with it, under a message of its own, unless it has
already failed.
"""

from __future__ import annotations

from silhouette_plan.elements.scope import MAIN
from silhouette_plan.program.fields import Value
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.user import User

_DEPTH = 4


def scoped(judge: Judge, scope: str, name: Value) -> Judge:
    """``judge`` applied to the samples of ``scope``; ``name`` is the assertion's."""
    if scope in MAIN or scope == "variable":
        return judge
    if scope == "children":
        return lambda user, sample: _children(judge, name, user, sample, _DEPTH)
    if scope == "all":

        def judge_all(user: User, sample: Sample) -> AssertionResult | None:
            own = judge(user, sample)
            below = _children(judge, name, user, sample, _DEPTH)
            return own or below

        return judge_all
    return lambda user, sample: None


def _children(judge: Judge, name: Value, user: User, sample: Sample, levels: int) -> AssertionResult | None:
    failed = False
    for child in sample.subresults if levels else ():
        _apply(judge(user, child), name(user), child)
        below = _children(judge, name, user, child, levels - 1)
        if below is not None:
            _apply(below, "", child)
        failed = failed or not child.success
    return AssertionResult(name(user), "One or more sub-samples failed") if failed and sample.success else None


def _apply(result: AssertionResult | None, name: str, sample: Sample) -> None:
    if result is None:
        sample.passed_assertions = [*sample.passed_assertions, name]
        return
    sample.success = False
    sample.assertions = [*sample.assertions, result]
    sample.settle_message(result.message)
