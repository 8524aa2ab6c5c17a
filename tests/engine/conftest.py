"""Plans built and run in virtual time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import trio
import trio.testing

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.diagnostics import Severity
from silhouette_plan.engine import RunControl, RunOptions, RunOutcome, run
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument, TestPlan
from silhouette_plan.program.program import Program
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample


class Recorder(Observer):
    """Keeps what it is told, with the moment in s since the start."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self.moments: list[float] = []
        self.findings: list[tuple[str, str]] = []
        self.users: list[tuple[float, str]] = []
        self.ended: list[str] = []
        self.groups: list[tuple[str, int | None]] = []
        self.interrupted: str | None = None
        self.start = trio.current_time()

    def on_sample(self, sample: Sample) -> None:
        self.samples.append(sample)
        self.moments.append(round(trio.current_time() - self.start, 3))

    def on_finding(self, code: str, message: str) -> None:
        self.findings.append((code, message))

    def on_user_started(self, thread_name: str) -> None:
        self.users.append((round(trio.current_time() - self.start, 3), thread_name))

    def on_user_ended(self, thread_name: str) -> None:
        self.ended.append(thread_name)

    def on_group_started(self, name: str, planned_users: int | None) -> None:
        self.groups.append((name, planned_users))

    def on_run_ended(self, end: int, interrupted: str) -> None:
        self.interrupted = interrupted


@dataclass
class Played:
    """What a run gave."""

    outcome: RunOutcome
    recorder: Recorder
    duration: float = 0.0
    labels: list[str] = field(default_factory=list)

    def of(self, thread_name: str) -> list[str]:
        """The labels of one user."""
        return [sample.label for sample in self.recorder.samples if sample.thread_name == thread_name]


def compiled(plan: TestPlan, **options: Any) -> Program:
    result = compile_plan(plan, CompileOptions(**options))
    errors = [found for found in result.diagnostics if found.severity is Severity.ERROR]
    assert not errors, errors
    assert result.program is not None
    return result.program


def played(
    plan: TestPlan,
    beside: Callable[[RunControl, Recorder], Awaitable[None]] | None = None,
    **options: Any,
) -> Played:
    """Runs ``plan`` in virtual time; ``beside`` runs with it and may stop it."""
    program = compiled(plan, **options)

    async def main() -> Played:
        recorder, control = Recorder(), RunControl()
        start = trio.current_time()
        async with trio.open_nursery() as nursery:
            if beside is not None:
                nursery.start_soon(beside, control, recorder)
            outcome = await run(program, RunOptions(seed=7), [recorder], control=control)
            nursery.cancel_scope.cancel()
        duration = round(trio.current_time() - start, 3)
        return Played(outcome, recorder, duration, [sample.label for sample in recorder.samples])

    return trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))


@pytest.fixture
def play() -> Callable[..., Played]:
    return played


@pytest.fixture
def compile_program() -> Callable[..., Program]:
    return compiled


@pytest.fixture
def sampler() -> Callable[..., JavaRequest]:
    """A sampler called ``name`` that takes ``ms`` and ends as ``ok`` says."""

    def make(name: str, *children: Element, ok: bool = True, ms: int = 0, code: str = "200") -> JavaRequest:
        arguments = {
            "Sleep_Time": str(ms),
            "Sleep_Mask": "0x0",
            "ResponseCode": code,
            "ResponseMessage": "OK",
            "Status": "OK" if ok else "KO",
        }
        return JavaRequest(
            name=name,
            class_name="org.apache.jmeter.protocol.java.test.JavaTest",
            arguments=tuple(Argument(key, value) for key, value in arguments.items()),
            children=children,
        )

    return make


@pytest.fixture
def group() -> Callable[..., TestPlan]:
    """A plan of one Thread Group with ``steps``."""

    def make(*steps: Element, plan: Sequence[Element] = (), **fields: Any) -> TestPlan:
        given = {"name": "TG", "users": "1", "ramp_up": "0", "loops": "1"} | fields
        return TestPlan(name="P", children=(*plan, ThreadGroup(children=steps, **given)))

    return make
