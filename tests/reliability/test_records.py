"""R8, R9: what a killed run leaves, and a disk that takes nothing more."""

from __future__ import annotations

import os
import time
from pathlib import Path

import jmx
import pytest
from reliability import plans
from reliability.commands import called, ran, rows, running
from reliability.targets import Target

from silhouette_plan.results.verdict import ExitStatus

FULL = Path("/dev/full")
full_disk = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")

SLACK = 0.25
"""Seconds on top of the promised 0.25 s, for a machine that does other work too."""


def test_killed(tmp_path: Path, target: Target) -> None:
    """No row is torn, and what is missing is from the last quarter of a second."""
    plan, results = plans.steady(tmp_path / "p.jmx", target.port), tmp_path / "r.jtl"
    with running("run", plan, "-l", results) as process:
        target.wait(lambda one: one.total > 1 and one.answered[-1] - one.answered[0] > 1.0)
        process.kill()
        killed = time.monotonic()
        process.wait()
    assert results.read_bytes().endswith(b"\n")
    due = sum(moment < killed - 0.25 - SLACK for moment in target.answered)
    assert due <= len(rows(results)) <= target.total


@full_disk
def test_a_full_disk_stops_the_run(tmp_path: Path, target: Target) -> None:
    plan = plans.steady(tmp_path / "p.jmx", target.port)
    done = ran("run", plan, "-l", FULL)
    assert done.returncode == ExitStatus.RESULTS_LOST
    assert "results could not be written to /dev/full: No space left on device" in done.stdout
    assert "did not reach" in done.stderr
    first, last = target.answered[0], target.answered[-1]
    assert last - first < 2.0


@full_disk
def test_a_full_disk_may_be_borne(tmp_path: Path) -> None:
    """The run goes its whole way, and its status still says that results are lost."""
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s", sleep="10"), loops=60))
    done = called("run", plan, "-l", FULL, "--on-results-error", "continue")
    assert done.status == ExitStatus.RESULTS_LOST
    assert "results could not be written" in done.out
    total = next(line for line in done.out.splitlines() if line.startswith("TOTAL"))
    assert total.split()[1] == "60"


@full_disk
def test_a_full_disk_behind_a_listener(tmp_path: Path) -> None:
    os.symlink(FULL, tmp_path / "full.jtl")
    content = jmx.group("Users", jmx.sample("s"), plans.listener("full.jtl"))
    done = called("run", plans.write(tmp_path / "p.jmx", content), "--allow-path", FULL)
    assert done.status == ExitStatus.RESULTS_LOST


@full_disk
def test_a_summary_that_cannot_be_printed(tmp_path: Path) -> None:
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s")))
    with FULL.open("w") as full:
        done = ran("run", plan, capture_output=False, stdout=full, stderr=-1)
    assert done.returncode == ExitStatus.RESULTS_LOST
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
