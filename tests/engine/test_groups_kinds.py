"""What all kinds of groups have in common: they stop at any moment, and their numbers are looked at before the run."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Any

import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.engine.life import Life
from silhouette_plan.plan import groups as g
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.plan.samplers import FlowControl
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.timers import ConstantTimer
from silhouette_plan.program.spawning import spawned_rows
from silhouette_plan.values.user import User

KINDS: dict[str, tuple[type[Group], dict[str, Any]]] = {
    "open model": (g.OpenModelGroup, {"schedule": "rate(5/s) random_arrivals(3 s) pause(2 s)", "seed": "3"}),
    "arrival stages": (g.ArrivalStages, {"stages": (g.Stage("0/s", "5/s", "4s"),), "seed": "3"}),
    "concurrency": (
        g.ConcurrencyGroup,
        {"target": "4", "ramp_up": "2", "hold": "2", "unit": "S", "iterations": "2"},
    ),
    "arrivals": (g.ArrivalsGroup, {"target": "5", "hold": "4", "unit": "S", "concurrency_limit": "3"}),
    "free-form arrivals": (g.FreeFormArrivalsGroup, {"rows": (g.FreeFormArrivalsRow("1", "9", "4"),), "unit": "S"}),
    "ultimate": (g.UltimateGroup, {"rows": (g.UltimateRow("3", "1", "1", "1", "1"),)}),
    "stepping": (
        g.SteppingGroup,
        {"users": "4", "step_users": "2", "step_interval": "1", "step_ramp_up": "1", "hold": "1", "stop_users": "1"},
    ),
    "stages": (g.UserStages, {"stages": (g.Stage("0", "4", "2s"), g.Stage("4", "0", "2s"))}),
    "iterations": (g.SharedIterations, {"iterations": "20", "users": "3"}),
}


def plan_of(kind: str, children: Sequence[Element], **changes: Any) -> TestPlan:
    group, fields = KINDS[kind]
    return TestPlan(name="P", children=(group(name="G", children=tuple(children), **{**fields, **changes}),))


@pytest.mark.parametrize("kind", KINDS)
def test_stopped_at_any_moment_nobody_is_left(kind, play, sampler):
    """Every user that started has ended, and each has taken its steps in order, up to the one that was cut short."""
    steps = (
        ConstantTimer(delay="130"),
        sampler("a", ms=170),
        FlowControl(action=1, duration="110"),
        sampler("b", ms=90),
    )

    @given(st.integers(0, 5_000), st.booleans(), st.integers(0, 400))
    @settings(max_examples=12, deadline=None)
    def check(after: int, now: bool, insisting: int) -> None:
        async def stop(control, recorder):
            await trio.sleep(after / 1000)
            control.stop(now)
            await trio.sleep(insisting / 1000)
            control.stop(True)

        played = play(plan_of(kind, steps), stop)
        recorder = played.recorder
        assert sorted(recorder.ended) == sorted(name for _, name in recorder.users)
        assert played.duration <= max(after + insisting, 5_400) / 1000 + 0.01
        for _, name in recorder.users:
            assert played.of(name) == ["a", "b"] * (len(played.of(name)) // 2) + ["a"] * (len(played.of(name)) % 2)
        failed = [sample for sample in recorder.samples if not sample.success]
        assert all(sample.elapsed < 170 for sample in failed)
        assert all(sample.elapsed in (170, 90) for sample in recorder.samples if sample.success)

    check()


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("open model", "schedule", "rate(10/fortnight)"),
        ("open model", "schedule", "rate(1000000/s) random_arrivals(1 day)"),
        ("open model", "seed", "seven"),
        ("arrival stages", "stages", (g.Stage("0/s", "many", "4s"),)),
        ("concurrency", "target", "ten"),
        ("concurrency", "ramp_up", "nan"),
        ("concurrency", "steps", "1.5"),
        ("arrivals", "hold", "inf"),
        ("arrivals", "concurrency_limit", "few"),
        ("free-form arrivals", "rows", (g.FreeFormArrivalsRow("1", "x", "4"),)),
        ("ultimate", "rows", (g.UltimateRow("3", "1", "1", "long", "1"),)),
        ("ultimate", "rows", (g.UltimateRow("-3", "1", "1", "1", "1"),)),
        ("stepping", "step_users", "-1"),
        ("stages", "stages", (g.Stage("0", "4", "two"),)),
        ("iterations", "users", "${some}"),
    ],
)
def test_what_is_no_number_is_found_before_the_run(kind, field, value, sampler):
    result = compile_plan(plan_of(kind, [sampler("a")], **{field: value}), CompileOptions())
    assert {found.code for found in result.diagnostics} == {"CP006"}
    assert result.program is None


@pytest.mark.parametrize(("kind", "field"), [("open model", "seed"), ("arrivals", "target"), ("concurrency", "hold")])
def test_what_turns_out_to_be_none_keeps_the_group_from_starting(kind, field, play, sampler):
    played = play(plan_of(kind, [sampler("a")], **{field: "${__P(absent,many)}"}))
    assert played.labels == []
    assert [code for code, _ in played.recorder.findings] == ["RN004"]


def test_concurrency_follows_a_property_that_changes(play, sampler):
    from silhouette_plan.plan.expressions import Literal
    from silhouette_plan.plan.samplers import SetVariable

    change = SetVariable(variable="target", value=Literal(4), shared=True)
    steps = (sampler("a", ms=1500), change, sampler("b", ms=1500))
    played = play(plan_of("concurrency", steps, target="${__P(target,2)}", ramp_up="", hold="5", iterations=""))
    assert [moment for moment, _ in played.recorder.users] == [0.0, 0.0, 2.0, 2.0]


def test_a_property_takes_the_place_of_ultimate_rows(play, sampler):
    schedule = "spawn(1, 0, 2s, 1m, 0) SPAWN(1,1s,0s,1h30m10s,5)"
    assert spawned_rows(schedule) == [(1, 0, 2, 60, 0), (1, 1, 0, 5410, 5)]
    played = play(plan_of("ultimate", [sampler("a", ms=500)]), properties={"threads_schedule": "spawn(2,1,0,1,0)"})
    assert [moment for moment, _ in played.recorder.users] == [1.0, 1.0]


@pytest.mark.parametrize("schedule", ["spawn(1,1,1,1)", "raise(1,1,1,1,1)", "spawn(1,1,1,1,1w)", "spawn(1,,1,1,1) x"])
def test_a_property_that_is_no_schedule(schedule, sampler):
    options = CompileOptions(properties={"threads_schedule": schedule})
    result = compile_plan(plan_of("ultimate", [sampler("a")]), options)
    assert {found.code for found in result.diagnostics} == {"CP006"}


def test_arrivals_that_nobody_was_free_for_are_told(play, sampler):
    played = play(plan_of("arrivals", [sampler("a", ms=1000)], target="4", hold="1", concurrency_limit="1"))
    assert played.recorder.findings == [("RN006", "G: 3 of 4 arrivals were not offered: all users were busy")]


def test_arrivals_that_the_generator_is_too_slow_for_are_told(compile_program, sampler):
    """A step that keeps the event loop to itself: the plan cannot be kept, and the run says so."""
    from silhouette_plan.engine import RunOptions, run
    from silhouette_plan.results.observer import Observer

    class Busy(Observer):
        def __init__(self) -> None:
            self.findings: list[tuple[str, str]] = []

        def on_sample(self, sample: object) -> None:
            import time

            time.sleep(0.02)

        def on_finding(self, code: str, message: str) -> None:
            self.findings.append((code, message))

    busy = Busy()
    program = compile_program(plan_of("open model", [sampler("a")], schedule="rate(100/s) even_arrivals(500 ms)"))
    trio.run(run, program, RunOptions(), [busy])
    assert "the generator was the limit" in dict(busy.findings)["RN005"]


def test_users_that_ended_are_gone_without_the_garbage_collector(play, sampler):
    """It rests while users run: a day of arrivals must not pile up."""
    gc.collect()
    gc.disable()
    try:
        play(plan_of("open model", [sampler("a", ms=10)], schedule="rate(100/s) even_arrivals(2 s) pause(1 s)"))
        left = sum(isinstance(one, (User, Life)) for one in gc.get_objects())
    finally:
        gc.enable()
    assert left < 20
