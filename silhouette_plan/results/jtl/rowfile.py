"""A file of whole rows.

Rows are appended to a list by the run and written by a thread of this file: at least every ``INTERVAL`` seconds, all
that has gathered, in one ``write`` of whole rows. So a killed process loses at most that much and leaves no half row; a
slow disk holds up no user; and rows are on disk in time even when the event loop is not.

1. Whoever adds a row only appends; the thread takes a prefix. Both are atomic, so no lock lies on the hot path.
2. A write that fails is never swallowed: the file is cut back to its last whole row, the failure is kept as ``lost`` and
   told once to ``on_lost``; later rows are counted, not kept.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

from silhouette_plan.plan.records import record

INTERVAL = 0.2
"""Seconds between two writes."""

CLOSING_PATIENCE = 10.0
"""Seconds that ``close`` waits for a disk that does not answer."""


@record
class ResultsLost:
    """Rows could not be written to ``path``; ``reason`` is the system's message."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"results could not be written to {self.path}: {self.reason}"


class RowFile:
    """Rows on their way to a file. ``add`` takes the text of a row without its line end.

    ``descriptor`` is open for writing and is closed by ``close``. The lines of ``head`` are written first, ``footer`` last,
    as it stands. ``on_lost`` is called once, from the writing thread. ``rows_lost`` counts the rows that did not reach the
    file, head and footer not among them. ``marked`` is the sample written last by a listener (``SampleResult.markFile``):
    two listeners with one file write a sample once.
    """

    def __init__(
        self,
        path: Path,
        descriptor: int,
        *,
        head: tuple[str, ...] = (),
        footer: str = "",
        on_lost: Callable[[ResultsLost], None] | None = None,
    ) -> None:
        self.path = path
        self.lost: ResultsLost | None = None
        self.rows_lost = 0
        self.marked: object = None
        self._footer = footer
        self._on_lost = on_lost
        self._descriptor = descriptor
        self._rows: list[str] = list(head)
        self._head_lines = len(head)
        self._writing = threading.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep_writing, name=f"results {path.name}", daemon=True)
        self._closed = False
        self.add: Callable[[str], None] = self._rows.append
        self._thread.start()

    def flush(self) -> None:
        """Writes what has gathered, now."""
        with self._writing:
            self._write_rows()

    def close(self) -> None:
        """Writes the rest and the footer, and closes the file. Calling it again does nothing."""
        if self._closed:
            return
        self._closed = True
        self._closing.set()
        self._thread.join(CLOSING_PATIENCE)
        if self._thread.is_alive():
            self._lose("the disk does not answer", len(self._rows) - self._head_lines)
            return
        self.flush()
        if self._footer and self.lost is None:
            self._write(self._footer.encode())
        try:
            os.close(self._descriptor)
        except OSError as fault:
            self._lose(_reason(fault), 0)

    def _keep_writing(self) -> None:
        while not self._closing.wait(INTERVAL):
            self.flush()

    def _write_rows(self) -> None:
        rows = self._rows
        count = len(rows)
        if not count:
            return
        batch = rows[:count]
        del rows[:count]
        head, self._head_lines = self._head_lines, 0
        if self.lost is not None:
            self.rows_lost += count
            return
        batch.append("")
        data = "\n".join(batch).encode("utf-8", "replace")
        written = self._write(data)
        if written < len(data):
            self._account_for(batch[:-1], head, written)

    def _write(self, data: bytes) -> int:
        """Bytes of ``data`` that were written; fewer than all of them after a failure, which is then told."""
        written = 0
        view = memoryview(data)
        try:
            while written < len(data):
                written += os.write(self._descriptor, view[written:])
        except OSError as fault:
            self._lose(_reason(fault), 0)
        return written

    def _account_for(self, batch: list[str], head: int, written: int) -> None:
        """Counts the rows of ``batch`` beyond ``written`` bytes as lost, and takes back the half of one that was begun.

        The first ``head`` lines are none of a sample.
        """
        whole = end = 0
        for row in batch:
            after = end + len(row.encode("utf-8", "replace")) + 1
            if after > written:
                break
            whole, end = whole + 1, after
        self.rows_lost += len(batch) - max(whole, head)
        if written > end and stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - (written - end))

    def _lose(self, reason: str, rows: int) -> None:
        self.rows_lost += rows
        if self.lost is not None:
            return
        self.lost = ResultsLost(self.path, reason)
        if self._on_lost is not None:
            self._on_lost(self.lost)


def _reason(fault: OSError) -> str:
    return fault.strerror or str(fault)
