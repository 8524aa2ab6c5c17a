"""Every controller in every controller: one plan an outer kind, one group an inner kind."""

from __future__ import annotations

from collections.abc import Callable

import jmx
from jmx import Node

Nest = Callable[..., Node]

CONTROLLERS: dict[str, Nest] = {
    "simple": jmx.simple,
    "recording": jmx.recording,
    "loop": lambda *c: jmx.loop(2, *c),
    "loop_once": lambda *c: jmx.loop(2, *c, forever=False),
    "loop_zero": lambda *c: jmx.loop(0, *c),
    "once": jmx.once,
    "interleave": jmx.interleave,
    "interleave_whole": lambda *c: jmx.interleave(*c, style=1),
    "random_one": lambda *c: jmx.random(c[0]),
    "shuffle_one": lambda *c: jmx.shuffle(c[0]),
    "if_true": lambda *c: jmx.if_("true", *c),
    "if_every": lambda *c: jmx.if_("true", *c, every=True),
    "while_counted": lambda *c: jmx.while_("${__jexl3(${__counter(TRUE,)} % 3 != 0)}", *c),
    "foreach": lambda *c: jmx.foreach("item", "it", *c),
    "switch_first": lambda *c: jmx.switch("0", *c),
    "switch_second": lambda *c: jmx.switch("1", *c),
    "at_most": lambda *c: jmx.throughput(2, *c, per_user=True),
    "share": lambda *c: jmx.throughput(50, *c, percent=True, per_user=True),
    "runtime_zero": lambda *c: jmx.runtime(0, *c),
    "transaction": lambda *c: jmx.transaction("T", *c),
    "transaction_parent": lambda *c: jmx.transaction("TP", *c, parent=True),
    "critical": lambda *c: jmx.critical("lock", *c),
}

DEADLY_INSIDE = {"once", "share", "at_most", "while_counted", "loop_zero", "runtime_zero", "switch_second"}
"""Under Interleave and Random of style 0, a child that gives nothing but is not done kills JMeter's user."""


def nest(outer: Nest, inner: Nest) -> Node:
    return outer(
        jmx.sample("o1"),
        inner(jmx.sample("i1 [${it}]"), jmx.sample("i2"), jmx.sample("i3")),
        jmx.sample("o2"),
    )


def nest_first(outer: Nest, inner: Nest) -> Node:
    """The inner one first, so that it is what a Random, a Switch or an Interleave meets."""
    return outer(inner(jmx.sample("i1"), jmx.sample("i2")), jmx.sample("o1"))


def plans() -> dict[str, Node]:
    found = {}
    for name, outer in CONTROLLERS.items():
        for order, build in (("", nest), ("_first", nest_first)):
            groups = tuple(
                jmx.group(f"{name} {inner_name}", build(outer, inner), jmx.sample("end"), loops=3)
                for inner_name, inner in CONTROLLERS.items()
                if not (name in ("interleave", "random_one") and inner_name in DEADLY_INSIDE)
            )
            found[f"nest_{name}{order}"] = jmx.plan(*groups, variables={"item_1": "a", "item_2": "b"})
    return found
