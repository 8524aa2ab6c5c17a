"""What each step of a sample costs, alone.

    python benchmarks/steps.py [--rounds 15]

The steps are those of a plan that is compiled here: its own samplers, extractors, assertions and controllers, called one by one.
Printed: CPU of this process a call (user + system, threads included), the median of several rounds in which all steps take
turns, and its ratio to ``json.loads`` of the same body, so that machines can be compared. Round trips go to a target in another
process; for them the time that passed is told as well.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import trio
from target import ANSWER, BODY
from trio.lowlevel import Abort, Task, checkpoint, current_task, reschedule, wait_task_rescheduled

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.engine.lag import Lag
from silhouette_plan.engine.life import Life
from silhouette_plan.engine.package import run_package
from silhouette_plan.engine.session import Session
from silhouette_plan.engine.turns import calling_at_turn_ends
from silhouette_plan.plan.assertions import ResponseAssertion
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import IfController, LoopController, RandomController, TransactionController
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import JsonExtractor, RegexExtractor
from silhouette_plan.plan.samplers import HttpRequest, JavaRequest
from silhouette_plan.plan.testplan import Argument, TestPlan
from silhouette_plan.program.groups import GroupSpec
from silhouette_plan.program.package import Package
from silhouette_plan.program.program import Program
from silhouette_plan.protocols.http.connection import Connection
from silhouette_plan.protocols.http.head import Heads
from silhouette_plan.protocols.transport.choose import transport_of
from silhouette_plan.results.jtl.fields import SaveConfig
from silhouette_plan.results.jtl.opening import ResultFiles
from silhouette_plan.results.sample import Sample
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.values.user import GroupState, Run, User

USERS = 50
"""Users that are scheduled together, and samples that are recorded together."""

REFERENCE = "json.loads of the body"

Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    """``prepare`` makes what is then measured: the step, done ``calls`` times. ``waits``: time passes, too."""

    part: str
    name: str
    calls: int
    prepare: Callable[[], Work]
    waits: bool = False


def step(
    part: str,
    name: str,
    work: Callable[[Any], object],
    given: Callable[[int], Iterable[Any]] = lambda calls: repeat(None, calls),
    calls: int = 2000,
) -> Step:
    """A step that calls ``work`` with one of ``given`` after another."""

    def prepare() -> Work:
        items = given(calls)

        async def run() -> None:
            for item in items:
                work(item)

        return run

    return Step(part, name, calls, prepare)


def awaited(part: str, name: str, work: Callable[[], Awaitable[object]], calls: int = 300) -> Step:
    """A step that waits for the target."""

    def prepare() -> Work:
        async def run() -> None:
            for _ in range(calls):
                await work()

        return run

    return Step(part, name, calls, prepare, waits=True)


def sampler(name: str) -> JavaRequest:
    arguments = (Argument("Sleep_Time", "0"), Argument("Sleep_Mask", "0x0"), Argument("ResponseCode", "200"))
    return JavaRequest(name=name, class_name="org.apache.jmeter.protocol.java.test.JavaTest", arguments=arguments)


STEPS = (sampler("a"), sampler("b"))

CONTROLLERS: dict[str, tuple[Element, ...]] = {
    "the group alone": STEPS,
    "Loop": (LoopController(loops="2", children=STEPS),),
    "If": (IfController(condition='${__jexl3("${v}" == "1")}', use_expression=True, children=STEPS),),
    "Transaction": (TransactionController(name="T", children=STEPS),),
    "Random": (RandomController(style="1", children=STEPS),),
}


def compiled(port: int) -> Program:
    """A group with two requests, and one for each controller."""
    looks = (
        JsonExtractor(name="token", names="token", paths="$.data.token", match="1"),
        RegexExtractor(name="name", variable="name", regex='"name":"([a-z]+)"', template="$1$", match="1"),
        ResponseAssertion(name="status", patterns=("200",), field="Assertion.response_code", test_type=8),
    )
    requests = (
        HttpRequest(name="GET api", domain="127.0.0.1", port=str(port), path="/api", children=looks),
        HttpRequest(name="GET live", domain="127.0.0.1", port=str(port), path="/api/${v}?page=${v}"),
    )
    groups = [ThreadGroup(name="requests", loops="-1", children=requests)]
    groups += [ThreadGroup(name=name, loops="-1", children=children) for name, children in CONTROLLERS.items()]
    plan = TestPlan(name="steps", variables=(Argument("v", "1"),), children=tuple(groups))
    prepared = prepare(plan, Path("steps.json"), {})
    assert prepared.program is not None, prepared.diagnostics
    return prepared.program


class Bench:
    """A run without an engine's groups: users are moved by hand."""

    def __init__(self, port: int, nursery: trio.Nursery) -> None:
        self.program = compiled(port)
        self.port = port
        self.run = Run(self.program.properties, Path(), "steps", 1)
        self.run.spawn = nursery.start_soon
        self.session = Session(self.run, (), Lag())
        nursery.start_soon(self.session.sleeper.run)

    def life(self, spec: GroupSpec) -> Life:
        """A user of ``spec`` before its first step."""
        group = GroupState(spec.name.constant or "", 1, 1)
        life = Life(self.session, spec, User(self.run, group, 0, f"{group.name} 1-1", dict(self.program.variables)))
        life.begin()
        return life

    def steps(self, files: ResultFiles, folder: Path) -> list[Step]:
        """All of them, the reference first."""
        life = self.life(self.program.groups[0])
        steady, live = life.loop.next(), life.loop.next()
        assert isinstance(steady, Package)
        assert isinstance(live, Package)
        return [
            step("", REFERENCE, lambda _: json.loads(BODY)),
            *self.http(life, steady, live),
            *self.looks(life.user, steady),
            *self.recording(files, folder),
            *(self.controller(spec) for spec in self.program.groups[1:]),
            self.rescheduling(),
            self.pausing(life),
        ]

    def http(self, life: Life, steady: Package, live: Package) -> list[Step]:
        """A request out, its response in; the general sampler, of the live request, holds the recipe."""
        recipe = live.take.__self__.recipe  # type: ignore[attr-defined]
        request = recipe.render(life.user)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            near = socket.create_connection(listener.getsockname())
            far, _ = listener.accept()
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        near.setblocking(False)
        wire = transport_of(self.run).wire(near)
        heads = Heads()
        heads.of(ANSWER.removesuffix(BODY))
        answered = Connection(Answered(), heads, request.url.origin)  # type: ignore[arg-type]

        def send(_: object) -> None:
            wire.send(request.plain)
            for end_turn in self.run.turn_ends:
                end_turn()
            far.recv(65536)

        return [
            step("request", "render one that has live texts", lambda _: recipe.render(life.user)),
            step("request", "send, and the peer takes it", send),
            step("response", "parse", lambda _: answered.take(False, True)),
            awaited("round trip of one user", "constant request", partial(steady.take, life.user)),
            awaited("round trip of one user", "live request", partial(live.take, life.user)),
            awaited("round trip of one user", "the whole sample", partial(run_package, life, steady, None)),
            self.together(steady),
        ]

    def together(self, package: Package) -> Step:
        """What a sample costs where many users keep the event loop busy."""
        turns, lives = 20, [self.life(self.program.groups[0]) for _ in range(USERS)]

        async def user(life: Life) -> None:
            for _ in range(turns):
                await run_package(life, package, None)

        def prepare() -> Work:
            async def run() -> None:
                async with trio.open_nursery() as nursery:
                    for life in lives:
                        nursery.start_soon(user, life)

            return run

        return Step(f"round trip of {USERS} users", "the whole sample", turns * USERS, prepare, waits=True)

    def looks(self, user: User, package: Package) -> list[Step]:
        """Each sample is looked at for the first time."""
        extract_json, extract_regex = package.after
        (holds,) = package.judges.steps
        return [
            step("extract", "JSON path, with reading the body", lambda sample: extract_json(user, sample), answers),
            step("extract", "regular expression", lambda sample: extract_regex(user, sample), answers),
            step("assert", "response code equals", lambda sample: holds(user, sample), answers),
        ]

    def recording(self, files: ResultFiles, folder: Path) -> list[Step]:
        """A sample's share of what ends with many others."""
        figures, rows = Statistics(), files.open(folder / "steps.jtl", SaveConfig())

        def shared(name: str, tell: Callable[[list[Sample]], None]) -> Step:
            whole = step("record", name, tell, lambda calls: [list(answers(USERS)) for _ in range(calls)], 40)
            return Step(whole.part, whole.name, whole.calls * USERS, whole.prepare)

        return [shared("figures", figures.on_samples), shared("CSV row, written", rows.on_samples)]

    def controller(self, spec: GroupSpec) -> Step:
        """From one sampler to the next."""
        life = self.life(spec)
        following = life.loop.next
        return step("next sampler", spec.name.constant or "", lambda _: following())

    def rescheduling(self) -> Step:
        """Users that wait are woken, and wait again."""
        turns = 40
        waiting: list[Task] = []

        async def user() -> None:
            for _ in range(turns):
                waiting.append(current_task())
                await wait_task_rescheduled(lambda _: Abort.SUCCEEDED)

        def prepare() -> Work:
            async def run() -> None:
                async with trio.open_nursery() as nursery:
                    for _ in range(USERS):
                        nursery.start_soon(user)
                    for _ in range(turns):
                        while len(waiting) < USERS:
                            await checkpoint()
                        for task in waiting:
                            reschedule(task)
                        waiting.clear()

            return run

        return Step("schedule", "wake a user (Trio)", turns * USERS, prepare)

    def pausing(self, life: Life) -> Step:
        """Pauses that are due at once, of many users."""
        turns, now, until = 40, self.run.clock.now, self.session.sleeper.until

        async def user() -> None:
            for _ in range(turns):
                await until(now()).over()

        def prepare() -> Work:
            async def run() -> None:
                async with trio.open_nursery() as nursery:
                    for _ in range(USERS):
                        nursery.start_soon(user)

            return run

        return Step("schedule", "a timer's pause", turns * USERS, prepare)


class Answered:
    """A wire on which the answer is there already."""

    arrived = 0.0

    def take(self) -> bytes:
        return ANSWER


def answers(count: int) -> list[Sample]:
    """Samples as the request's, at which nobody has looked."""
    made = []
    for number in range(count):
        sample = Sample("GET api", 1_700_000_000_000 + number)
        sample.code, sample.message, sample.data_type, sample.success = "200", "OK", "text", True
        sample.thread_name, sample.url, sample.body = "requests 1-1", "http://127.0.0.1/api", BODY
        sample.elapsed = sample.latency = 5 + number % 40
        sample.received, sample.sent = len(ANSWER), 120
        sample.group_threads = sample.all_threads = USERS
        made.append(sample)
    return made


async def measured(steps: list[Step], rounds: int) -> dict[Step, tuple[float, float]]:
    """CPU and time (µs a call) of each step, medians of ``rounds`` in which all take turns; without the loop's own share."""
    empty = step("", "", lambda _: None)
    figures: dict[Step, list[tuple[float, float]]] = {one: [] for one in (empty, *steps)}
    for _ in range(rounds):
        for one, found in figures.items():
            run = one.prepare()
            cpu, passed = time.process_time(), time.perf_counter()
            await run()
            found.append(
                (1e6 * (time.process_time() - cpu) / one.calls, 1e6 * (time.perf_counter() - passed) / one.calls)
            )
    medians = {one: tuple(map(statistics.median, zip(*found, strict=True))) for one, found in figures.items()}
    loop = medians.pop(empty)[0]
    return {one: (max(cpu - loop, 0.0), passed) for one, (cpu, passed) in medians.items()}


async def report(port: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = ResultFiles()
        async with trio.open_nursery() as nursery:
            bench = Bench(port, nursery)
            with calling_at_turn_ends(bench.run.turn_ends):
                figures = await measured(bench.steps(files, Path(folder)), rounds)
            nursery.cancel_scope.cancel()
        files.close()
    reference = next(cpu for one, (cpu, _) in figures.items() if one.name == REFERENCE)
    print(f"{'step':<50} {'CPU µs':>8} {'ratio':>7}")
    for one, (cpu, passed) in figures.items():
        name = f"{one.part}: {one.name}" if one.part else one.name
        waited = f"   {passed:.0f} µs passed a sample" if one.waits else ""
        print(f"{name:<50} {cpu:8.2f} {cpu / reference:7.2f}{waited}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    target = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("target.py")), "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        if len(cores) > 1:
            os.sched_setaffinity(target.pid, {cores[-1]})
            os.sched_setaffinity(0, {cores[0]})
        assert target.stdout is not None
        trio.run(report, int(target.stdout.readline()), options.rounds)
    finally:
        target.terminate()
        target.wait()


if __name__ == "__main__":
    main()
