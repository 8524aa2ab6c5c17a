"""The end of a turn: every user that could go on has done so, and the run is about to wait.

What many users have to be done at once is cheaper together: samples go to the observers in one batch, requests to the
kernel in one burst. Trio tells of this moment (``Instrument.before_io_wait``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

import trio


class _TurnEnds(trio.abc.Instrument):
    def __init__(self, acts: Sequence[Callable[[], None]]) -> None:
        self._acts = acts

    def before_io_wait(self, timeout: float) -> None:
        for act in self._acts:
            act()


@contextlib.contextmanager
def calling_at_turn_ends(acts: Sequence[Callable[[], None]]) -> Iterator[None]:
    """Calls ``acts`` at the end of each turn, in their order, while the block lasts; more may be added. They must not raise."""
    instrument = _TurnEnds(acts)
    trio.lowlevel.add_instrument(instrument)
    try:
        yield
    finally:
        trio.lowlevel.remove_instrument(instrument)
