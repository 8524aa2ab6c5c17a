"""When users start and end, by group."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.engine.groups.thread_group import at_once, delayed
from silhouette_plan.plan import groups as g
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.timers import ConstantTimer
from silhouette_plan.program import profiles
from silhouette_plan.program.schedule import ScheduleFault, arrivals_of, duration_of, parse_schedule
from silhouette_plan.values.java.random import JavaRandom


def test_ramp_up_starts_users_at_equal_steps(play, group, sampler):
    played = play(group(sampler("a"), users="4", ramp_up="2"))
    assert played.recorder.users == [(0.0, "TG 1-1"), (0.5, "TG 1-2"), (1.0, "TG 1-3"), (1.5, "TG 1-4")]


def test_steps_are_rounded_to_whole_ms_and_with_a_delayed_start_the_last_user_comes_at_the_end():
    assert list(at_once(3, 1)) == [0, 333, 666]
    assert list(at_once(3, 2)) == [0, 667, 1334]
    assert list(at_once(0, 2)) == list(delayed(0, 2)) == []
    assert list(delayed(3, 2)) == [0, 1000, 2000]
    assert list(delayed(4, 2)) == [0, 667, 1334, 2000]
    assert list(delayed(1, 9)) == [0]


@given(st.integers(2, 500), st.integers(0, 3600))
def test_a_delayed_start_ends_where_the_ramp_up_does(users, ramp_up):
    offsets = list(delayed(users, ramp_up))
    assert offsets[0] == 0
    assert offsets[-1] == ramp_up * 1000
    assert offsets == sorted(offsets)


def test_scheduler_delays_and_ends(play, group, sampler):
    played = play(group(sampler("a", ms=300), loops="-1", scheduler=True, delay="2", duration="1"))
    assert played.recorder.moments == [2.3, 2.6, 2.9, 3.2]
    assert played.duration == pytest.approx(3.2, abs=0.01)


def test_a_timer_that_would_outlast_the_time_ends_the_user_at_once(play, group, sampler):
    played = play(group(ConstantTimer(delay="700"), sampler("a"), loops="-1", scheduler=True, duration="1"))
    assert played.recorder.moments == [0.7]
    assert played.duration == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize(
    ("factor", "moment"), [("3", 0.475), ("0.5", 0.163), (" 0.1 ", 0.113), ("x", 0.225), ("", 0.225)]
)
def test_timer_factor_scales_random_timers_only_and_rounds_halves_up(play, group, sampler, factor, moment):
    from silhouette_plan.plan.timers import UniformRandomTimer

    timers = (UniformRandomTimer(offset="125", spread="0"), ConstantTimer(delay="100"))
    assert play(group(*timers, sampler("a")), properties={"timer.factor": factor}).recorder.moments == [moment]


def test_a_delayed_start_makes_no_user_after_the_end(play, group, sampler):
    fields = {"users": "10", "ramp_up": "10", "scheduler": True, "duration": "3", "delayed_start": True}
    played = play(group(sampler("a"), **fields))
    assert [moment for moment, _ in played.recorder.users] == [0.0, 1.111, 2.222]


def test_a_delayed_start_takes_a_negative_delay_for_none(play, group, sampler):
    fields = {"users": "2", "ramp_up": "1", "scheduler": True, "duration": "3", "delay": "-1"}
    assert len(play(group(sampler("a"), **fields, delayed_start=True)).recorder.users) == 2
    assert not play(group(sampler("a"), **fields)).recorder.users


def test_a_number_that_a_setup_group_sets_is_read_late(play, sampler):
    from silhouette_plan.plan.expressions import Literal
    from silhouette_plan.plan.samplers import SetVariable

    setup = g.SetupGroup(
        name="U", users="1", ramp_up="0", children=(SetVariable(variable="n", value=Literal(3), shared=True),)
    )
    main = g.ThreadGroup(name="A", users="${__P(n,1)}", ramp_up="0", children=(sampler("a"),))
    assert play(TestPlan(name="P", children=(setup, main))).labels == ["a"] * 3


def test_a_bad_number_keeps_only_its_group_from_starting(play, sampler):
    bad = g.ThreadGroup(name="B", users="${__P(n,many)}", ramp_up="0", children=(sampler("b"),))
    good = g.ThreadGroup(name="A", users="1", ramp_up="0", children=(sampler("a"),))
    played = play(TestPlan(name="P", children=(bad, good)))
    assert played.labels == ["a"]
    assert [code for code, _ in played.recorder.findings] == ["RN004"]


def test_thread_counts_are_those_of_the_moment(play, sampler):
    def users(name: str, count: str, ms: int) -> g.ThreadGroup:
        return g.ThreadGroup(name=name, users=count, ramp_up="0", children=(sampler(name, ms=ms),))

    played = play(TestPlan(name="P", children=(users("A", "2", 100), users("B", "1", 200))))
    counts = {(one.label, one.group_threads, one.all_threads) for one in played.recorder.samples}
    assert counts == {("A", 2, 3), ("A", 1, 2), ("B", 1, 1)}


# ---- Open Model


def test_open_model_starts_a_user_an_arrival(play, sampler):
    group = g.OpenModelGroup(
        name="O", schedule="rate(2/sec) even_arrivals(2 sec) pause(1 s)", children=(sampler("a", ms=600),)
    )
    played = play(TestPlan(name="P", children=(group,)))
    assert played.recorder.users == [(0.0, "O 1-1"), (0.5, "O 1-2"), (1.0, "O 1-3"), (1.5, "O 1-4")]
    assert len(played.labels) == 4
    assert played.duration == pytest.approx(3.0, abs=0.01)
    start = played.outcome.start
    assert [one.planned_start - start for one in played.recorder.samples] == [0, 500, 1000, 1500]


def test_open_model_interrupts_who_is_not_done_at_the_end(play, sampler):
    group = g.OpenModelGroup(name="O", schedule="rate(1/sec) even_arrivals(2 sec)", children=(sampler("a", ms=1500),))
    played = play(TestPlan(name="P", children=(group,)))
    assert [(one.elapsed, one.success) for one in played.recorder.samples] == [(1500, True), (1000, False)]
    assert played.duration == pytest.approx(2.0, abs=0.01)
    assert [code for code, _ in played.recorder.findings] == ["RN007"]


def test_arrivals_of_the_language_are_the_same_schedule(play, sampler):
    stages = (g.Stage("0/s", "4/s", "2s"), g.Stage("", "2/s", "1s"))
    group = g.ArrivalStages(name="O", stages=stages, spread="even", children=(sampler("a"),))
    moments = [moment for moment, _ in play(TestPlan(name="P", children=(group,))).recorder.users]
    assert moments == [0.0, 1.0, 1.414, 1.732, 2.0, 2.5]


def test_the_same_seed_gives_the_same_arrivals():
    schedule = parse_schedule("rate(10/s) random_arrivals(10 s) rate(50/s) random_arrivals(5 s)")
    first, second, other = (list(arrivals_of(schedule, JavaRandom(seed).next_double)) for seed in (42, 42, 43))
    assert first == second
    assert first != other
    # java.util.Random(42) as JMeter draws it; the number of arrivals is the integral of the rate
    assert len(first) == 300 + 250


@given(
    st.lists(st.tuples(st.floats(0, 50), st.booleans(), st.floats(0, 5)), max_size=5),
    st.integers(1, 10**6),
)
@settings(max_examples=60, deadline=None)
def test_arrivals_are_in_order_and_within_the_schedule(parts, seed):
    text = " ".join(
        f"rate({rate:.3f}/s) {'even' if even else 'random'}_arrivals({duration:.3f} s)"
        for rate, even, duration in parts
    )
    schedule = parse_schedule(text)
    moments = list(arrivals_of(schedule, JavaRandom(seed).next_double))
    assert moments == sorted(moments)
    assert all(0 <= moment <= duration_of(schedule) for moment in moments)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("rate(1/min) random_arrivals(1 min 30 sec)", 90.0),
        ("RATE(1 per hour) /* so */ even_arrivals(1 h) // and so\n pause(2 days)", 3600 + 172800.0),
        ("rate(0) even_arrivals(500 ms)", 0.5),
        ("7", 3601.0),
    ],
)
def test_schedules_are_read(text, duration):
    assert duration_of(parse_schedule(text)) == duration


@pytest.mark.parametrize(
    "text", ["rate(1)", "rate(1/s", "even_arrivals(5)", "pause(1 week)", "ramp(1/s)", "rate(x/s)", "§", "7 s"]
)
def test_schedules_that_cannot_be_read(text):
    with pytest.raises(ScheduleFault):
        parse_schedule(text)


# ---- casutg


def test_ultimate_counts_down(play, sampler):
    row = g.UltimateRow("2", "1", "2", "3", "2")
    group = g.UltimateGroup(name="U", rows=(row,), children=(ConstantTimer(delay="100"), sampler("a")))
    played = play(TestPlan(name="P", children=(group,)))
    assert played.recorder.users == [(2.0, "U 1-2"), (3.0, "U 1-1")]
    assert profiles.ultimate([(2, 1, 2, 3, 2)]) == [profiles.Stay(3.0, 8.0), profiles.Stay(2.0, 7.0)]


def test_stepping_follows_the_plugin():
    steps = profiles.Steps(
        users=6, delay=1, burst=0, users_in=2, period=10, ramp_up=4, hold=30, users_out=3, period_out=5
    )
    stays = profiles.stepping(steps)
    assert [stay.start for stay in stays] == [1.0, 3.0, 15.0, 17.0, 29.0, 31.0]
    assert [stay.end for stay in stays] == [63.0] * 3 + [68.0] * 3


def test_stages_come_and_go_in_line():
    stays = profiles.stages([(0, 4, 4.0), (4, 4, 2.0), (4, 2, 2.0), (2, 3, 1.0)])
    assert [stay.start for stay in stays] == [1.0, 2.0, 3.0, 4.0, 9.0]
    assert [stay.end for stay in stays] == [9.0, 9.0, 8.0, 7.0, 9.0]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.floats(0.1, 10)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_as_many_users_as_the_line_says(line):
    stays, now = profiles.stages(line), 0.0
    for start, end, duration in line:
        middle, now = now + duration / 2, now + duration
        present = sum(stay.start <= middle < stay.end for stay in stays)
        assert abs(present - (start + end) / 2) <= 1
    assert all(0 <= stay.start <= stay.end <= now for stay in stays)


def test_concurrency_replaces_users_that_end(play, sampler):
    group = g.ConcurrencyGroup(
        name="C", target="2", ramp_up="2", hold="1", unit="S", iterations="2", children=(sampler("c", ms=300),)
    )
    played = play(TestPlan(name="P", children=(group,)))
    starts = played.recorder.users
    assert starts[0] == (0.5, "C-ThreadStarter 1-1")
    assert [moment for moment, _ in starts] == [0.5, 1.1, 1.7, 1.7, 2.3, 2.3, 2.9, 2.9]
    assert played.duration == pytest.approx(3.5, abs=0.01)


def test_arrivals_reuse_idle_users(play, sampler):
    group = g.ArrivalsGroup(name="A", target="4", hold="1", unit="S", children=(sampler("a", ms=100),))
    played = play(TestPlan(name="P", children=(group,)))
    assert played.recorder.users == [(0.0, "A-ThreadStarter 1-1")]
    assert [round(moment - 0.1, 2) for moment in played.recorder.moments] == [0, 0.25, 0.5, 0.75]


def test_users_leave_after_their_sample_when_the_next_arrival_would_be_due(play, sampler):
    steps = (sampler("a", ms=300), sampler("b", ms=300), sampler("c", ms=300))
    group = g.ArrivalsGroup(name="A", target="2", hold="1", unit="S", children=steps)
    played = play(TestPlan(name="P", children=(group,)))
    assert played.of("A-ThreadStarter 1-1") == ["a", "b", "c"]
    assert played.of("A-ThreadStarter 1-2") == ["a", "b"]


def test_arrivals_beyond_the_limit_are_lost(play, sampler):
    group = g.ArrivalsGroup(
        name="A", target="4", hold="1", unit="S", concurrency_limit="1", children=(sampler("a", ms=600),)
    )
    played = play(TestPlan(name="P", children=(group,)))
    assert len(played.labels) == 2


def test_without_steps_the_plugin_has_no_arrivals_before_the_ramp_up_is_over():
    moments = list(profiles.arrivals(profiles.arrivals_level(10.0, 2, 1, 0)))
    assert moments[0] == pytest.approx(2.2)
    assert len(moments[:-1]) == 8


def test_free_form_goes_in_a_line():
    moments = list(profiles.arrivals(profiles.free_form_level([(1.0, 3.0, 2.0)])))
    assert moments[:-1] == pytest.approx([0.0, 1.0, 1.5, 1.9], abs=1e-9)


def test_iterations_are_shared(play, sampler):
    group = g.SharedIterations(name="S", iterations="7", users="3", children=(sampler("a", ms=10),))
    played = play(TestPlan(name="P", children=(group,)))
    assert len(played.labels) == 7
    assert len(played.recorder.users) == 3
