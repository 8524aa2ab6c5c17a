"""The generator is watched while it runs: what it did is measured, and a run that it held up gives no verdict."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import jmx
import pytest
import trio
from reliability import plans
from reliability.commands import called

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.descriptors import open_now
from silhouette_plan.engine.lag import Lag
from silhouette_plan.execution import Execution, ExecutionOptions, execute
from silhouette_plan.generator import Watch
from silhouette_plan.results import health
from silhouette_plan.results.health import Health
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.summary_json import render_summary
from silhouette_plan.results.verdict import ExitStatus


class Blocking(Observer):
    """A listener that keeps everybody waiting after each sample."""

    def on_sample(self, sample: Sample) -> None:
        time.sleep(0.15)


def run_with(folder: Path, observer: Observer, duration: int) -> Execution:
    group = jmx.group("Users", jmx.sample("s", sleep="20"), loops=-1, scheduler=True, duration=str(duration))
    plan = plans.write(folder / "p.jmx", group)
    prepared = prepare(read_source(plan).plan, plan, {})
    assert prepared.program is not None
    return execute(prepared.program, ExecutionOptions(handle_signals=False), [observer])


def test_a_generator_that_holds_up_its_users_gives_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "START_UP_S", 0.0)
    done = run_with(tmp_path, Blocking(), 3)
    assert done.verdict.status is ExitStatus.NO_VERDICT
    assert done.verdict.reasons[0].startswith("the generator was the limit for ")
    told = json.loads(render_summary(done.statistics, done.verdict, done.outcome))["generator"]
    assert told["saturated"] is True
    assert told["lag_peak_ms"] > health.LAG_LIMIT_MS
    assert told["limited"][0]["start"] == 0.0
    assert told["limited_seconds"] > 2.0


def test_cpu_is_that_of_the_process() -> None:
    async def main() -> tuple[Health, float]:
        watch = Watch(Lag(), lambda: 0)
        cpu, began = time.process_time(), time.perf_counter()
        await trio.sleep(0.2)
        while time.process_time() - cpu < 0.3:
            pass
        watched = watch.health()
        return watched, 100 * (time.process_time() - cpu) / (time.perf_counter() - began)

    watched, measured = trio.run(main)
    assert watched.cpu_percent == pytest.approx(measured, rel=0.1)


def test_lag_is_probed_where_nobody_sleeps() -> None:
    async def main() -> Health:
        watch = Watch(Lag(), lambda: 0)
        with trio.move_on_after(0.5):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(watch.run)
                await trio.sleep(0.1)
                time.sleep(0.2)  # noqa: ASYNC251 - it holds up everybody, as a slow listener would
                await trio.sleep_forever()
        return watch.health()

    assert trio.run(main).lag_p99_ms > 140


def test_lag_of_a_window_is_its_own() -> None:
    lag = Lag()
    lag.late(0.9)
    before = lag.copy()
    assert lag.since(before).count == 0
    for _ in range(50):
        lag.late(0.001)
    assert lag.since(before).quantile(0.99) < 0.0012
    assert lag.quantile(0.99) == 0.9
    assert before.count == 1


def test_open_descriptors_are_counted() -> None:
    before = open_now()
    many = [socket.socket() for _ in range(50)]
    now = open_now()
    for one in many:
        one.close()
    assert now - before == 50
    if os.path.isdir("/dev/fd"):
        assert abs(open_now() - len(os.listdir("/dev/fd"))) <= 2


def test_the_end_table_and_the_summary_tell(tmp_path: Path) -> None:
    plan = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s", sleep="30"), loops=4))
    done = called("run", plan, "--summary", tmp_path / "s.json")
    assert "generator: CPU " in done.out
    assert "event-loop lag p99 " in done.out
    told = json.loads((tmp_path / "s.json").read_text())["generator"]
    assert told["saturated"] is False
    assert told["seconds"] > 0.1
