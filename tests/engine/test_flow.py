"""What samples and steps ask of the flow."""

from __future__ import annotations

import pytest

from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.groups import SetupGroup, TeardownGroup, ThreadGroup
from silhouette_plan.plan.processors import ResultAction
from silhouette_plan.plan.samplers import FlowControl, Pause
from silhouette_plan.plan.testplan import TestPlan


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (3, "a x a x"),
        (4, "a x x z a x x z"),
        (5, "a x z a x z"),
        (0, "a x"),
    ],
)
def test_flow_control(play, group, sampler, action, expected):
    inner = c.LoopController(name="L", loops="2", children=(sampler("x"), FlowControl(action=action), sampler("never")))
    played = play(group(sampler("a"), inner, sampler("z"), loops="2"))
    assert " ".join(played.labels) == expected


def test_break_in_a_while_leaves_it(play, group, sampler):
    loop = c.WhileController(condition="true", children=(sampler("w"), FlowControl(action=5)))
    assert play(group(loop, sampler("z"))).labels == ["w", "z"]


@pytest.mark.parametrize(
    ("on_error", "expected"),
    [
        ("continue", "bad z bad z"),
        ("startnextloop", "bad bad"),
        ("stopthread", "bad"),
        ("stoptest", "bad"),
        ("stoptestnow", "bad"),
    ],
)
def test_on_error(play, group, sampler, on_error, expected):
    played = play(group(sampler("bad", ok=False), sampler("z"), loops="2", on_error=on_error))
    assert " ".join(played.labels) == expected
    assert played.outcome.stopped is on_error.startswith("stoptest")


def test_stop_test_lets_others_end_their_sample(play, sampler):
    ends = ThreadGroup(
        name="A", users="1", ramp_up="0", children=(sampler("end", ms=100), FlowControl(action=0, target=2))
    )
    goes_on = ThreadGroup(name="B", users="1", ramp_up="0", loops="-1", children=(sampler("long", ms=400),))
    played = play(TestPlan(name="P", children=(ends, goes_on)))
    assert played.labels == ["end", "long"]
    assert played.duration == pytest.approx(0.4, abs=0.01)


def test_stop_now_interrupts_samples(play, sampler):
    ends = ThreadGroup(
        name="A", users="1", ramp_up="0", children=(sampler("end", ms=100), FlowControl(action=2, target=2))
    )
    goes_on = ThreadGroup(name="B", users="1", ramp_up="0", loops="-1", children=(sampler("long", ms=400),))
    played = play(TestPlan(name="P", children=(ends, goes_on)))
    assert [(one.label, one.success) for one in played.recorder.samples] == [("end", True), ("long", False)]
    assert played.duration == pytest.approx(0.1, abs=0.01)


def test_phases_run_one_after_another(play, sampler):
    def one(kind: type[ThreadGroup], name: str, ms: int) -> ThreadGroup:
        return kind(name=name, users="1", ramp_up="0", children=(sampler(name, ms=ms),))

    groups = (
        one(TeardownGroup, "down", 10),
        one(ThreadGroup, "B", 200),
        one(SetupGroup, "up", 50),
        one(ThreadGroup, "C", 100),
    )
    together = play(TestPlan(name="P", children=groups))
    assert together.labels == ["up", "C", "B", "down"]
    assert [sample.thread_name for sample in together.recorder.samples] == ["up 1-1", "C 2-1", "B 1-1", "down 1-1"]
    assert play(TestPlan(name="P", serialized=True, children=groups)).labels == ["up", "B", "C", "down"]


@pytest.mark.parametrize(("wanted", "expected"), [(True, ["bad", "down"]), (False, ["bad"])])
def test_teardown_after_a_stop(play, sampler, wanted, expected):
    main = ThreadGroup(name="A", users="1", ramp_up="0", on_error="stoptest", children=(sampler("bad", ok=False),))
    down = TeardownGroup(name="D", users="1", ramp_up="0", children=(sampler("down"),))
    assert play(TestPlan(name="P", teardown_on_shutdown=wanted, children=(main, down))).labels == expected


def test_a_setup_group_that_stops_the_test_leaves_nothing_to_run(play, sampler):
    up = SetupGroup(name="U", users="1", ramp_up="0", on_error="stoptest", children=(sampler("bad", ok=False),))
    main = ThreadGroup(name="A", users="1", ramp_up="0", children=(sampler("main"),))
    down = TeardownGroup(name="D", users="1", ramp_up="0", children=(sampler("down"),))
    assert play(TestPlan(name="P", children=(up, main, down))).labels == ["bad"]


def test_result_action_breaks_the_loop(play, group, sampler):
    loop = c.LoopController(name="L", loops="5", children=(sampler("x", ResultAction(action=6), ok=False),))
    assert play(group(loop, sampler("z"))).labels == ["x", "z"]


def test_pauses_take_their_time_and_make_no_sample(play, group, sampler):
    played = play(
        group(FlowControl(action=1, duration="250"), sampler("a"), Pause(low="100", high="100"), sampler("b"))
    )
    assert list(zip(played.labels, played.recorder.moments, strict=True)) == [("a", 0.25), ("b", 0.35)]
