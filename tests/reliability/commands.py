"""The installed command line: as a process, and called within this one."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

PATIENCE = 60.0
"""Seconds until a command counts as hanging."""


def silplan(*arguments: object) -> list[str]:
    """The command line of the installed command."""
    installed = Path(sys.executable).with_name("silplan")
    start = [str(installed)] if installed.exists() else [sys.executable, "-m", "silhouette_plan"]
    return [*start, *map(str, arguments)]


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "", "COLUMNS": "100", **changes}


def ran(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": PATIENCE, "env": environment()}
    return subprocess.run(silplan(*arguments), check=False, **{**settings, **options})  # type: ignore[call-overload,no-any-return]


@contextlib.contextmanager
def running(*arguments: object, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """The command while it runs; it is killed where it does not end by itself."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(silplan(*arguments), text=True, env=env or environment(), **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@dataclass(frozen=True)
class Called:
    status: int
    out: str
    err: str


def called(*arguments: object) -> Called:
    """The command within this process: quicker, and the same code but for the process's end."""
    from silhouette_plan.cli.main import _status

    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["silplan", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = _status()
    return Called(int(status), out.getvalue(), err.getvalue())


def rows(path: Path, *, growing: bool = False) -> list[dict[str, str]]:
    """The rows of a results file, each whole; of one that is ``growing`` those up to its last line end, which a look at it
    while the kernel copies a batch in may pass."""
    with path.open(newline="", encoding="utf-8") as file:
        text = file.read()
    if growing:
        text = text[: text.rfind("\n") + 1]
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in found), "a row has not its columns"
    return found
