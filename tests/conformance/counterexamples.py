"""What random plans (``differential.py``) found, cut down to the rule: each was once other in silplan than in JMeter."""

from __future__ import annotations

import jmx
from jmx import Node

EVERY_THIRD = "${__jexl3(${__counter(TRUE,)} % 3 == 0,)}"


def plans() -> dict[str, Node]:
    calls = {
        "counters_of_calls": (jmx.fragment("F", jmx.counter("c"), jmx.sample("x [${c}]")), _caller("G"), _caller("H"))
    }
    return {f"found_{name}": jmx.plan(*steps, serialized=True) for name, steps in (_groups() | calls).items()}


def _groups() -> dict[str, tuple[Node, ...]]:
    return {
        "names_read_once_more": (_names(False), _names(True)),
        "stopped_user_asks_on": (_stopped("plain", False), _stopped("parent", True), _stopped_nested()),
        "if_keeps_its_answer": (
            jmx.group(
                "G",
                jmx.if_(
                    "${__counter(TRUE,)} % 2 == 0",
                    jmx.loop(0, jmx.sample("never")),
                    jmx.sample("a"),
                    jmx.loop(0, jmx.sample("never")),
                    jmx.sample("b"),
                    expression=False,
                    every=True,
                ),
                jmx.sample("end"),
                loops=6,
            ),
        ),
        "child_asked_until_it_gives": (
            jmx.group("one", jmx.random(jmx.if_(EVERY_THIRD, jmx.sample("in"))), jmx.sample("end"), loops=3),
            jmx.group(
                "nested",
                jmx.interleave(
                    jmx.simple(jmx.if_(EVERY_THIRD, jmx.sample("in [${__counter(TRUE,)}]"))),
                    jmx.sample("other"),
                ),
                jmx.sample("end"),
                loops=4,
            ),
        ),
        "throughput_done_at_its_end": (
            jmx.group(
                "G",
                jmx.switch(
                    "7", jmx.throughput(1, jmx.if_("false", jmx.sample("never")), per_user=True), jmx.sample("next")
                ),
                jmx.sample("end"),
                loops=2,
            ),
        ),
        "search_goes_on_when_its_start_is_gone": (
            jmx.group(
                "G",
                jmx.interleave(
                    jmx.throughput(0, jmx.sample("never"), percent=True, per_user=True),
                    jmx.simple(jmx.throughput(50, jmx.sample("half"), percent=True, per_user=True)),
                    style=1,
                ),
                jmx.sample("end"),
                loops=4,
            ),
        ),
        "interleave_without_children": (
            jmx.group(
                "G",
                jmx.interleave(
                    jmx.counter("c", per_user=True), jmx.throughput(0, percent=True, per_user=True), style=1
                ),
                jmx.sample("end [${c}]"),
                loops=3,
            ),
        ),
        "transaction_told_early": (
            jmx.group(
                "G",
                jmx.transaction(
                    "outer",
                    jmx.transaction(
                        "inner",
                        jmx.loop(-1, jmx.sample("turn", data="12"), jmx.if_(EVERY_THIRD, jmx.action(5))),
                        jmx.sample("after", data="123"),
                        parent=True,
                    ),
                    jmx.sample("last"),
                ),
                loops=2,
            ),
        ),
        "size_of_a_transaction": (
            jmx.group(
                "G",
                jmx.size("5", 3, scope="all"),
                jmx.transaction("T", jmx.sample("a", data="1234"), jmx.sample("b", data="12"), parent=True),
                jmx.sample("known", jmx.debug_after(), data="123456"),
            ),
        ),
        "foreach_sets_its_value_again": (
            jmx.group(
                "G",
                jmx.variables({"a_1": "x", "a_2": "y", "b_1": "inner"}),
                jmx.foreach("a", "v", jmx.foreach("b", "v", jmx.sample("in [${v}]")), jmx.sample("out [${v}]")),
            ),
        ),
        "last_default_of_a_switch": (
            jmx.group(
                "G",
                jmx.switch("x", jmx.sample("Default"), jmx.simple(jmx.sample("in"), name="default"), jmx.sample("y")),
            ),
        ),
    }


def _caller(name: str) -> Node:
    call = jmx.module("Plan", "Plan", "F")
    return jmx.group(name, jmx.loop(2, call), call, loops=2)


def _names(parent: bool) -> Node:
    inner = jmx.transaction("inner [${__counter(TRUE,)}]", jmx.sample("a"), parent=parent)
    return jmx.group(
        f"parent {parent}",
        jmx.transaction("T [${__counter(TRUE,)}]", inner, parent=parent),
        jmx.if_("false", jmx.transaction("never [${__counter(TRUE,)}]", jmx.sample("b"))),
        loops=2,
    )


def _stopped(title: str, parent: bool) -> Node:
    return jmx.group(
        title,
        jmx.transaction("T", jmx.sample("a"), jmx.action(0), parent=parent),
        jmx.sample("never"),
    )


def _stopped_nested() -> Node:
    inner = jmx.transaction("inner", jmx.sample("bad", ok=False), parent=True)
    return jmx.group("nested", jmx.transaction("outer", inner, parent=True), jmx.sample("never"), error="stopthread")
