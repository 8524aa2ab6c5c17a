"""Stopping a run from outside."""

from __future__ import annotations

from collections.abc import Callable


class RunControl:
    """Hand one to ``run`` to be able to stop it. Call it from the event loop the run is in."""

    def __init__(self) -> None:
        self._stop: Callable[[bool], None] | None = None
        self._asked: bool | None = None

    def stop(self, now: bool) -> None:
        """Ends the run: users finish their sample, or with ``now`` are interrupted in it. Before the start: as soon as it starts."""
        self._asked = now or bool(self._asked)
        if self._stop is not None:
            self._stop(now)

    def bind(self, stop: Callable[[bool], None]) -> None:
        """The run has started and stops by ``stop``."""
        self._stop = stop
        if self._asked is not None:
            stop(self._asked)
