"""What a run shows while it goes on: live lines on a terminal, JMeter's summary lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence

import trio

from silhouette_plan.cli.output import say
from silhouette_plan.cli.showing import redraws, terminal_width
from silhouette_plan.results.live import LiveCounts, live_lines
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.secrets import Mask, nothing_secret
from silhouette_plan.results.summariser import INTERVAL, Summariser

REFRESH = 0.5
"""Seconds between two pictures."""

SUMMARY_LINE = "RS008"
"""The code under which a plan's own summariser gives its lines."""

REPEATS = 3
"""How often one kind of finding is shown before it is only counted."""


class LiveView:
    """Draws on standard error, so that standard output holds the results alone.

    ``duration`` in s, None where unknown; ``mask`` hides secrets in every line. ``every`` are seconds between summary lines where the
    plan says so, which a terminal then gets too; ``interval`` where it does not.
    """

    def __init__(
        self,
        name: str,
        duration: float | None,
        quiet: bool,
        mask: Mask = nothing_secret,
        every: int | None = None,
        interval: int = INTERVAL,
    ) -> None:
        self._mask = mask
        self._drawn = 0
        self._on_terminal = redraws(sys.stderr) and not quiet
        self._counts = LiveCounts(name or "plan", duration)
        observers: list[Observer] = [Findings(self.say)]
        if self._on_terminal:
            observers.append(self._counts)
        if not quiet and (every or not self._on_terminal):
            observers.append(Summariser(self.say, interval=every or interval))
        self.observers: Sequence[Observer] = observers

    async def refresh(self) -> AsyncIterator[None]:
        """Draws again and again until it is cancelled; the picture is then gone."""
        if not self._on_terminal:
            await trio.sleep_forever()
        start = trio.current_time()
        try:
            while True:
                await trio.sleep(REFRESH)
                self._clear()
                lines = live_lines(self._counts.state(trio.current_time() - start), terminal_width() - 1)
                say("\n".join(lines), err=True)
                self._drawn = len(lines)
                yield
        finally:
            self._clear()

    def say(self, line: str) -> None:
        """A line that stays."""
        self._clear()
        say(self._mask(line), err=True)

    def _clear(self) -> None:
        if self._drawn:
            say(f"\x1b[{self._drawn}F\x1b[J", nl=False, err=True)
            self._drawn = 0


class Findings(Observer):
    """Shows findings of a run, each kind a few times; the rest is counted at the end."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._seen: Counter[str] = Counter()

    def on_finding(self, code: str, message: str) -> None:
        """A finding of the run."""
        self._seen[code] += 1
        if code == SUMMARY_LINE:
            self._say(message)
        elif self._seen[code] <= REPEATS:
            self._say(f"{code}: {message}")

    def on_run_ended(self, end: int, interrupted: str) -> None:
        """Says how much was not shown."""
        for code, count in self._seen.items():
            if code != SUMMARY_LINE and count > REPEATS:
                self._say(f"{code}: {count - REPEATS} more")
