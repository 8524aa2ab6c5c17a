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
    if scope in ("children", "all"):
        return Below(judge, name, judge if scope == "all" else None)
    return lambda user, sample: None


class Below:
    """Judges the sub-samples; ``own`` is what judges the main sample before, in an entry of its own."""

    __slots__ = ("judge", "name", "own")

    def __init__(self, judge: Judge, name: Value, own: Judge | None) -> None:
        self.judge = judge
        self.name = name
        self.own = own

    def __call__(self, user: User, sample: Sample) -> AssertionResult | None:
        """None also where all held: only a failure is noted in the main sample."""
        return _children(self.judge, self.name, user, sample, _DEPTH)


def entries(name: str, judge: Judge) -> tuple[tuple[str | None, Judge], ...]:
    """``judge`` as it stands in a package: each step with the name under which the sample keeps that it held, if it does."""
    if not isinstance(judge, Below):
        return ((name, judge),)
    below = (None, judge)
    return (below,) if judge.own is None else ((name, judge.own), below)


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
    result.held_before = len(sample.passed_assertions)
    sample.assertions = [*sample.assertions, result]
    sample.settle_message(result.message)
