"""When a run is over, in whatever way, no task, socket, file or thread of it is left."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import jmx
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reliability import plans
from reliability.targets import Target, serving

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.execution import Execution, ExecutionOptions, execute
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample


class Stopper(Observer):
    """Stops the run after so many samples."""

    def __init__(self, after: int) -> None:
        self.left = after

    def on_sample(self, sample: Sample) -> None:
        self.left -= 1
        if self.left == 0:
            signal.raise_signal(signal.SIGTERM)


def _run(path: Path, results: Path, after: int) -> Execution:
    program = prepare(read_source(path).plan, path, {}).program
    assert program is not None
    return execute(program, ExecutionOptions(jtl=results), [Stopper(after)])


def _held(target: Target) -> tuple[set[str], int, set[str]]:
    """Regular files, connections to the target, and threads of this process."""
    process = psutil.Process()
    sockets = [c for c in process.net_connections("inet") if c.raddr and c.raddr.port == target.port]
    return {file.path for file in process.open_files()}, len(sockets), {one.name for one in threading.enumerate()}


@pytest.fixture(scope="module")
def other_target() -> Iterator[Target]:
    with serving() as target:
        yield target


@given(after=st.integers(1, 60), users=st.integers(1, 8))
@settings(max_examples=8, deadline=None)
def test_stopped_at_any_sample(
    tmp_path_factory: pytest.TempPathFactory, other_target: Target, after: int, users: int
) -> None:
    folder, target = tmp_path_factory.mktemp("stopped"), other_target
    (folder / "words.csv").write_text("a\nb\nc\n")
    group = jmx.group("Users", plans.csv_data("words.csv"), plans.http(target.port), users=users, loops=-1)
    path = plans.write(folder / "p.jmx", group, jmx.group("Last", plans.http(target.port), kind="PostThreadGroup"))
    before, served = _held(target), target.total
    done = _run(path, folder / "r.jtl", after)
    files, sockets, threads = _held(target)
    assert files <= before[0]
    assert sockets == 0
    assert {name for name in threads if not name.startswith("Trio thread")} <= before[2]
    assert done.outcome.interrupted == "SIGTERM"
    assert done.statistics.total().count == target.total - served
    assert len((folder / "r.jtl").read_text().splitlines()) == 1 + target.total - served
