"""What an open group offered of what was planned; what fell short is told as a finding, with its cause."""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun

LATE = 0.05
"""An arrival counts as late when it begins this much (s) after its moment."""

TOLERANCE = 0.01
"""The share of late arrivals that is not worth a word."""


class Offered:
    """Counts the arrivals of a group."""

    def __init__(self, group: GroupRun) -> None:
        self._group = group
        self._arrivals = self._late = self._lost = self._interrupted = 0
        self._latest = 0.0

    def begun(self, due: float) -> None:
        """The arrival of moment ``due`` begins now."""
        self._arrivals += 1
        late = self._group.session.run.clock.now() - due
        if late > LATE:
            self._late += 1
            self._latest = max(self._latest, late)

    def lost(self) -> None:
        """An arrival found all users busy that the group may have."""
        self._arrivals += 1
        self._lost += 1

    def fell_short(self) -> bool:
        """Whether arrivals were lost."""
        return self._lost > 0

    def interrupted(self, users: int) -> None:
        """The schedule ended while ``users`` users were still at work."""
        self._interrupted = users

    def tell(self) -> None:
        """Reports what fell short."""
        name, count = self._group.state.name, self._arrivals
        finding = self._group.session.run.finding
        if self._late > count * TOLERANCE:
            finding(
                "RN005",
                f"{name}: {self._late} of {count} arrivals began more than {LATE * 1000:.0f} ms late, the latest "
                f"{self._latest * 1000:.0f} ms: the generator was the limit",
            )
        if self._lost:
            finding("RN006", f"{name}: {self._lost} of {count} arrivals were not offered: all users were busy")
        if self._interrupted:
            finding(
                "RN007",
                f"{name}: {self._interrupted} of {count} users were still at work when the schedule ended and were "
                "interrupted: the target was slower than the arrivals",
            )
