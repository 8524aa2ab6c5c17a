"""What is kept of observations: all of them as one, or windows. Objectives on the same observations share a track."""

from __future__ import annotations

import math
from typing import Protocol

from silhouette_plan.results.measure import Measure
from silhouette_plan.results.objectives.judging import Judgement, judge_whole, judge_window
from silhouette_plan.results.objectives.objective import Objective, Selection
from silhouette_plan.results.objectives.windows import Windows

Place = tuple[Selection, tuple[float, float] | None, float | None]
"""What tells one track from another: whose observations, during which part of the run, over windows of which length."""


def place_of(objective: Objective) -> Place:
    """Where the observations of ``objective`` are kept."""
    return objective.selection, objective.during, objective.over


class Track(Protocol):
    """Observations of one place, and the objectives that they are for. Moments are s since the run began."""

    def take(self, value: float, moment: float) -> None:
        """An observation."""

    def look(self, moment: float) -> None:
        """Time has come to ``moment``."""

    def judgement(self, objective: Objective, began: float, last: float, final: bool) -> Judgement:
        """The judgement on an objective; the run's load went from ``began`` to ``last``, and is over where ``final``."""


class WholeTrack:
    """One figure of all, or of what was observed ``during`` a part of the run."""

    def __init__(self, during: tuple[float, float] | None) -> None:
        self._begin, self._end = during or (0.0, math.inf)
        self._measure = Measure()

    def take(self, value: float, moment: float) -> None:
        """Counts ``value`` where ``moment`` is in the part that is looked at."""
        if self._begin <= moment < self._end:
            self._measure.add(value)

    def look(self, moment: float) -> None:
        """Time changes nothing."""

    def judgement(self, objective: Objective, began: float, last: float, final: bool) -> Judgement:
        """By one figure; rates are over the load's time in the part that is looked at, a thousandth of a second at least."""
        seconds = max(min(last, self._end) - max(began, self._begin), 0.001)
        return judge_whole(objective, self._measure, seconds)


class WindowTrack:
    """The worst of all windows, for each objective."""

    def __init__(self, length: float, during: tuple[float, float] | None) -> None:
        self._windows = Windows(length, *(during or (0.0, math.inf)))
        self._judged: dict[Objective, Judgement] = {}
        self._due = self._windows.due

    def watch(self, objective: Objective) -> None:
        """Windows are judged for ``objective``, too."""
        self._judged[objective] = Judgement(objective)

    def take(self, value: float, moment: float) -> None:
        """Counts ``value`` in the slice of ``moment``."""
        if moment >= self._due:
            self.look(moment)
        self._windows.add(value, moment)

    def look(self, moment: float) -> None:
        """Judges the windows that are over."""
        for window in self._windows.pass_until(moment):
            for objective, so_far in self._judged.items():
                self._judged[objective] = judge_window(so_far, window)
        self._due = self._windows.due

    def judgement(self, objective: Objective, began: float, last: float, final: bool) -> Judgement:
        """By the worst window. In the end also by one that was cut short, but what adds up with time only if it is the only one."""
        judged = self._judged[objective]
        rest = self._windows.rest(last) if final else None
        if rest is None or (objective.adds_up and judged.windows):
            return judged
        return judge_window(judged, rest)


def tracks_for(objectives: tuple[Objective, ...]) -> dict[Place, Track]:
    """Tracks that keep what ``objectives`` need."""
    tracks: dict[Place, Track] = {}
    for objective in objectives:
        place = place_of(objective)
        if objective.over is None:
            tracks.setdefault(place, WholeTrack(objective.during))
        else:
            track = tracks.setdefault(place, WindowTrack(objective.over, objective.during))
            assert isinstance(track, WindowTrack)
            track.watch(objective)
    return tracks
