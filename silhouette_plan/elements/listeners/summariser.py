"""Generate Summary Results (``reporters.Summariser``)."""

from __future__ import annotations

from silhouette_plan.plan.listeners import Summariser
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.summariser import Summariser as Summary
from silhouette_plan.results.summariser import interval_of
from silhouette_plan.values.user import Run, User


def summariser(node: Summariser, build: Build) -> After:
    """*Generate Summary Results*: its lines are findings (RS008). Summarisers of one name count together."""
    name = node.name
    interval = interval_of(build.properties)

    def take(user: User, sample: Sample) -> None:
        run = user.run
        run.service(("summariser", name), lambda: _summary(run, name, interval, sample.start)).on_samples((sample,))

    return take


def _summary(run: Run, name: str, interval: int, start: int) -> Summary:
    summary = Summary(
        lambda line: run.finding("RS008", line),
        name,
        interval,
        lambda: (run.active_users, run.started_users, run.finished_users),
    )
    summary.on_run_started(start)
    run.closing.append(lambda: summary.on_run_ended(run.clock.stamp(run.clock.now()), ""))
    return summary
