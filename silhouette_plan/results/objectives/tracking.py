"""Measures what the objectives of a plan ask for, and nothing else, while the run goes on.

An observation counts at the moment when it is made known: a sample when it ended, one inside a transaction that is its
parent together with that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from silhouette_plan.results.objectives.judging import Judgement, may_still_hold
from silhouette_plan.results.objectives.metrics import CHECKS, SAMPLE_METRICS
from silhouette_plan.results.objectives.objective import Action, Objective, Scope, Selection
from silhouette_plan.results.objectives.tracks import Place, Track, place_of, tracks_for
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

Take = Callable[[float, float], None]
"""Takes a value and its moment."""

_STARTER = "-ThreadStarter"


class Tracker(Observer):
    """``now`` gives monotonic seconds. After ``abort`` nothing more is measured, so that samples which the run's end
    interrupts are not held against the target."""

    def __init__(self, objectives: tuple[Objective, ...], now: Callable[[], float]) -> None:
        self._objectives = objectives
        self._aborting = tuple(one for one in objectives if one.action is Action.ABORT)
        self._tracks = tracks_for(objectives)
        self._by_group = any(one.selection.scope is Scope.GROUP for one in objectives)
        self._routes: dict[tuple[str, str, bool], _Route] = {}
        self._outside = _takes_by_name(self._tracks, lambda one: one.scope is Scope.ALL)
        self._now = now
        self._start = now()
        self._began = math.inf
        self._last = 0.0
        self._settled: tuple[Judgement, ...] = ()

    def on_run_started(self, start: int) -> None:
        """Time counts from here."""
        self._start = self._now()

    def on_samples(self, samples: Sequence[Sample]) -> None:
        """Samples that ended by now, with those inside transactions that are their parents."""
        if not self._settled:
            self._last = moment = self._now() - self._start
            for sample in samples:
                self._take(sample, moment)

    def on_metric(self, kind: str, name: str, value: float) -> None:
        """An observation made outside samples."""
        if not self._settled and math.isfinite(value):
            self._last = moment = self._now() - self._start
            self._began = min(self._began, moment)
            for take in self._outside.get(name, ()):
                take(value, moment)

    def on_run_ended(self, end: int, interrupted: str) -> None:
        """The judgements are final."""
        if not self._settled:
            moment = self._now() - self._start
            self._settled = tuple(self._judge(self._objectives, moment, self._last, final=True))

    @property
    def may_abort(self) -> bool:
        """Whether any objective could end the run."""
        return bool(self._aborting)

    def breach(self) -> Judgement | None:
        """An objective that is to end the run now, if there is one."""
        moment = self._now() - self._start
        due = [objective for objective in self._aborting if moment >= objective.after]
        for judgement in self._judge(due, moment, moment, final=False):
            if not judgement.holds and not may_still_hold(judgement):
                return replace(judgement, aborted_at=moment)
        return None

    def abort(self, cause: Judgement) -> None:
        """The run ends because of ``cause``: the judgements stay what they are now."""
        moment = self._now() - self._start
        judged = self._judge(self._objectives, moment, moment, final=True)
        self._settled = tuple(cause if one.objective is cause.objective else one for one in judged)

    def judgements(self) -> tuple[Judgement, ...]:
        """What became of every objective, in their order, when the run is over."""
        return self._settled

    def _judge(
        self, objectives: Iterable[Objective], moment: float, last: float, *, final: bool
    ) -> Iterable[Judgement]:
        """``moment`` is now; ``last`` is when the load ended, or now."""
        began = self._began if math.isfinite(self._began) else 0.0
        for objective in objectives:
            track = self._tracks[place_of(objective)]
            track.look(moment)
            yield track.judgement(objective, began, last, final)

    def _take(self, sample: Sample, moment: float) -> None:
        if sample.from_transaction:
            for inside in sample.subresults:
                self._take(inside, moment)
        else:
            began = moment - (sample.elapsed + sample.idle) / 1000
            if began < self._began:
                self._began = began
        key = (sample.label, _group_of(sample) if self._by_group else "", sample.from_transaction)
        route = self._routes.get(key)
        if route is None:
            route = self._routes[key] = _Route(self._tracks, *key)
        route.take(sample, moment)


class _Route:
    """Where the observations go that samples of one label, group and kind make."""

    def __init__(self, tracks: dict[Place, Track], label: str, group: str, transaction: bool) -> None:
        def matches(selection: Selection) -> bool:
            match selection.scope:
                case Scope.LABEL:
                    return selection.name == label
                case Scope.GROUP:
                    return selection.name == group and not transaction
                case _:
                    return not transaction

        by_name = _takes_by_name(tracks, matches)
        self._parts = [(metric.read, take) for name, metric in SAMPLE_METRICS.items() for take in by_name.pop(name, ())]
        self._checks = [
            (place[0].name if place[0].scope is Scope.CHECK else None, track.take)
            for place, track in tracks.items()
            if place[0].metric == CHECKS and matches(place[0])
        ]
        by_name.pop(CHECKS, None)
        self._metrics = by_name

    def take(self, sample: Sample, moment: float) -> None:
        """Everything that was observed in ``sample``."""
        for read, take in self._parts:
            take(read(sample), moment)
        if self._checks:
            for name, held in sample.checks:
                for wanted, take in self._checks:
                    if wanted is None or wanted == name:
                        take(held, moment)
        if self._metrics:
            for _, name, value in sample.metrics:
                if math.isfinite(value):
                    for take in self._metrics.get(name, ()):
                        take(value, moment)


def _takes_by_name(tracks: dict[Place, Track], matches: Callable[[Selection], bool]) -> dict[str, list[Take]]:
    """The tracks whose selection ``matches``, by the name of their metric."""
    found: dict[str, list[Take]] = {}
    for (selection, _, _), track in tracks.items():
        if matches(selection):
            found.setdefault(selection.metric, []).append(track.take)
    return found


def _group_of(sample: Sample) -> str:
    """The name of the group that a sample's user is of (``Group 1-2``, ``Group-ThreadStarter 1-2``)."""
    return sample.thread_name.rpartition(" ")[0].removesuffix(_STARTER)
