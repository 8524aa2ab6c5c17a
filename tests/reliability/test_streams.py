"""R10: whatever the standard streams are, no traceback and the right exit status."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
from pathlib import Path

import jmx
import pytest
from reliability import plans
from reliability.commands import PATIENCE, environment, ran, silplan

from silhouette_plan.results.verdict import ExitStatus


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that fails with much to say."""
    samples = (jmx.sample(f"a sample with a rather long name, number {number}", ok=False) for number in range(300))
    return plans.write(tmp_path_factory.mktemp("streams") / "p.jmx", jmx.group("Users", *samples))


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&-", "| head -1", "2>&1 >/dev/null | head -1"])
def test_closed(failing: Path, redirection: str) -> None:
    command = f"{shlex.join(silplan('run', failing))} {redirection}; echo ${{PIPESTATUS[0]}} >&9"
    reader, writer = os.pipe()
    script = ["bash", "-c", f"exec 9>&{writer}; {command}"]
    done = subprocess.run(
        script, pass_fds=[writer], capture_output=True, text=True, timeout=PATIENCE, env=environment(), check=False
    )
    os.close(writer)
    with os.fdopen(reader) as file:
        status = file.read().strip()
    assert status == str(int(ExitStatus.FAILED))
    assert "Traceback" not in done.stderr + done.stdout
    assert "BrokenPipe" not in done.stderr


def test_without_a_terminal_there_is_no_colour(failing: Path) -> None:
    done = ran("run", failing)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("changes", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
    ],
    ids=["terminal", "TERM=dumb", "NO_COLOR"],
)
def test_on_a_terminal(failing: Path, changes: dict[str, str], coloured: bool) -> None:
    status, shown = _on_terminal(failing, changes)
    assert status == ExitStatus.FAILED
    assert "Traceback" not in shown
    assert ("\x1b[31m" in shown) is coloured
    assert "verdict" in shown


def test_a_terminal_that_cannot_redraw_gets_lines(tmp_path: Path) -> None:
    waits = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s", sleep="1200")))
    assert "\x1b[" not in _on_terminal(waits, {"TERM": "dumb"})[1]
    assert "\x1b[2F" in _on_terminal(waits, {"TERM": "xterm", "NO_COLOR": "1"})[1]


def test_a_log_that_is_full_does_not_end_the_run(failing: Path) -> None:
    with open("/dev/full", "w") as full:
        done = ran("run", failing, capture_output=False, stdout=subprocess.PIPE, stderr=full)
    assert (done.returncode, "verdict: fail" in done.stdout) == (ExitStatus.FAILED, True)


def test_forty_columns(failing: Path) -> None:
    done = ran("run", failing, env=environment(COLUMNS="40"))
    table = done.stdout[: done.stdout.index("generator:")].splitlines()
    assert len(table) == 300 + len(["head", "rule", "rule", "total"])
    assert max(map(len, table)) <= 40


def test_lines_fit_a_narrow_terminal(failing: Path) -> None:
    _, shown = _on_terminal(failing, {"TERM": "dumb", "COLUMNS": "40"})
    told = shown[shown.index("generator:") :].splitlines()
    assert max(map(len, told)) <= 40
    assert len(told) > 3


def _on_terminal(plan: Path, changes: dict[str, str]) -> tuple[int, str]:
    """Exit status and all that is shown where every stream is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        silplan("run", plan), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**changes)
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # how a terminal says that the last writer is gone
        pass
    finally:
        os.close(ours)
    return process.wait(PATIENCE), shown.decode()
