"""One clock for a run: monotonic for durations, the wall for stamps.

The wall clock is read once; every later stamp is that reading plus monotonic time, so that a clock set back or forward
while a test runs gives neither negative durations nor rows out of order.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """``now`` gives monotonic seconds, ``stamp`` the wall clock in whole ms for such a moment."""

    __slots__ = ("_offset_ms", "now")

    def __init__(
        self, monotonic: Callable[[], float] = time.perf_counter, wall: Callable[[], float] = time.time
    ) -> None:
        self.now = monotonic
        self._offset_ms = wall() * 1000.0 - monotonic() * 1000.0

    def stamp(self, moment: float) -> int:
        """Wall clock in ms since 1970 of the monotonic ``moment`` (s)."""
        return int(self._offset_ms + moment * 1000.0)
