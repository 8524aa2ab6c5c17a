"""What each controller hands out, in order."""

from __future__ import annotations

import pytest

from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.expressions import Binary, Literal, Name
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument, UserVariables


def s(name: str) -> JavaRequest:
    arguments = (Argument("Sleep_Time", "0"), Argument("ResponseCode", "200"))
    return JavaRequest(name=name, class_name="x.JavaTest", arguments=arguments)


def loop(loops: str, *children: object, forever: bool = True, name: str = "L") -> c.LoopController:
    return c.LoopController(name=name, loops=loops, continue_forever=forever, children=children)  # type: ignore[arg-type]


def holds(condition: str, *children: object) -> c.IfController:
    return c.IfController(name="I", condition=condition, use_expression=True, children=children)  # type: ignore[arg-type]


VARIABLES = UserVariables(
    variables=(Argument("v_1", "one"), Argument("v_2", "two"), Argument("v_3", "three"), Argument("two", "2"))
)


@pytest.mark.parametrize(
    ("iterations", "steps", "expected"),
    [
        (1, [c.SimpleController(children=(s("a"),)), s("b")], "a b"),
        (2, [loop("2", s("x")), s("z")], "x x z x x z"),
        # without continue_forever a loop runs once a user
        (3, [loop("2", s("x"), forever=False), s("z")], "x x z z z"),
        (2, [loop("0", s("x")), s("z")], "z z"),
        (1, [loop("${two}", s("${__jm__L__idx}"))], "0 1"),
        (3, [c.OnceOnlyController(children=(s("once"),)), s("z")], "once z z z"),
        (2, [loop("2", c.OnceOnlyController(children=(s("once"),)), s("z"))], "once z z once z z"),
        (2, [c.SimpleController(children=(c.OnceOnlyController(children=(s("once"),)), s("z")))], "once z z"),
        (4, [c.InterleaveController(children=(s("a"), s("b"), s("c")))], "a b c a"),
        # style 0: a child controller gives one sampler a turn, and goes on in its next
        (4, [c.InterleaveController(children=(loop("2", s("x")), s("b")))], "x b x b"),
        (3, [c.InterleaveController(style="1", children=(loop("2", s("x")), s("b")))], "x x b x x"),
        # a false If is passed over, under style 0 too, where JMeter's user dies
        (2, [c.InterleaveController(children=(holds("false", s("no")), s("b")))], "b b"),
        (2, [c.InterleaveController(children=(holds("false", s("no")),)), s("z")], "z z"),
        (2, [c.RandomController(children=(holds("false", s("no")),)), s("z")], "z z"),
        (2, [c.RandomController(style="1", children=(s("a"),))], "a a"),
        (2, [c.RandomController(weights=("0", "1"), children=(s("a"), s("b")))], "b b"),
        (2, [holds("true", s("a")), holds("false", s("b")), holds("1", s("c"))], "a a"),
        (1, [c.IfController(condition="1 == 1", children=(s("a"),)), c.IfController(condition="1 == 2", children=(s("b"),))], "a"),
        (1, [c.WhileController(name="W", condition="${__jexl3(${__jm__W__idx} < 2,)}", children=(s("w"),))], "w w"),
        (1, [c.WhileController(condition="false", children=(s("w"),)), s("z")], "z"),
        (1, [c.ForeachController(source="v", returned="r", children=(s("${r}"),))], "one two three"),
        (1, [c.ForeachController(source="v", returned="r", start_index="1", end_index="2", children=(s("${r}"),))], "two"),
        (1, [c.ForeachController(source="v", returned="r", end_index="", children=(s("${r}"),)), s("z")], "z"),
        # asked once more by its parent after its end, it leaves the first value behind
        (1, [c.ForeachController(source="v", returned="r", children=(s("${r}"),)), s("left ${r}")], "one two three left one"),
        (1, [c.ForeachValue(returned="r", first="3", last="5", children=(s("${r}"),))], "3 4 5"),
        (2, [c.ForeachValue(returned="r", values=("p", "${two}"), children=(s("${r}"),))], "p 2 p 2"),
        (1, [c.SwitchController(value="${two}", children=(s("a"), s("b"), s("c")))], "c"),
        (1, [c.SwitchController(value="9", children=(s("a"), s("b")))], "a"),
        (1, [c.SwitchController(value="b", children=(s("a"), s("b"), s("default")))], "b"),
        (1, [c.SwitchController(value="x", children=(s("a"), s("Default")))], "Default"),
        (1, [c.SwitchController(value="x", children=(s("a"),)), s("z")], "z"),
        (1, [c.SwitchController(value="1", children=(s("a"), loop("2", s("x")), s("c")))], "x x"),
        (3, [c.ThroughputController(total="2", children=(s("t"),)), s("z")], "t z t z z"),
        (4, [c.ThroughputController(by_percent=True, percent="50", children=(s("t"),)), s("z")], "z t z z t z"),
        (2, [c.RuntimeController(seconds="0", children=(s("r"),)), s("z")], "z z"),
        (2, [c.CriticalSectionController(lock="k", children=(s("a"), s("b"))), s("z")], "a b z a b z"),
        (6, [c.WeightedSwitchController(weights=(("a", "2"), ("b", "1")), children=(s("a"), s("b")))], "a b a a b a"),
        (2, [c.Chance(percent="0", children=(s("no"),)), c.Chance(percent="100", children=(s("yes"),))], "yes yes"),
    ],
)  # fmt: skip
def test_labels(play, group, iterations, steps, expected):
    played = play(group(*steps, plan=[VARIABLES], loops=str(iterations)))
    assert " ".join(played.labels) == expected
    assert played.recorder.findings == []


def test_choice_runs_the_first_arm_that_holds(play, group):
    first = c.Case(condition=Binary("==", Name("two"), Literal(1)), children=(s("one"),))
    second = c.Case(condition="${__jexl3(${two} == 2,)}", language="value", children=(s("two"), s("more")))
    other = c.Case(children=(s("else"),))
    played = play(group(c.Choice(children=(first, second, other)), plan=[VARIABLES], loops="2"))
    assert played.labels == ["two", "more"] * 2


def test_random_order_gives_all_children_each_pass(play, group):
    played = play(group(c.RandomOrderController(children=(s("a"), s("b"), s("c"))), loops="30"))
    passes = [tuple(played.labels[at : at + 3]) for at in range(0, 90, 3)]
    assert all(sorted(one) == ["a", "b", "c"] for one in passes)
    assert len(set(passes)) > 1


def test_interleave_across_threads_starts_elsewhere(play, group):
    steps = c.InterleaveController(across_threads=True, children=(s("a"), s("b")))
    played = play(group(steps, users="3"))
    assert [played.of(f"TG 1-{n}") for n in (1, 2, 3)] == [["a"], ["b"], ["a"]]


def test_throughput_total_is_shared_unless_per_user(play, group):
    shared = play(group(c.ThroughputController(total="2", children=(s("t"),)), users="3"))
    own = play(group(c.ThroughputController(total="2", per_user=True, children=(s("t"),)), users="3"))
    assert (len(shared.labels), len(own.labels)) == (2, 3)


def test_runtime_repeats_until_its_seconds_are_over(play, group, sampler):
    played = play(group(c.RuntimeController(seconds="2", children=(sampler("r", ms=500),)), sampler("z")))
    assert played.labels == ["r"] * 4 + ["z"]


def test_critical_section_lets_one_user_in_at_a_time(play, group, sampler):
    section = c.CriticalSectionController(lock="k", children=(sampler("in", ms=100), sampler("out", ms=100)))
    played = play(group(section, users="3"))
    assert played.labels == ["in", "out"] * 3
    assert played.duration == pytest.approx(0.6, abs=0.01)


def test_endless_loop_of_nothing_lets_others_run_and_ends_with_the_time(play, group):
    endless = loop("-1", holds("false", s("no")))
    played = play(group(endless, users="2"), beside=_stop_after(0.1))
    assert played.labels == []
    assert played.outcome.stopped


def _stop_after(seconds: float):
    async def stop(control, recorder):
        import trio

        await trio.sleep(seconds)
        control.stop(False)

    return stop
