"""Windows of one length that move over a run, each made of slices that are merged.

The length is divided into whole slices, of about a second and 60 at most; a window begins with every slice. So memory is
bounded however long the run and the windows are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from silhouette_plan.plan.records import record
from silhouette_plan.results.measure import Measure, merged

MOST_SLICES = 60


@record
class Window:
    """What was observed from ``begin`` to ``end`` (s since the run began)."""

    begin: float
    end: float
    measure: Measure

    @property
    def seconds(self) -> float:
        """Its length; a thousandth at least."""
        return max(self.end - self.begin, 0.001)


class Windows:
    """All windows of ``length`` s in the time from ``begin`` to ``end``. Moments that it is told of never go back."""

    def __init__(self, length: float, begin: float, end: float) -> None:
        self._number = max(1, min(MOST_SLICES, round(length)))
        self._slice = length / self._number
        self._begin, self._end = begin, end
        self._closed: deque[Measure] = deque(maxlen=self._number)
        self._open = Measure()
        self._passed = 0

    def add(self, value: float, moment: float) -> None:
        """An observation at ``moment``, until which time has passed."""
        if self._begin <= moment < self._end:
            self._open.add(value)

    def pass_until(self, moment: float) -> Iterator[Window]:
        """Every whole window with observations that is over at ``moment`` and was not given before."""
        slices = int((min(moment, self._end) - self._begin) / self._slice + 1e-9)
        while self._passed < slices:
            self._closed.append(self._open)
            self._open = Measure()
            self._passed += 1
            if not any(part.count for part in self._closed):
                self._passed = slices
            elif self._passed >= self._number:
                yield Window(self._at(self._passed - self._number), self._at(self._passed), merged(self._closed))

    def rest(self, moment: float) -> Window | None:
        """At the end of the run, the window that it cut short, if there is anything in it that no other one holds."""
        if not self._open.count and self._passed >= self._number:
            return None
        found = merged([*self._closed, self._open][-self._number :])
        begin = self._at(max(self._passed + 1 - self._number, 0))
        return Window(begin, max(min(moment, self._end), begin), found) if found.count else None

    @property
    def due(self) -> float:
        """When the open slice is over."""
        return self._at(self._passed + 1)

    def _at(self, slices: int) -> float:
        return self._begin + slices * self._slice
