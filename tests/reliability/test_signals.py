"""R7: interrupted at any moment, a run leaves every row, a summary and a verdict; asked twice, it ends at once."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reliability import plans
from reliability.commands import environment, ran, rows, running
from reliability.targets import Target

from silhouette_plan.results.verdict import ExitStatus

AT_ONCE = 2.0
"""Seconds for what should take one, on a machine that does other work too."""

STATUS = {
    signal.SIGINT: ExitStatus.INTERRUPTED,
    signal.SIGTERM: ExitStatus.TERMINATED,
    signal.SIGHUP: ExitStatus.HUNG_UP,
}


def _ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("number", STATUS, ids=lambda number: number.name)
@pytest.mark.parametrize(("ramp", "served"), [(0, 1), (0, 300), (60, 2)], ids=["first sample", "midst", "ramp-up"])
def test_interrupted(tmp_path: Path, target: Target, number: signal.Signals, ramp: int, served: int) -> None:
    plan, results = plans.steady(tmp_path / "p.jmx", target.port, users=20, ramp=ramp), tmp_path / "r.jtl"
    target.delay = 0.01
    with running("run", plan, "-l", results) as process:
        target.wait_served(served)
        process.send_signal(number)
        status, out, err = _ended(process)
    assert status == STATUS[number]
    assert f"{number.name}: users end after their sample" in err
    assert f"interrupted by {number.name}" in out
    assert "TOTAL" in out
    assert len(rows(results)) == target.total
    assert all(row["success"] == "true" for row in rows(results))


INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "silhouette_plan.cli.main":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from silhouette_plan.__main__ import main
main()
"""


def test_interrupted_before_there_is_a_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_LOADING], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_closed_terminal_does_not_end_a_run_under_nohup(tmp_path: Path, target: Target) -> None:
    plan = plans.steady(tmp_path / "p.jmx", target.port)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        started = running("run", plan)
        process = started.__enter__()
    finally:
        signal.signal(signal.SIGHUP, before)
    with contextlib.ExitStack() as stack:
        stack.push(started)
        target.wait_served(5)
        process.send_signal(signal.SIGHUP)
        served = target.total
        target.wait_served(served + 50)
        process.send_signal(signal.SIGTERM)
        assert _ended(process)[0] == ExitStatus.TERMINATED


def test_interrupted_during_teardown(tmp_path: Path, target: Target) -> None:
    """The first signal lets tearDown groups run, a second one during them ends them too."""
    plan, results = plans.steady(tmp_path / "p.jmx", target.port, teardown=True), tmp_path / "r.jtl"
    with running("run", plan, "-l", results) as process:
        target.wait_served(20)
        process.send_signal(signal.SIGINT)
        target.wait_served(5, "/bye")
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        status, out, _ = _ended(process)
        assert time.monotonic() - asked < AT_ONCE
    assert status == ExitStatus.INTERRUPTED
    assert "GET /bye" in out
    assert len([row for row in rows(results) if row["success"] == "true"]) in range(target.total - 1, target.total + 1)


@pytest.mark.parametrize("teardown", [False, True])
def test_a_second_signal_ends_at_once(tmp_path: Path, target: Target, teardown: bool) -> None:
    plan = plans.steady(tmp_path / "p.jmx", target.port, teardown=teardown)
    target.mode = "stall"
    with running("run", plan) as process:
        target.wait(lambda one: one.asked >= 5)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        status, out, _ = _ended(process)
        assert time.monotonic() - asked < AT_ONCE
    assert status == ExitStatus.INTERRUPTED
    assert "verdict: interrupted" in out


@pytest.mark.parametrize("by_pid", [False, True])
def test_stopped_from_another_process(tmp_path: Path, target: Target, by_pid: bool) -> None:
    place = environment(XDG_RUNTIME_DIR=str(tmp_path))
    plan, results = plans.steady(tmp_path / "p.jmx", target.port), tmp_path / "r.jtl"
    with running("run", plan, "-l", results, env=place) as process:
        target.wait_served(20)
        assert str(process.pid) in ran("stop", "--list", env=place).stdout
        stopped = ran("stop", *([process.pid] if by_pid else []), env=place)
        assert (stopped.returncode, stopped.stderr) == (0, "")
        status, out, _ = _ended(process)
    assert status == ExitStatus.TERMINATED
    assert "TOTAL" in out
    assert len(rows(results)) == target.total
    assert ran("stop", env=place).returncode == ExitStatus.USAGE
    assert ran("stop", "--list", env=place).stdout == "Nothing runs.\n"
