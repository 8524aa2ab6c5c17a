"""Whether a sample says what the target took, however busy the generator is.

    python benchmarks/honest_timing.py [--service 5,10,100,10:0.5] [--cpu 10,50,90,closed,saturated] [--seconds 8] [--plain]

200 users take samples of a target in another process (``steady_target.py``) that answers after a known time and logs what it
took. The generator stands on one core, the target on another. The CPU that is asked for is reached by extractors: as many as it
takes, of each sample; ``closed`` is what it takes where nobody pauses. Printed: the CPU reached, the percentiles of silplan's
own end table, how far each lies from that of the target's log, and how far the means are apart. The mark is 1 ms;
``saturated`` must be marked by the verdict instead. Other processes that want the same cores make the figures worse, never
better.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.execution import Execution, ExecutionOptions, execute
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import RegexExtractor
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.timers import UniformRandomTimer
from silhouette_plan.results.health import Health
from silhouette_plan.results.verdict import ExitStatus

USERS = 200
RATE = 1500
"""Samples a second."""

SHARES = {"saturated": 1.5, "closed": 0.0}
"""CPU by name: more than there is; what it takes where users neither pause nor extract."""

PERCENTS = (50, 95, 99)
MARK_MS = 1.0

TRIED = 50
"""Extractors whose cost is measured before the rest."""


@dataclass(frozen=True)
class Comparison:
    """silplan's percentiles (ms) and what the target's log says; ``bias`` is how far the means are apart."""

    health: Health
    marked: bool
    ours: tuple[int, ...]
    theirs: tuple[float, ...]
    bias: float

    @property
    def off(self) -> tuple[float, ...]:
        return tuple(mine - its for mine, its in zip(self.ours, self.theirs, strict=True))

    @property
    def honest(self) -> bool:
        return max(map(abs, self.off)) <= MARK_MS


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest rank, as silplan takes it."""
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def plan_for(port: int, extractors: int, pause_ms: float, seconds: int) -> TestPlan:
    """Pauses are drawn around ``pause_ms``, so that users do not go in step."""
    work = tuple(
        RegexExtractor(name=f"v{n}", variable=f"v{n}", regex='"token":"([a-z]+)"', template="$1$", match="1")
        for n in range(extractors)
    )
    pause = UniformRandomTimer(name="pause", offset="0", spread=f"{2 * pause_ms:.1f}")
    request = HttpRequest(name="GET", domain="127.0.0.1", port=str(port), path="/", children=work)
    group = ThreadGroup(
        name="Users",
        users=str(USERS),
        ramp_up="1",
        loops="-1",
        scheduler=True,
        duration=str(seconds),
        children=(pause, request),
    )
    return TestPlan(name="honest timing", children=(group,))


@dataclass(frozen=True)
class Bench:
    """Cores of the generator and of the target; properties of the runs."""

    cores: Sequence[int]
    properties: dict[str, str]

    def run(self, service: str, extractors: int, seconds: int, rate: float = RATE) -> tuple[Execution, list[float]]:
        """The run, and the target's log in rising order."""
        script = str(Path(__file__).with_name("steady_target.py"))
        target = subprocess.Popen(
            [sys.executable, script, service], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            if len(self.cores) > 1:
                os.sched_setaffinity(target.pid, {self.cores[-1]})
            assert target.stdout is not None
            port = int(target.stdout.readline())
            pause = max(1000 * USERS / rate - float(service.partition(":")[0]), 0.0)
            prepared = prepare(plan_for(port, extractors, pause, seconds), Path("honest.json"), self.properties)
            assert prepared.program is not None, prepared.diagnostics
            execution = execute(prepared.program, ExecutionOptions())
            log = sorted(map(float, target.communicate("")[0].split()))
        finally:
            target.kill()
            target.wait()
        return execution, log

    def cpu(self, extractors: int) -> float:
        """CPU (s) a sample costs."""
        execution, _ = self.run("10", extractors, 3)
        health = execution.outcome.health
        assert health is not None
        return health.cpu_percent / 100 * health.seconds / execution.statistics.count


def compare(execution: Execution, log: list[float]) -> Comparison:
    total = execution.statistics.total()
    health = execution.outcome.health
    assert health is not None
    assert total.count == len(log), (total.count, len(log))
    return Comparison(
        health,
        execution.verdict.status is ExitStatus.NO_VERDICT,
        total.histogram.percentiles(tuple(map(float, PERCENTS))),
        tuple(percentile(log, percent) for percent in PERCENTS),
        total.elapsed / total.count - sum(log) / len(log),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", default="5,10,100,10:0.5")
    parser.add_argument("--cpu", default="10,50,90,closed,saturated")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--plain", action="store_true", help="wait without the pump")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[0]})
    bench = Bench(cores, {"silplan.transport": "plain"} if options.plain else {})
    bare = bench.cpu(0)
    each = (bench.cpu(TRIED) - bare) / TRIED
    print(f"{'service':>9} {'asked':>10} {'CPU':>5} {'lag p99':>8}  {'p50':>12} {'p95':>12} {'p99':>12} {'means':>8}")
    good = True
    for service in options.service.split(","):
        for asked in options.cpu.split(","):
            share = SHARES[asked] if asked in SHARES else float(asked) / 100
            rate = min(RATE, share / bare) if share else math.inf
            extractors = round(max(share / rate - bare, 0.0) / each)
            execution, log = bench.run(service, extractors, options.seconds, rate)
            found = compare(execution, log)
            right = found.marked if asked == "saturated" else found.marked or found.honest
            good = good and right
            figures = " ".join(f"{mine:5d} {off:+6.2f}" for mine, off in zip(found.ours, found.off, strict=True))
            said = "marked" if found.marked else "" if found.honest else "off"
            print(
                f"{service:>9} {asked:>10} {found.health.cpu_percent:4.0f}% {found.health.lag_p99_ms:5.1f} ms  {figures} {found.bias:+8.2f}"
                f"  {said}",
                flush=True,
            )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
