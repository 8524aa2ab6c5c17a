"""Keeps Python's garbage collector from stopping the world while users run.

A full collection looks at every object of every user: 300 ms for 10,000 of them, which all their samples would show.
What users are made of lives as long as the run, so it is set aside (``gc.freeze``) while users are started; what samples
leave behind is nearly all freed by counting references. Process-wide, and put back when the run is over.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_THRESHOLDS = (50_000, 20, 100)


@contextlib.contextmanager
def quiet_collector() -> Iterator[None]:
    """Collections are rare, and pass over what is there, while the block lasts."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def set_aside() -> None:
    """What exists now is passed over from here on. Costs nothing; call it while users are being started."""
    gc.freeze()
