"""What the engine itself costs a sample: JavaTest that does not sleep, under nests of controllers.

    python benchmarks/engine.py [--users 50] [--passes 2000] [--profile]

Prints CPU µs a sample, those of transactions too (user + system of this process, compilation left out), for each nest, with a
JTL and without.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import tempfile
from collections.abc import Callable
from pathlib import Path

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.execution import ExecutionOptions, execute
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import IfController, LoopController, RandomController, TransactionController
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument, TestPlan

JAVA_TEST = "org.apache.jmeter.protocol.java.test.JavaTest"


def sample(name: str) -> JavaRequest:
    settings = {"Sleep_Time": "0", "Sleep_Mask": "0x0", "ResponseCode": "200", "ResponseMessage": "OK", "Status": "OK"}
    return JavaRequest(
        name=name, class_name=JAVA_TEST, arguments=tuple(Argument(key, value) for key, value in settings.items())
    )


NESTS: dict[str, Callable[[], Element]] = {
    "samplers alone": lambda: LoopController(loops="4", children=(sample("a"),)),
    "loop": lambda: LoopController(
        loops="2", children=(sample("a"), LoopController(loops="2", children=(sample("b"),)))
    ),
    "if": lambda: IfController(condition="true", use_expression=True, children=(sample("a"), sample("b"))),
    "if with a variable": lambda: IfController(
        condition='${__jexl3("${v}" == "1")}', use_expression=True, children=(sample("a"), sample("b"))
    ),
    "random": lambda: RandomController(style="1", children=(sample("a"), sample("b"), sample("c"))),
    "transaction": lambda: TransactionController(name="t", children=(sample("a"), sample("b"))),
    "parent transaction": lambda: TransactionController(name="t", parent=True, children=(sample("a"), sample("b"))),
    "all of them": lambda: LoopController(
        loops="2",
        children=(
            IfController(
                condition="true",
                use_expression=True,
                children=(
                    RandomController(
                        style="1", children=(TransactionController(name="t", children=(sample("a"), sample("b"))),)
                    ),
                ),
            ),
        ),
    ),
}


def measure(nest: Element, users: int, passes: int, jtl: Path | None) -> tuple[float, int]:
    group = ThreadGroup(name="G", users=str(users), ramp_up="0", loops=str(passes), children=(nest,))
    plan = TestPlan(name="bench", variables=(Argument("v", "1"),), children=(group,))
    prepared = prepare(plan, Path("bench.json"), {})
    assert prepared.program is not None, prepared.diagnostics
    before = os.times()
    done = execute(prepared.program, ExecutionOptions(jtl=jtl))
    after = os.times()
    rows = (*done.statistics.labels.values(), *done.statistics.transactions.values())
    count = sum(row.count for row in rows)
    return 1e6 * (after.user + after.system - before.user - before.system) / count, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--passes", type=int, default=500)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, nest in NESTS.items():
            bare, count = measure(nest(), options.users, options.passes, None)
            recorded, _ = measure(nest(), options.users, options.passes, Path(folder) / f"{name}.jtl")
            print(f"{name:20} {bare:6.1f} µs a sample, {recorded:6.1f} µs with a JTL  ({count} samples)", flush=True)
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(measure, NESTS["all of them"](), options.users, options.passes, None)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
