"""Stopping at any moment: what is finished is reported, nothing is left behind."""

from __future__ import annotations

import pytest
import trio
import trio.testing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from silhouette_plan.engine import RunControl, RunOptions, run
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan import groups as g
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.samplers import FlowControl
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.timers import ConstantTimer, SyncTimer


def at(seconds: float, *, now: bool = False):
    async def stop(control, recorder):
        await trio.sleep(seconds)
        control.stop(now)

    return stop


def test_gracefully_users_end_their_sample(play, group, sampler):
    plan = group(sampler("a", ms=400), sampler("b", ms=400), users="2", loops="-1")
    played = play(plan, at(0.5))
    assert played.labels == ["a", "a", "b", "b"]
    assert played.duration == pytest.approx(0.8, abs=0.01)
    assert played.recorder.interrupted == "stop"


def test_at_once_what_they_are_doing_is_recorded_as_failed(play, group, sampler):
    played = play(group(sampler("a", ms=400), users="2", loops="-1"), at(0.5, now=True))
    assert [(one.elapsed, one.success) for one in played.recorder.samples] == [(400, True)] * 2 + [(100, False)] * 2
    assert played.duration == pytest.approx(0.5, abs=0.01)


def test_a_pause_is_cut_short_and_takes_no_sample_behind_it(play, group, sampler):
    played = play(group(ConstantTimer(delay="60000"), sampler("a"), loops="-1"), at(0.5))
    assert played.labels == []
    assert played.duration == pytest.approx(0.5, abs=0.01)


def test_users_that_wait_for_one_another_are_let_go(play, group, sampler):
    meeting = c.SimpleController(children=(SyncTimer(users="3", timeout="0"), sampler("a")))
    assert play(group(meeting, users="2"), at(1.0)).duration == pytest.approx(1.0, abs=0.01)


def test_users_that_wait_for_a_lock_are_let_go(play, group, sampler):
    section = c.CriticalSectionController(lock="k", children=(sampler("in", ms=1000),))
    played = play(group(section, users="3"), at(0.5))
    assert played.labels == ["in"]


@pytest.mark.parametrize(("action", "rest"), [(0, ["c", "c"]), (2, ["c"])])
def test_in_the_tear_down_of_a_stopped_run_a_graceful_stop_ends_its_user_only(play, sampler, action, rest):
    def stop(what: int) -> FlowControl:
        return FlowControl(action=what, target=2)

    down = (
        g.TeardownGroup(name="D", users="1", ramp_up="0", loops="1", children=(sampler("b", ms=10), stop(action))),
        g.TeardownGroup(name="E", users="1", ramp_up="0", loops="2", children=(sampler("c", ms=100),)),
    )
    main = g.ThreadGroup(name="M", users="1", ramp_up="0", loops="1", children=(sampler("a"), stop(0)))
    assert play(TestPlan(children=(main, *down))).labels == ["a", "b", *rest]


@pytest.mark.parametrize(("target", "labels"), [(0, ["a"]), (1, ["a", "b"]), (2, ["a"])])
def test_a_stop_of_an_unknown_target_stops_nothing(play, group, sampler, target, labels):
    assert play(group(sampler("a"), FlowControl(action=0, target=target), sampler("b"))).labels == labels


def test_no_more_users_start(play, group, sampler):
    played = play(group(sampler("a", ms=10), users="10", ramp_up="10", loops="-1"), at(2.5))
    assert len(played.recorder.users) == 3


def test_before_the_start_nothing_runs(compile_program, group, sampler):
    async def main() -> int:
        control = RunControl()
        control.stop(False)
        outcome = await run(compile_program(group(sampler("a"))), RunOptions(), control=control)
        assert outcome.stopped
        return outcome.users

    assert trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0)) == 0


def test_teardown_groups_run_and_can_be_stopped_too(play, sampler):
    main = g.ThreadGroup(name="A", users="1", ramp_up="0", loops="-1", children=(sampler("a", ms=100),))
    down = g.TeardownGroup(name="D", users="1", ramp_up="0", loops="-1", children=(sampler("d", ms=100),))

    async def twice(control, recorder):
        await trio.sleep(0.25)
        control.stop(False)
        await trio.sleep(0.3)
        control.stop(False)

    played = play(TestPlan(name="P", children=(main, down)), twice)
    assert played.labels == ["a"] * 3 + ["d"] * 3


def _group(kind: str, steps: tuple[Element, ...]) -> g.Group:
    match kind:
        case "closed":
            return g.ThreadGroup(name="G", users="4", ramp_up="1", loops="-1", children=steps)
        case "open":
            return g.OpenModelGroup(name="G", schedule="rate(5/s) random_arrivals(3 s) pause(5 s)", children=steps)
        case "concurrency":
            return g.ConcurrencyGroup(name="G", target="4", ramp_up="1", hold="3", unit="S", children=steps)
        case _:
            return g.ArrivalsGroup(name="G", target="5", hold="3", unit="S", children=steps)


@given(st.integers(0, 3000), st.booleans(), st.sampled_from(["closed", "open", "concurrency", "arrivals"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_moment(play, sampler, moment, now, kind):
    """Whoever started has ended, and samples end before the stop or, unless it is at once, within their own time."""
    section = c.CriticalSectionController(lock="k", children=(sampler("in", ms=20),))
    transaction = c.TransactionController(name="T", parent=True, children=(sampler("a", ms=150), sampler("b", ms=30)))
    steps = (ConstantTimer(delay="70"), section, transaction, sampler("c", ms=250))
    played = play(TestPlan(name="P", children=(_group(kind, steps),)), at(moment / 1000, now=now))
    recorder = played.recorder
    assert sorted(recorder.ended) == sorted(name for _, name in recorder.users)
    assert played.outcome.users == len(recorder.users)
    assert all(ended <= (moment + (0 if now else 250)) / 1000 + 0.002 for ended in recorder.moments)


def test_the_load_ends_by_itself_or_after_a_while_and_tear_down_runs_in_full(play, sampler):
    """A sample of 0.5 s ends, one of 60 s is interrupted after 1 s; what comes then takes its time."""
    main = g.ThreadGroup(name="TG", users="1", loops="-1", children=(sampler("short", ms=500),))
    slow = g.ThreadGroup(name="Slow", users="1", loops="-1", children=(sampler("long", ms=60_000),))
    last = g.TeardownGroup(name="Last", users="1", loops="2", children=(sampler("bye", ms=3000),))
    told = []

    async def end(control, recorder):
        for _ in range(4):
            await trio.sleep(1.2)
            told.append(control.end_load(1.0))

    played = play(TestPlan(name="P", children=(main, slow, last)), end)
    assert told == [True, False, False, False], "asked again, it is ending already; the tearDown group is left alone"
    ends = [(one.label, one.elapsed, one.success) for one in played.recorder.samples]
    assert ends == [("short", 500, True)] * 3 + [("long", 2200, False)] + [("bye", 3000, True)] * 2
    assert played.duration == pytest.approx(2.2 + 6, abs=0.01)
