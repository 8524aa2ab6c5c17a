"""The runs of this user on this machine: one small file each, so that ``silplan stop`` finds them.

A file names a process and when it started; a number that a later process took over is therefore never mistaken for a run.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from silhouette_plan.plan.records import record


@record
class Running:
    """A run: its process, when that started (s since 1970) and the plan."""

    pid: int
    started: float
    plan: str


def _folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return Path(runtime) / "silplan" if runtime else Path(tempfile.gettempdir()) / f"silplan-{os.getuid()}"


@contextlib.contextmanager
def announced(plan: Path) -> Iterator[None]:
    """Announces this process as a run of ``plan`` while the block lasts. A folder that cannot be written is no obstacle."""
    folder = _folder()
    entry = folder / f"{os.getpid()}.json"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = {"started": psutil.Process().create_time(), "plan": str(plan)}
        entry.write_text(json.dumps(facts), encoding="utf-8")
    except OSError:
        yield
        return
    try:
        yield
    finally:
        entry.unlink(missing_ok=True)


def running() -> tuple[Running, ...]:
    """The runs that are alive; what dead ones left behind is removed."""
    folder = _folder()
    if not folder.is_dir() or folder.stat().st_uid != os.getuid():
        return ()
    return tuple(found for entry in sorted(folder.glob("*.json")) if (found := _read(entry)))


def _read(entry: Path) -> Running | None:
    try:
        facts = json.loads(entry.read_text(encoding="utf-8"))
        run = Running(int(entry.stem), float(facts["started"]), str(facts["plan"]))
        if abs(psutil.Process(run.pid).create_time() - run.started) < 1.0:
            return run
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        pass
    entry.unlink(missing_ok=True)
    return None
