"""Opens result files: what is done with a file that is there already, and one writer for all who name the same file."""

from __future__ import annotations

import enum
import errno
import os
import stat
import threading
from collections.abc import Callable, Collection
from pathlib import Path

from silhouette_plan.diagnostics import Diagnostic, PlanError
from silhouette_plan.results.jtl.csv_writer import CsvWriter
from silhouette_plan.results.jtl.fields import SaveConfig, header_line
from silhouette_plan.results.jtl.rowfile import ResultsLost, RowFile
from silhouette_plan.results.jtl.xml_writer import FOOTER, XmlWriter, head_lines
from silhouette_plan.results.secrets import Mask, nothing_secret

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_TAIL = 64

_HELD = (errno.EWOULDBLOCK, errno.EACCES)
"""How the system says that another process holds a lock; anything else means that the file system has none."""


class Existing(enum.Enum):
    """What to do with a results file that is there already.

    JMeter 5.5 appends, whatever the file holds; so does ``APPEND``, but only to a file that this run could have begun.
    ``REPLACE`` is JMeter's ``-f``.
    """

    APPEND = "append"
    REPLACE = "replace"


class ResultFiles:
    """The result files of one run. Two listeners with the same file share one ``RowFile``.

    ``existing`` holds for every file. ``mask`` hides secrets. ``lost`` tells of writes that failed; ``on_lost``, where
    it is set, is called for each, from a thread of its own. ``protected`` are files that are never written.
    """

    def __init__(
        self,
        existing: Existing = Existing.APPEND,
        mask: Mask = nothing_secret,
        on_lost: Callable[[ResultsLost], None] | None = None,
        protected: Collection[Path] = (),
    ) -> None:
        self._protected = frozenset(path.resolve() for path in protected)
        self.existing = existing
        self.mask = mask
        self.on_lost = on_lost
        self.lost: list[ResultsLost] = []
        self._files: dict[Path, RowFile] = {}
        self._telling = threading.Lock()

    def open(self, path: Path, config: SaveConfig) -> CsvWriter | XmlWriter:
        """A writer of samples to ``path``; raises ``PlanError`` (RS002, RS003, RS009)."""
        place = path.resolve()
        file = self._files.get(place)
        if file is None:
            file = self._files[place] = self._begin(place, config)
        return (XmlWriter if config.xml else CsvWriter)(file, config, self.mask)

    def discard(self, config: SaveConfig) -> CsvWriter | XmlWriter:
        """A writer whose rows go nowhere, in the place of one that could not be opened."""
        return self.open(Path(os.devnull), config)

    def put(self, path: Path, content: bytes) -> None:
        """Makes ``content``, its secrets masked, all that the file at ``path`` holds; what cannot be written is lost."""
        if path.resolve() in self._protected:
            self.lose(ResultsLost(path, "the plan is read from it"))
            return
        if self.mask is not nothing_secret:
            content = self.mask(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as fault:
            self.lose(ResultsLost(path, fault.strerror or str(fault)))

    def close(self) -> None:
        """Writes the rest of every file and closes it."""
        for file in self._files.values():
            file.close()

    @property
    def rows_lost(self) -> int:
        """Rows that did not reach their file."""
        return sum(file.rows_lost for file in self._files.values())

    def _begin(self, path: Path, config: SaveConfig) -> RowFile:
        if path in self._protected:
            raise _refusal(
                "RS009", f"the plan is read from {path}; results are not written there", "choose another name"
            )
        head = head_lines(config) if config.xml else (header_line(config),) if config.field_names else ()
        try:
            descriptor, fresh = _descriptor(path, self.existing, head, config.xml)
        except OSError as fault:
            raise _refusal("RS002", f"the results file {path} cannot be opened: {fault.strerror}") from None
        footer = FOOTER if config.xml else ""
        return RowFile(path, descriptor, head=head if fresh else (), footer=footer, on_lost=self.lose)

    def lose(self, lost: ResultsLost) -> None:
        """Keeps and tells that results are lost."""
        with self._telling:
            self.lost.append(lost)
        if self.on_lost is not None:
            self.on_lost(lost)


def _descriptor(path: Path, existing: Existing, head: tuple[str, ...], xml: bool) -> tuple[int, bool]:
    """An open file, and whether it still needs its head."""
    path.parent.mkdir(parents=True, exist_ok=True)
    regular = path.is_file() or not path.exists()
    flags = os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags | (os.O_RDWR if regular else os.O_WRONLY), 0o666)
    try:
        _keep_for_this_run(path, descriptor)
        return descriptor, _needs_head(path, descriptor, existing, head, xml)
    except BaseException:
        os.close(descriptor)
        raise


def _keep_for_this_run(path: Path, descriptor: int) -> None:
    """Two runs that write one file make a file that neither began; the lock ends with the descriptor, or with the process."""
    if fcntl is None or not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in _HELD:
            hint = "choose another name, or wait for that run (`silplan stop --list`)"
            raise _refusal("RS011", f"another run is writing to the results file {path}", hint) from None


def _needs_head(path: Path, descriptor: int, existing: Existing, head: tuple[str, ...], xml: bool) -> bool:
    """Whether the open file at ``path`` is to be begun: it is empty, or is emptied now."""
    if not os.fstat(descriptor).st_size:
        return True
    if existing is Existing.REPLACE:
        os.ftruncate(descriptor, 0)
        return True
    if not (_reopen_xml(descriptor) if xml else _continue_csv(descriptor, head)):
        raise _refusal(
            "RS003",
            f"the file {path} is there already, and holds something else than the results of such a run",
            "choose another name, or replace it with `-f`",
        )
    return False


def _continue_csv(descriptor: int, head: tuple[str, ...]) -> bool:
    """Whether rows may follow; a last line that was cut off is ended first, so that no row is glued to it."""
    wanted = "\n".join(head).encode()
    if wanted and os.pread(descriptor, len(wanted) + 1, 0).rstrip(b"\r\n") != wanted:
        return False
    if os.pread(descriptor, 1, os.fstat(descriptor).st_size - 1) != b"\n":
        os.write(descriptor, b"\n")
    return True


def _reopen_xml(descriptor: int) -> bool:
    """Takes away the end mark of a finished file."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    end = os.pread(descriptor, _TAIL, start).rfind(FOOTER.strip().encode())
    if end < 0:
        return False
    os.ftruncate(descriptor, start + end)
    return True


def _refusal(code: str, message: str, hint: str = "") -> PlanError:
    return PlanError([Diagnostic(code, message, hint=hint)])
