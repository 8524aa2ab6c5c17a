"""Stopping a run from outside."""

from __future__ import annotations

from collections.abc import Callable


class RunControl:
    """Hand one to ``run`` to be able to stop it. Call it from the event loop the run is in."""

    def __init__(self) -> None:
        self._stop: Callable[[bool], None] | None = None
        self._end_load: Callable[[float], bool] | None = None
        self._asked: bool | None = None

    def stop(self, now: bool) -> None:
        """Ends the run: users finish their sample, or with ``now`` are interrupted in it. Before the start: as soon as it starts."""
        self._asked = now or bool(self._asked)
        if self._stop is not None:
            self._stop(now)

    def end_load(self, patience: float) -> bool:
        """Ends all but tearDown groups: users finish their sample, or are interrupted in it after ``patience`` s.

        False where there is nothing to end: the run has not started, or is ending already.
        """
        return self._end_load is not None and self._end_load(patience)

    def bind(self, stop: Callable[[bool], None], end_load: Callable[[float], bool]) -> None:
        """The run has started, stops by ``stop`` and ends its load by ``end_load``."""
        self._stop = stop
        self._end_load = end_load
        if self._asked is not None:
            stop(self._asked)
