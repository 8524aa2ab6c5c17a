"""R12, R19: a target that goes away for a while, and a clock that is set while a run goes on."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import jmx
import trio
from reliability import plans
from reliability.commands import rows, running
from reliability.targets import Target

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.engine.run import RunOptions, run
from silhouette_plan.results.clock import Clock
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

USERS = 4


def test_the_target_goes_away_for_a_while(tmp_path: Path, target: Target) -> None:
    """Users fail while it is away, recover when it is back, and connect once each: no storm."""
    results = tmp_path / "r.jtl"
    content = jmx.group("Users", plans.http(target.port), jmx.pause("50"), users=USERS, loops=-1)
    with running("run", plans.write(tmp_path / "p.jmx", content), "-l", results) as process:
        target.wait_served(10)
        first = len(target.connected)
        target.go()
        gone = target.total
        while len([row for row in _so_far(results) if row["success"] == "false"]) < 3 * USERS:
            assert process.poll() is None
        target.come()
        target.wait_served(gone + 10 * USERS)
        process.terminate()
        process.communicate(timeout=30)
    recorded = rows(results)
    failed = [row for row in recorded if row["success"] == "false"]
    assert len(recorded) - len(failed) == target.total
    assert all(row["responseCode"].startswith("Non HTTP response code: ") for row in failed)
    assert first == USERS
    assert USERS <= len(target.connected) - first <= 2 * USERS


def _so_far(results: Path) -> list[dict[str, str]]:
    return rows(results, growing=True) if results.exists() else []


class Samples(Observer):
    def __init__(self) -> None:
        self.taken: list[Sample] = []

    def on_sample(self, sample: Sample) -> None:
        self.taken.append(sample)


def test_a_clock_that_is_set_leaves_times_alone(tmp_path: Path) -> None:
    """The wall clock goes an hour back and forth at every look: no time is negative, stamps stay in order."""
    path = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s", sleep="2"), loops=20))
    program = prepare(read_source(path).plan, path, {}).program
    assert program is not None
    jumps = itertools.cycle([0.0, 3600.0, -3600.0])
    clock = Clock(time.monotonic, lambda: 1_700_000_000.0 + next(jumps))
    seen = Samples()
    trio.run(run, program, RunOptions(clock=clock), [seen])
    assert len(seen.taken) == 20
    assert all(0 <= sample.elapsed < 1000 for sample in seen.taken)
    starts = [sample.start for sample in seen.taken]
    assert starts == sorted(starts)
    assert starts[-1] - starts[0] < 10_000
