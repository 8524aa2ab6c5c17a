"""The project's own conformance plans: rules of JMeter's control flow, each shown by the rows it gives."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import counterexamples
import jmx
import nests
from jmx import Node


@dataclass(frozen=True)
class Case:
    """``multiset``: the order of a user's rows is drawn, so only their number counts."""

    plan: Node
    multiset: bool = False


def cases() -> dict[str, Case]:
    found = {name: Case(plan) for name, plan in (nests.plans() | counterexamples.plans()).items()}
    for family in (errors, flows, results_actions, scopes, transactions, groups, pauses, data, interleaves):
        found.update({name: case if isinstance(case, Case) else Case(case) for name, case in family().items()})
    return found


def wrappers() -> dict[str, nests.Nest]:
    return {
        "plain": jmx.simple,
        "loop": lambda *c: jmx.loop(3, *c, name="L"),
        "while": lambda *c: jmx.while_("${__jexl3(${__counter(TRUE,)} % 4 != 0)}", *c),
        "foreach": lambda *c: jmx.foreach("item", "it", *c),
        "transaction": lambda *c: jmx.transaction("T", *c),
        "parent": lambda *c: jmx.transaction("TP", *c, parent=True),
        "loop_in_parent": lambda *c: jmx.transaction("TP", jmx.loop(2, *c), jmx.sample("after"), parent=True),
        "parent_in_loop": lambda *c: jmx.loop(2, jmx.transaction("TP", *c, parent=True), jmx.sample("after")),
        "transaction_in_loop": lambda *c: jmx.loop(2, jmx.transaction("T", *c), jmx.sample("after")),
        "if_in_loop": lambda *c: jmx.loop(2, jmx.if_("true", *c), jmx.sample("after")),
        "switch": lambda *c: jmx.switch("1", jmx.sample("no"), jmx.simple(*c)),
        "once": jmx.once,
        "interleave": lambda *c: jmx.interleave(jmx.simple(*c), jmx.sample("turn")),
        "runtime_loop": lambda *c: jmx.loop(2, jmx.simple(jmx.loop(2, *c), jmx.sample("tail"))),
        "critical": lambda *c: jmx.critical("k", *c),
    }


VALUES = {"item_1": "a", "item_2": "b"}


def errors() -> dict[str, Node]:
    found = {}
    for action in ("continue", "startnextloop", "stopthread", "stoptest"):
        groups_ = tuple(
            jmx.group(
                f"{action} {name}",
                wrap(jmx.sample("a"), jmx.sample("bad", ok=False, code="500"), jmx.sample("c")),
                jmx.sample("end"),
                loops=2,
                error=action,
            )
            for name, wrap in wrappers().items()
        )
        if action == "stoptest":
            for index, one in enumerate(groups_):
                found[f"error_{action}_{index:02}"] = jmx.plan(one, variables=VALUES)
        else:
            found[f"error_{action}"] = jmx.plan(*groups_, variables=VALUES)
    return found


def flows() -> dict[str, Node]:
    found = {}
    for code, title in ((0, "stop_user"), (3, "next_thread_loop"), (4, "next_loop"), (5, "break_loop")):
        groups_ = tuple(
            jmx.group(
                f"{title} {name}",
                wrap(jmx.sample("a"), jmx.action(code), jmx.sample("c")),
                jmx.sample("end"),
                loops=2,
            )
            for name, wrap in wrappers().items()
        )
        conditional = tuple(
            jmx.group(
                f"{title} sometimes {name}",
                jmx.counter("n", per_user=True),
                wrap(
                    jmx.sample("a [${n}]"),
                    jmx.if_("${__jexl3(${n} == 2)}", jmx.action(code)),
                    jmx.sample("c [${JMeterThread.last_sample_ok}]"),
                ),
                jmx.sample("end"),
                loops=3,
            )
            for name, wrap in wrappers().items()
        )
        found[f"flow_{title}"] = jmx.plan(*groups_, variables=VALUES)
        found[f"flow_{title}_sometimes"] = jmx.plan(*conditional, variables=VALUES)
    found["flow_stop_test"] = jmx.plan(
        jmx.group("G", jmx.sample("a"), jmx.action(0, target=2), jmx.sample("b"), loops=3),
        jmx.group("Down", jmx.sample("down"), kind="PostThreadGroup"),
    )
    found["flow_stop_test_no_teardown"] = jmx.plan(
        jmx.group("G", jmx.sample("a"), jmx.action(0, target=2), jmx.sample("b"), loops=3),
        jmx.group("Down", jmx.sample("down"), kind="PostThreadGroup"),
        teardown=False,
    )
    found["flow_stop_of_no_target"] = jmx.plan(
        jmx.group("G", jmx.sample("a"), jmx.action(0, target=1), jmx.action(2, target=1), jmx.sample("b"), loops=2)
    )
    found["flow_pause"] = jmx.plan(
        jmx.group("G", jmx.sample("a"), jmx.action(1, duration="20"), jmx.action(1, duration="${d}"), jmx.sample("b")),
        variables={"d": "10"},
    )
    return found


def results_actions() -> dict[str, Node]:
    found = {}
    for code, title in (
        (0, "continue"),
        (1, "stop_user"),
        (4, "next_thread_loop"),
        (5, "next_loop"),
        (6, "break_loop"),
    ):
        groups_ = tuple(
            jmx.group(
                f"{title} {name}",
                jmx.on_result(code),
                wrap(jmx.sample("a"), jmx.sample("bad", ok=False), jmx.sample("c")),
                jmx.sample("end"),
                loops=2,
            )
            for name, wrap in wrappers().items()
        )
        found[f"on_result_{title}"] = jmx.plan(*groups_, variables=VALUES)
    found["on_result_after_assertion"] = jmx.plan(
        jmx.group("G", jmx.sample("a", jmx.on_result(1), jmx.expect("no")), jmx.sample("b"), loops=2)
    )
    return found


def scopes() -> dict[str, Node]:
    return {
        "scope_parameters_levels": jmx.plan(
            jmx.parameters("p", "plan"),
            jmx.group(
                "G",
                jmx.parameters("p", "group"),
                jmx.simple(
                    jmx.parameters("p", "controller"),
                    jmx.sample("in [${p}]", jmx.parameters("p", "own")),
                    jmx.sample("in2 [${p}]"),
                ),
                jmx.sample("out [${p}]"),
            ),
        ),
        "scope_assertions_order": jmx.plan(
            jmx.expect("P", name="plan", message="plan"),
            jmx.group(
                "G",
                jmx.expect("G", name="group", message="group"),
                jmx.simple(
                    jmx.expect("C", name="controller", message="controller"),
                    jmx.sample("none", jmx.expect("S", message="own"), data="x"),
                    jmx.sample("own", jmx.expect("S", message="own"), data="S"),
                    jmx.sample("all", data="P G C"),
                    jmx.sample("no plan", data="G C"),
                ),
                jmx.sample("out", data="P G"),
            ),
        ),
        "scope_extractors_order": jmx.plan(
            jmx.regex("v", "p(\\d)"),
            jmx.group(
                "G",
                jmx.regex("v", "g(\\d)"),
                jmx.sample("a", jmx.regex("v", "s(\\d)"), data="p1 g2 s3"),
                jmx.sample("[${v}]", data="p4"),
                jmx.sample("[${v}]", data="g5"),
                jmx.sample("[${v}]"),
            ),
        ),
        "scope_disabled": jmx.plan(
            jmx.group(
                "G",
                jmx.off(jmx.expect("never")),
                jmx.off(jmx.sample("off")),
                jmx.off(jmx.loop(2, jmx.sample("below"))),
                jmx.simple(jmx.off(jmx.sample("off too")), jmx.sample("on", jmx.off(jmx.expect("never")))),
            ),
            jmx.off(jmx.group("Off", jmx.sample("x"))),
        ),
        "scope_counters": jmx.plan(
            jmx.counter("p"),
            jmx.group(
                "G",
                jmx.counter("g", start="10", step="5"),
                jmx.loop(2, jmx.counter("l", start="100"), jmx.sample("in [${p}] [${g}] [${l}]", jmx.counter("s"))),
                jmx.sample("out [${p}] [${g}] [${l}] [${s}]"),
                users=2,
                loops=2,
                ramp=1,
            ),
        ),
        "scope_counter_per_user": jmx.plan(
            jmx.group(
                "G",
                jmx.counter("c", per_user=True, end="3"),
                jmx.counter("r", per_user=True, reset=True),
                jmx.loop(2, jmx.counter("lr", per_user=True, reset=True), jmx.sample("[${c}] [${r}] [${lr}]")),
                users=2,
                loops=5,
            ),
        ),
        "scope_variables": jmx.plan(
            jmx.variables({"b": "plan level ${a}"}),
            jmx.group(
                "G",
                jmx.simple(jmx.variables({"late": "global", "a2": "${a}"}), jmx.sample("in [${a}] [${b}] [${late}]")),
                jmx.sample("out [${late}] [${a2}]", jmx.variables({"below": "x"})),
                jmx.sample("again [${below}]"),
            ),
            jmx.group("H", jmx.sample("h [${late}] [${below}]")),
            variables={"a": "A", "ref": "${a}"},
        ),
    }


def transactions() -> dict[str, Node]:
    two = lambda: (jmx.sample("a", data="123"), jmx.sample("bad", ok=False, code="404"))  # noqa: E731
    found: dict[str, Node] = {}
    for parent in (False, True):
        title = "parent" if parent else "plain"

        def t(name: str, *children: Node, parent: bool = parent) -> Node:
            return jmx.transaction(name, *children, parent=parent)

        bodies = {
            "empty": t("T"),
            "of_empty": t("T", jmx.simple()),
            "all_skipped": t("T", jmx.if_("false", jmx.sample("never"))),
            "skipped_at_end": t("T", jmx.sample("a"), jmx.if_("false", jmx.sample("never"))),
            "failing": t("T", *two()),
            "nested": t("T1", jmx.sample("x"), t("T2", *two()), jmx.sample("y")),
            "nested_only": t("T1", t("T2", jmx.sample("x"))),
            "mixed": t("T1", jmx.transaction("M", jmx.sample("x"), parent=not parent), jmx.sample("y")),
            "loop": t("T", jmx.loop(2, *two())),
            "in_loop": jmx.loop(2, t("T [${__jm__Loop__idx}]", jmx.sample("x"))),
            "random": t("T", jmx.random(jmx.sample("x"))),
            "switch": t("T", jmx.switch("1", jmx.sample("x"), jmx.sample("y"))),
            "once": t("T", jmx.once(jmx.sample("x")), jmx.sample("y")),
            "interleave": jmx.interleave(t("T1", jmx.sample("x"), jmx.sample("x2")), t("T2", jmx.sample("y"))),
            "action": t("T", jmx.sample("x"), jmx.action(1, duration="1"), jmx.sample("y")),
            "assertion": t("T", jmx.expect("never", message="no"), jmx.sample("x")),
            "assertion_children": t("T", jmx.expect("123", message="no", scope="all"), *two()),
            "share": t("T", jmx.throughput(50, jmx.sample("x"), percent=True, per_user=True)),
            "foreach": t("T", jmx.foreach("item", "it", jmx.sample("x [${it}]"))),
        }
        groups_ = tuple(jmx.group(f"{title} {name}", body, jmx.sample("end"), loops=2) for name, body in bodies.items())
        found[f"transaction_{title}"] = jmx.plan(*groups_, variables=VALUES)
    return found


def staying(milliseconds: int) -> tuple[Node, ...]:
    """Steps whose rows tell how long a user stays: a label after each pause, and only then."""
    return (jmx.sample("here"), jmx.action(1, duration=str(milliseconds)), jmx.sample("still here"))


def concurrency() -> dict[str, Node]:
    """Users of Concurrency Thread Groups; what they do is slow enough that the moment does not matter."""
    pause = jmx.action(1, duration="700")
    return {
        "hold": jmx.concurrency("C", jmx.once(jmx.sample("first [${__jm__C__idx}]")), pause, target="2", hold="2"),
        "iterations": jmx.concurrency("C", jmx.sample("a"), pause, target="2", hold="1", iterations="1"),
        "iterations_of_two": jmx.concurrency(
            "C", jmx.sample("a"), jmx.action(1, duration="400"), target="1", hold="2", iterations="2"
        ),
        "ramp": jmx.concurrency("C", jmx.once(jmx.sample("a")), pause, target="4", ramp="2", hold="1"),
        "steps": jmx.concurrency("C", jmx.once(jmx.sample("a")), pause, target="5", ramp="4", steps="2", hold="1"),
        "ends_after_a_sample": jmx.concurrency(
            "C", jmx.sample("a"), jmx.sample("long", sleep="1600"), jmx.sample("never"), target="2", hold="1"
        ),
        "next_loop": jmx.concurrency(
            "C",
            jmx.once(jmx.sample("once")),
            jmx.sample("a", sleep="400"),
            jmx.sample("bad", ok=False),
            jmx.sample("never"),
            target="1",
            hold="1",
            iterations="2",
            error="startnextloop",
        ),
        "stop_user": jmx.concurrency(
            "C", jmx.sample("a", sleep="400"), jmx.sample("bad", ok=False), target="1", hold="1", error="stopthread"
        ),
        "nobody": jmx.concurrency("C", jmx.sample("a"), target="0", hold="1"),
    }


def arrivals() -> dict[str, Node]:
    """Arrivals groups, whose users are idle again before the next arrival unless that is the point."""
    return {
        "hold": jmx.arrivals("A", jmx.once(jmx.sample("once")), jmx.sample("a"), target="4", hold="2"),
        "ramp": jmx.arrivals("A", jmx.sample("a"), target="5", ramp="2", hold="1"),
        "ramp_in_steps": jmx.arrivals("A", jmx.sample("a"), target="10", ramp="2", steps="3", hold="1"),
        "iterations": jmx.arrivals("A", jmx.sample("a"), target="4", hold="2", iterations="3"),
        "limit": jmx.arrivals(
            "A", jmx.sample("a"), jmx.action(1, duration="600"), jmx.sample("b"), target="4", hold="1", limit="1"
        ),
        "cut": jmx.arrivals("A", jmx.sample("a"), jmx.action(1, duration="600"), jmx.sample("b"), target="2", hold="1"),
        "next_loop": jmx.arrivals(
            "A",
            jmx.sample("a"),
            jmx.sample("bad", ok=False),
            jmx.sample("never"),
            target="4",
            hold="1",
            iterations="2",
            error="startnextloop",
        ),
        "free_form": jmx.free_form("F", (("0", "6", "1"), ("6", "6", "1"), ("6", "0", "1")), jmx.sample("a")),
        "free_form_gap": jmx.free_form("F", (("4", "4", "1"), ("0", "0", "1"), ("2", "2", "1.5")), jmx.sample("a")),
    }


def stepping() -> dict[str, Node]:
    """Stepping Thread Groups; a user's rows tell how long it stayed."""
    return {
        "steps": jmx.stepping("S", *staying(700), users=5, step=2, period=1, ramp=1, hold=1, stop=2, stop_period=1),
        "step_above_users": jmx.stepping(
            "S", *staying(700), users=3, step=5, period=1, ramp=5, hold=4, stop=5, stop_period=1
        ),
        "burst": jmx.stepping(
            "S", *staying(700), users=4, delay=1, burst=2, step=1, period=1, hold=1, stop=0, stop_period=1
        ),
    }


def groups() -> dict[str, Node | Case]:
    setup = jmx.group("Up", jmx.sample("up [${a}]"), kind="SetupThreadGroup", users=2)
    down = jmx.group("Down", jmx.sample("down"), kind="PostThreadGroup", loops=2)
    return {
        "groups_order": jmx.plan(down, jmx.group("A", jmx.sample("a")), setup, variables={"a": "A"}),
        "groups_serialized": jmx.plan(
            jmx.group("A", jmx.sample("a"), users=2, loops=2), jmx.group("B", jmx.sample("b")), serialized=True
        ),
        "groups_same_name": jmx.plan(jmx.group("G", jmx.sample("a")), jmx.group("G", jmx.sample("b"))),
        "groups_loops_zero": jmx.plan(jmx.group("G", jmx.sample("a"), loops=0), jmx.group("H", jmx.sample("b"))),
        "groups_users_zero": jmx.plan(jmx.group("G", jmx.sample("a"), users=0), jmx.group("H", jmx.sample("b"))),
        "groups_numbers": jmx.plan(
            jmx.group("G", jmx.sample("a"), users="${n}", loops="${__P(absent,2)}"),
            variables={"n": "2"},
        ),
        "groups_delayed_start": jmx.plan(jmx.group("G", jmx.sample("a"), users=3, ramp=1, delayed=True)),
        "groups_scheduler_delay": jmx.plan(
            jmx.group("G", jmx.sample("a"), users=2, loops=2, scheduler=True, duration="5", delay="1")
        ),
        "groups_scheduler_stops_pause": jmx.plan(
            jmx.group("G", jmx.sample("a"), jmx.sample("b", jmx.pause("5000")), loops=-1, scheduler=True, duration="1")
        ),
        "groups_scheduler_no_duration": jmx.plan(
            jmx.group("G", jmx.sample("a"), scheduler=True, duration="0"), jmx.group("H", jmx.sample("b", sleep="50"))
        ),
        "groups_thread_numbers": jmx.plan(
            jmx.group("A", jmx.sample("[${__threadNum}] [${__threadGroupName}]"), users=2),
            jmx.group("B-x", jmx.sample("[${__threadNum}] [${__threadGroupName}] [${__jm__B-x__idx}]"), loops=2),
        ),
        "groups_setup_fails": jmx.plan(
            jmx.group("Up", jmx.sample("up", ok=False), jmx.sample("up2"), kind="SetupThreadGroup", error="stoptest"),
            jmx.group("A", jmx.sample("a")),
            down,
        ),
        "open_model_even": jmx.plan(
            jmx.open_model("O", "rate(4/sec) even_arrivals(1 sec) pause(0.2 s)", jmx.sample("a"), jmx.sample("b"))
        ),
        "open_model_steps": jmx.plan(
            jmx.open_model(
                "O",
                "rate(0/sec) even_arrivals(1 s) rate(6/s) pause(100 ms) /* note */ rate(120/min) even_arrivals(1s)",
                jmx.sample("a"),
            )
        ),
        "stop_now_in_a_sample": jmx.plan(
            jmx.group("G", jmx.sample("a"), jmx.sample("long", sleep="3000"), jmx.sample("never")),
            jmx.group("H", jmx.sample("x", sleep="700"), jmx.sample("bad", ok=False), error="stoptestnow"),
        ),
        "open_model_random": jmx.plan(
            jmx.open_model("O", "rate(10/s) random_arrivals(2s) rate(0) pause(100 ms)", jmx.sample("a"), seed=42)
        ),
        "open_model_interrupted": jmx.plan(
            jmx.open_model(
                "O",
                "rate(3/s) even_arrivals(1s)",
                jmx.sample("a"),
                jmx.sample("long", jmx.expect("x", message="no"), sleep="9000"),
                jmx.sample("never"),
            )
        ),
        "open_model_flow": jmx.plan(
            jmx.open_model(
                "O",
                "rate(1/s) even_arrivals(1s) pause(500 ms)",
                jmx.sample("a [${__jm__O__idx}]"),
                jmx.once(jmx.sample("once")),
                jmx.loop(2, jmx.sample("x"), jmx.action(4), jmx.sample("y")),
                jmx.loop(2, jmx.sample("z"), jmx.action(5), jmx.sample("y")),
                jmx.action(3),
                jmx.sample("never"),
            )
        ),
        "groups_delayed_start_before_the_start": jmx.plan(
            jmx.group("G", jmx.sample("a"), users=2, scheduler=True, duration="5", delay="-1", delayed=True),
            jmx.group("H", jmx.sample("b"), users=2, scheduler=True, duration="5", delay="-1"),
        ),
        "groups_delayed_start_to_the_end": jmx.plan(
            jmx.group("G", jmx.sample("a"), users=3, ramp=3, delayed=True, scheduler=True, duration="1"),
        ),
        "groups_second_stop_in_teardown": jmx.plan(
            jmx.group("G", jmx.sample("a", sleep="300"), jmx.action(0, target=2)),
            jmx.group("H", jmx.sample("b", sleep="700")),
            jmx.group("Down", jmx.sample("bad", ok=False), jmx.sample("x"), kind="PostThreadGroup", error="stoptest"),
            jmx.group("Too", jmx.loop(3, jmx.sample("down", sleep="50")), kind="PostThreadGroup"),
        ),
        **{f"concurrency_{name}": Case(jmx.plan(one), multiset=True) for name, one in concurrency().items()},
        **{f"arrivals_{name}": Case(jmx.plan(one), multiset=True) for name, one in arrivals().items()},
        **{f"stepping_{name}": jmx.plan(one) for name, one in stepping().items()},
        "groups_setup_concurrency": jmx.plan(
            jmx.group("Up", jmx.sample("up"), kind="SetupThreadGroup"),
            jmx.concurrency("C", jmx.once(jmx.sample("c")), jmx.action(1, duration="600"), target="2", hold="1"),
            jmx.group("A", jmx.sample("a")),
            jmx.group("Down", jmx.sample("down"), kind="PostThreadGroup"),
        ),
        "ultimate_without_users": jmx.plan(
            jmx.ultimate(
                "U",
                (("2", "0", "2", "1", "2"), ("0", "1", "0", "2", "0"), ("2", "0", "0", "1", "0")),
                *staying(700),
            )
        ),
        "ultimate": Case(
            jmx.plan(
                jmx.ultimate(
                    "U",
                    (("2", "0", "0", "1", "0"), ("1", "0", "0", "1", "0")),
                    jmx.once(jmx.sample("first")),
                    jmx.action(1, duration="400"),
                )
            ),
            multiset=True,
        ),
    }


def pauses() -> dict[str, Node]:
    """What a pause is shows in a group whose time ends first: a user with a longer one leaves before its sample."""

    def found(milliseconds: str = "60000") -> Node:
        return jmx.sample("a", jmx.regex("d", "x=(\\d+)"), data=f"x={milliseconds}")

    def thrice(*children: Node) -> Node:
        return jmx.plan(jmx.group("G", *children, loops=3, scheduler=True, duration="20"))

    paused, count = jmx.sample("b", jmx.pause("${d}")), jmx.counter("n", start="0", step="3", per_user=True)
    by_count, rest = jmx.pause("${n}0000"), (jmx.sample("a"), jmx.sample("b"))
    return {
        "pause_read_at_an_iteration": thrice(found(), paused, jmx.sample("c")),
        "pause_read_at_an_iteration_of_a_loop": thrice(jmx.loop(3, found(), paused)),
        "pause_read_at_an_iteration_within": thrice(found(), jmx.simple(paused), jmx.sample("c")),
        "pause_read_before_what_stands_above_it": thrice(count, by_count, *rest),
        "pause_read_after_what_stands_below_it": thrice(by_count, count, *rest),
        "pause_offset_of_a_random_timer": thrice(found(), jmx.sample("b", jmx.uniform("${d}", "0")), jmx.sample("c")),
        "pause_range_of_a_random_timer": thrice(found("9" * 15), jmx.sample("b", jmx.uniform("0", "${d}"))),
    }


def data() -> dict[str, Node]:
    body = "id=1;id=2;id=3 name=<b>x</b>"
    return {
        "built_in_variables": jmx.plan(
            jmx.group(
                "G",
                jmx.sample("[${JMeterThread.last_sample_ok}]", ok=False),
                jmx.sample("[${JMeterThread.last_sample_ok}] [${__jm__G__idx}]"),
                jmx.loop(
                    2,
                    jmx.loop(2, jmx.sample("[${__jm__Outer__idx}] [${__jm__Inner__idx}]"), name="Inner"),
                    name="Outer",
                ),
                loops=2,
            )
        ),
        "variables_are_a_users_own": jmx.plan(
            jmx.group("G", jmx.sample("[${v}]", jmx.regex("v", "id=(\\d)"), data=body), users=2, loops=2)
        ),
        "module_and_fragment": jmx.plan(
            jmx.fragment("Steps", jmx.sample("step [${x}]"), jmx.loop(2, jmx.sample("looped"))),
            jmx.group(
                "G", jmx.module("Plan", "Plan", "Steps"), jmx.loop(2, jmx.module("Plan", "Plan", "Steps")), loops=2
            ),
            variables={"x": "X"},
        ),
    }


def interleaves() -> dict[str, Node]:
    """Interleave and its kin with every mix of two children kinds, over more passes."""
    kinds = {
        "sampler": lambda n: jmx.sample(n),
        "simple": lambda n: jmx.simple(jmx.sample(f"{n}1"), jmx.sample(f"{n}2")),
        "loop": lambda n: jmx.loop(2, jmx.sample(f"{n}l")),
        "once": lambda n: jmx.once(jmx.sample(f"{n}o")),
        "empty": lambda n: jmx.simple(name=n),
    }
    found = {}
    for style in (0, 1):
        groups_ = tuple(
            jmx.group(
                f"{style} {left} {right}",
                jmx.interleave(kinds[left]("a"), kinds[right]("b"), jmx.sample("c"), style=style),
                jmx.sample("end"),
                loops=4,
            )
            for left, right in itertools.product(kinds, kinds)
            if style == 1 or "once" not in (left, right)  # one that is over kills JMeter's user
        )
        found[f"interleave_mixes_{style}"] = jmx.plan(*groups_)
        across = tuple(
            jmx.group(
                f"across {left}",
                jmx.interleave(kinds[left]("a"), jmx.sample("b"), jmx.sample("c"), style=style, across=True),
                users=3,
                loops=2,
            )
            for left in kinds
            if left != "empty"
        )
        found[f"interleave_across_{style}"] = jmx.plan(*across)
    return found
