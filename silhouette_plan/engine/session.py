"""What the users of a run share: the run, its observers, and who is alive to be stopped.

Samples gather in ``samples`` and go to the observers when the turn ends, or before anything else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import trio

from silhouette_plan.engine.garbage import set_aside
from silhouette_plan.engine.lag import Lag
from silhouette_plan.engine.sleeper import Sleeper
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.numbers import parse_double, single_precision
from silhouette_plan.values.user import Run

BEAT = 0.25
"""Seconds between two looks at the run as a whole."""


class Stoppable(Protocol):
    """A user's life, or the start of a group's users."""

    def stop(self) -> None:
        """Ends it as soon as no sample is cut short."""


class Session:
    """One run while it goes on. ``stop`` is the one way to end it early, for all who want to."""

    def __init__(self, run: Run, observers: Sequence[Observer], lag: Lag) -> None:
        self.run = run
        self.stopping = self.tearing_down = self._was_stopped = False
        self.alive: set[Stoppable] = set()
        self.scope = trio.CancelScope()
        self.sleeper = Sleeper(run.clock.now, trio.current_time() - run.clock.now(), lag)
        self.timer_factor = _factor(run)
        self.sample_variables = _names(run)
        self.samples: list[Sample] = []
        self.fault: Exception | None = None
        self._takers: list[Callable[[list[Sample]], None]] = [
            one.on_samples for one in observers if _overrides(one, "on_samples") or _overrides(one, "on_sample")
        ]
        self.user_started = self._telling(observers, "on_user_started")
        self.user_ended = self._telling(observers, "on_user_ended")
        self.group_started = self._telling(observers, "on_group_started")
        self.group_ended = self._telling(observers, "on_group_ended")
        run.stop = self.stop_by_plan
        run.finding = self._telling(observers, "on_finding")
        run.metric = self._telling(observers, "on_metric")
        run.turn_ends.append(self.pass_on)

    def pass_on(self) -> None:
        """Hands the samples that gathered to the observers. One that raises ends the run: what it counts is wrong."""
        if self.samples:
            batch = self.samples[:]
            self.samples.clear()
            try:
                for take in self._takers:
                    take(batch)
            except Exception as fault:
                self.fault = self.fault or fault
                self.stop(now=True)

    def _telling(self, observers: Sequence[Observer], name: str) -> Callable[..., None]:
        """Tells all observers that want to know of it; of the samples before it first."""
        told = [getattr(one, name) for one in observers if _overrides(one, name)]

        def tell(*what: object) -> None:
            self.pass_on()
            for listener in told:
                listener(*what)

        return tell if told else _to_nobody

    def stop(self, now: bool) -> None:
        """Users end after their sample; with ``now`` in it."""
        self.stopping = True
        for one in list(self.alive):
            one.stop()
        if now:
            self.scope.cancel()

    def stop_by_plan(self, now: bool) -> None:
        """As ``stop``, for what stands in the plan. After a first stop only *now* counts, as JMeter's engine has it: in the
        tearDown groups of a stopped run, who wants a graceful stop ends alone."""
        if now or not self._was_stopped:
            self.stop(now)

    def end_load(self, patience: float) -> bool:
        """As ``stop``, and samples that take longer than ``patience`` s are interrupted; tearDown groups are left alone.

        False where the run is ending already.
        """
        if self.stopping or self.tearing_down:
            return False
        self.stop(now=False)
        self.scope.deadline = trio.current_time() + patience
        return True

    def resume(self) -> None:
        """What stopped the groups so far does not stop the tearDown groups, which are to come."""
        self._was_stopped = self.stopping
        self.stopping = False
        self.tearing_down = True

    async def beat(self) -> None:
        """Sets new users aside, for as long as it is let."""
        started = 0
        while True:
            await trio.sleep(BEAT)
            if self.run.started_users != started:
                started = self.run.started_users
                set_aside()


def _factor(run: Run) -> float:
    try:
        return single_precision(parse_double(str(run.properties.get("timer.factor", "1"))))
    except (ValueError, IndexError):
        return 1.0


def _names(run: Run) -> tuple[str, ...]:
    """The variables whose values every sample keeps (property ``sample_variables``)."""
    names = str(run.properties.get("sample_variables", "")).split(",")
    return tuple(name for name in names if name)


def _overrides(observer: Observer, name: str) -> bool:
    return getattr(type(observer), name) is not getattr(Observer, name)


def _to_nobody(*what: object) -> None:
    """Nobody wants to know."""
