"""Result Status Action Handler (``org.apache.jmeter.reporters.ResultAction``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from silhouette_plan.plan.processors import ResultAction
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import NextAction, Sample
from silhouette_plan.values.user import User


def _stop_user(sample: Sample) -> None:
    sample.steer().stop_user = True


def _stop_test(sample: Sample) -> None:
    sample.steer().stop_test = True


def _stop_now(sample: Sample) -> None:
    sample.steer().stop_now = True


def _go_on_with(action: NextAction) -> Callable[[Sample], None]:
    def mark(sample: Sample) -> None:
        sample.steer().next_action = action

    return mark


_ACTIONS: Mapping[int, Callable[[Sample], None]] = {
    1: _stop_user,
    2: _stop_test,
    3: _stop_now,
    4: _go_on_with(NextAction.NEXT_THREAD_LOOP),
    5: _go_on_with(NextAction.NEXT_LOOP),
    6: _go_on_with(NextAction.BREAK_LOOP),
}


def result_action(node: ResultAction, build: Build) -> After:
    """Marks a failed sample with what is to follow. It listens in JMeter, hence runs after the assertions."""
    mark = _ACTIONS.get(node.action)

    def act(user: User, sample: Sample) -> None:
        if mark is not None and not sample.success:
            mark(sample)

    return act
