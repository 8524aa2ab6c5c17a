"""Random plans for a comparison with a real JMeter: trees of controllers, errors, data and scopes, one a seed.

A tree is a thread group. It does what JMeter does the same way each time: what users share (a counter for all, the lines
of a file) is only there where there is one user, and a Random or Random Order Controller has one child. Loops that have
no end of their own begin with a guard that leaves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

import jmx
from jmx import Node

MOST_PASSES = 24
"""How often the innermost step may run in one iteration of its user, about."""

VARIABLES = {
    "item_1": "a",
    "item_2": "b",
    "item_3": "c",
    "gap_1": "g",
    "gap_3": "h",
    "n1": "x",
    "n2": "y",
    "yes": "true",
    "no": "false",
    "one": "1",
    "two": "2",
    "name": "steady",
}

FILES = {"lines.csv": "u1,k1\nu2,k2\nu3,k3\n", "head.csv": "user,key\nh1,j1\nh2,j2\n"}
"""Data files that lie beside the plan."""

DATA = (
    "id=1;id=2;id=3",
    '{"a":{"b":[1,2,3]},"c":"text","d":null}',
    "<p>left[${c1}]right</p> left[z]right",
    "v=${v1} u=${user} it=${it}",
    "",
)

SHOWN = (
    *("v1", "v2", "m_1", "m_matchNr", "j1", "b1", "c1", "c2", "user", "key", "p1", "p2", "it", "late"),
    *("JMeterThread.last_sample_ok", "__counter(TRUE,)", "__threadNum", "__jm__Loop__idx", "__jm__While__idx"),
    *("__jm__Foreach__idx", "name", "unset"),
)

KNOWN = " ".join(f"{name}=${{{name}}}" for name in SHOWN if not name.startswith("__counter"))


@dataclass
class Budget:
    """What is still allowed at one place of a tree."""

    depth: int
    passes: int = 1

    def inside(self, times: int = 1) -> Budget:
        return Budget(self.depth - 1, self.passes * times)


class Tree:
    """One random tree. ``stops``: it may stop the test; ``calls``: it has Module Controllers; ``users`` 0: drawn."""

    def __init__(self, seed: int, *, stops: bool = False, calls: bool = True, users: int = 0) -> None:
        self.draw = Random(seed)
        self.seed = seed
        self.stops = stops
        self.calls = calls
        self.users = users or (1 if stops else self.draw.choices((1, 2, 3), (7, 2, 1))[0])
        self.samples = 0
        self.fragments: list[Node] = []
        self.listeners = 0

    # The tree

    def group(self, kind: str = "ThreadGroup") -> Node:
        draw = self.draw
        errors = {"continue": 6, "startnextloop": 3, "stopthread": 2}
        if self.stops:
            errors |= {"stoptest": 3, "stoptestnow": 2}
        budget = Budget(draw.choice((3, 4, 4, 5)))
        return jmx.group(
            f"T{self.seed}",
            *self.scoped(budget, 0.35),
            *self.steps(budget),
            jmx.sample(f"end [{self.shown()}]", data=KNOWN),
            users=self.users,
            loops=draw.choice((1, 2, 2, 3, 4)),
            error=draw.choices(tuple(errors), tuple(errors.values()))[0],
            kind=kind,
            same_user=draw.random() < 0.8,
        )

    def steps(self, budget: Budget) -> list[Node]:
        """The steps below one controller, with what stands among them."""
        draw = self.draw
        children: list[Node] = []
        for _ in range(draw.choice((1, 2, 2, 3, 3, 4)) if draw.random() < 0.96 else 0):
            if budget.depth > 0 and draw.random() < 0.62:
                children.append(self.controller(budget))
            else:
                children.append(self.leaf(budget))
        if draw.random() < 0.3:
            children[draw.randint(0, len(children)) : 0] = self.scoped(budget, 0.8)
        return [jmx.off(child) if draw.random() < 0.03 else child for child in children]

    def leaf(self, budget: Budget) -> Node:
        draw = self.draw
        kinds: dict[Callable[[Budget], Node], int] = {self.sample: 20, self.action: 2, self.debug: 1}
        return draw.choices(tuple(kinds), tuple(kinds.values()))[0](budget)

    # Samplers

    def sample(self, budget: Budget) -> Node:
        draw = self.draw
        self.samples += 1
        status: bool | str = draw.choices((True, False, self.sometimes_ok(), "${yes}"), (14, 2, 3, 1))[0]
        return jmx.sample(
            f"s{self.samples} [{self.shown()}]",
            *(self.scoped(budget, 1.0) if draw.random() < 0.25 else ()),
            data=draw.choice(DATA),
            code=draw.choice(("200", "200", "404", "")),
            ok=status,
        )

    def sometimes_ok(self) -> str:
        every = self.draw.choice((2, 3))
        return "${__jexl3(${__counter(TRUE,)} % " + str(every) + " == 0 ? 'KO' : 'OK',)}"

    def debug(self, budget: Budget) -> Node:
        self.samples += 1
        return jmx.debug(f"d{self.samples} [{self.shown()}]")

    def action(self, budget: Budget) -> Node:
        """A Flow Control Action, mostly under a condition."""
        draw = self.draw
        code, target = draw.choices(((1, 0), (0, 0), (2, 0), (3, 0), (4, 0), (5, 0)), (3, 1, 1, 3, 4, 4))[0]
        if self.stops and draw.random() < 0.4:
            code, target = draw.choice(((0, 2), (2, 2)))
        step = jmx.action(code, target)
        return step if code == 1 or draw.random() < 0.15 else jmx.if_(self.now_and_then(), step)

    def shown(self) -> str:
        return "] [".join("${" + name + "}" for name in self.draw.sample(SHOWN, self.draw.choice((0, 1, 1, 2))))

    # Conditions

    def now_and_then(self) -> str:
        draw = self.draw
        every = draw.choice((2, 3, 4))
        return "${__jexl3(${__counter(TRUE,)} % " + f"{every} == {draw.randrange(every)}" + ",)}"

    def expression(self) -> str:
        fixed = ("true", "TRUE", " true ", "false", "", "${yes}", "${no}", "${unset}", "${JMeterThread.last_sample_ok}")
        return self.now_and_then() if self.draw.random() < 0.45 else self.draw.choice(fixed)

    def script(self) -> str:
        return self.draw.choice(
            (
                "${__counter(TRUE,)} % 2 == 0",
                "${one} == 1",
                '"${name}" == "steady"',
                "${JMeterThread.last_sample_ok}",
                "1 > 2",
                '"${v1}" != "1"',
                "${c1} < 3",
            )
        )

    # Controllers

    def controller(self, budget: Budget) -> Node:
        draw = self.draw
        kinds: dict[Callable[[Budget], Node], int] = {
            self.simple: 2,
            self.loop: 5,
            self.endless: 2,
            self.once: 2,
            self.interleave: 4,
            self.of_one: 2,
            self.if_: 5,
            self.while_: 4,
            self.foreach: 4,
            self.switch: 3,
            self.throughput: 3,
            self.runtime: 1,
            self.transaction: 7,
            self.critical: 1,
            self.module: int(self.calls),
        }
        return draw.choices(tuple(kinds), tuple(kinds.values()))[0](budget)

    def inner(self, budget: Budget, times: int = 1) -> tuple[Node, ...]:
        return tuple(self.steps(budget.inside(times)))

    def simple(self, budget: Budget) -> Node:
        return self.draw.choice((jmx.simple, jmx.recording))(*self.inner(budget))

    def loop(self, budget: Budget) -> Node:
        draw = self.draw
        times = draw.choice((0, 1, 2, 2, 3)) if budget.passes * 2 <= MOST_PASSES else 1
        count = {1: draw.choice(("1", "${one}")), 2: draw.choice(("2", "${two}"))}.get(times, str(times))
        return jmx.loop(count, *self.inner(budget, times), name=self.name("Loop"), forever=draw.random() < 0.8)

    def guard(self, *codes: int) -> Node:
        """Leaves the loop it stands in, each third time."""
        return jmx.if_("${__jexl3(${__counter(TRUE,)} % 3 == 0,)}", jmx.action(self.draw.choice(codes)))

    def endless(self, budget: Budget) -> Node:
        inner = (self.guard(5, 5, 3), *self.inner(budget, 2)) if budget.passes * 2 <= MOST_PASSES else (jmx.action(5),)
        if self.draw.random() < 0.5:
            return jmx.loop("-1", *inner, name=self.name("Loop"))
        return jmx.while_(self.draw.choice(("true", "${yes}", "${unset}")), *inner, name=self.name("While"))

    def once(self, budget: Budget) -> Node:
        return jmx.once(*self.inner(budget))

    def interleave(self, budget: Budget) -> Node:
        """Without *whole*, an empty child kills JMeter's user: mostly *whole*, else mostly samplers."""
        draw = self.draw
        whole = draw.random() < 0.65
        inside = budget.inside() if whole or draw.random() < 0.5 else Budget(0, budget.passes)
        return jmx.interleave(*self.steps(inside), style=int(whole), across=draw.random() < 0.3)

    def of_one(self, budget: Budget) -> Node:
        draw = self.draw
        if draw.random() < 0.3:
            same = self.sample(budget)
            return jmx.shuffle(same, same, same)
        child = self.controller(budget.inside()) if draw.random() < 0.5 and budget.depth > 1 else self.sample(budget)
        return jmx.random(child, style=1) if draw.random() < 0.5 else jmx.shuffle(child)

    def if_(self, budget: Budget) -> Node:
        draw = self.draw
        expression = draw.random() < 0.7
        condition = self.expression() if expression else self.script()
        return jmx.if_(condition, *self.inner(budget), expression=expression, every=draw.random() < 0.35)

    def while_(self, budget: Budget) -> Node:
        draw = self.draw
        if budget.passes * 2 > MOST_PASSES or draw.random() < 0.2:
            return jmx.while_(draw.choice(("false", "${no}")), *self.inner(budget), name=self.name("While"))
        if draw.random() < 0.4:
            condition = "${__jexl3(${__counter(TRUE,)} % 3 != 0,)}"
            return jmx.while_(condition, *self.inner(budget, 2), name=self.name("While"))
        condition = draw.choice(("", "LAST", "${JMeterThread.last_sample_ok}"))
        return jmx.while_(condition, self.guard(5, 5, 3), *self.inner(budget, 2), name=self.name("While"))

    def foreach(self, budget: Budget) -> Node:
        draw = self.draw
        source, separator = draw.choice((("item", True), ("gap", True), ("n", False), ("m", True), ("nothing", True)))
        return jmx.foreach(
            source,
            draw.choice(("it", "it", "v1")),
            *self.inner(budget, 2),
            separator=separator,
            start=draw.choice((None, None, "", "0", "1", "2", "9", "${one}")),
            end=draw.choice((None, None, "", "0", "1", "2", "9", "${two}")),
            name=self.name("Foreach"),
        )

    def switch(self, budget: Budget) -> Node:
        draw = self.draw
        children = self.inner(budget)
        for child in children:
            if draw.random() < 0.3 and child.tag not in ("LoopController", "WhileController", "ForeachController"):
                child.name = draw.choice(("default", "Default", "steady", "other"))
        value = draw.choice(("0", "1", "2", "7", "", "${one}", "${c1}", "${name}", "other", "none", "-1", "${unset}"))
        return jmx.switch(value, *children)

    def throughput(self, budget: Budget) -> Node:
        draw = self.draw
        per_user = self.users > 1 or draw.random() < 0.5
        if draw.random() < 0.5:
            return jmx.throughput(draw.choice((0, 1, 2, 5)), *self.inner(budget), per_user=per_user)
        share = draw.choice((0.0, 25.0, 33.3, 50.0, 80.0, 100.0))
        return jmx.throughput(share, *self.inner(budget), percent=True, per_user=per_user)

    def runtime(self, budget: Budget) -> Node:
        return jmx.runtime(0, *self.inner(budget))

    def transaction(self, budget: Budget) -> Node:
        draw = self.draw
        self.samples += 1
        name = f"t{self.seed}.{self.samples} [{self.shown()}]"
        return jmx.transaction(name, *self.inner(budget), parent=draw.random() < 0.5, timers=draw.random() < 0.5)

    def critical(self, budget: Budget) -> Node:
        return jmx.critical("lock", *self.inner(budget))

    def module(self, budget: Budget) -> Node:
        """A call of a fragment that is there already, or of a new one."""
        if not self.fragments or self.draw.random() < 0.6:
            inner = Tree(self.draw.randrange(10**9), calls=False, users=self.users).steps(Budget(2, budget.passes))
            self.fragments.append(jmx.fragment(f"F{self.seed}-{len(self.fragments)}", *inner))
        return jmx.module("Plan", "Plan", self.draw.choice(self.fragments).name)

    def name(self, kind: str) -> str:
        return kind if self.draw.random() < 0.6 else self.draw.choice((f"{kind} ${{one}}", f"{kind} inner"))

    # What stands in scope

    def scoped(self, budget: Budget, chance: float) -> list[Node]:
        draw = self.draw
        found: list[Node] = []
        while draw.random() < chance and len(found) < 3:
            found.append(self.element())
            chance = 0.5
        return found

    def element(self) -> Node:
        draw = self.draw
        scope = draw.choice(("", "", "", "all", "children"))
        match draw.randrange(16):
            case 0 | 1:
                own = self.users > 1 or draw.random() < 0.5
                return jmx.counter(
                    draw.choice(("c1", "c2")),
                    start=draw.choice(("1", "5")),
                    step=draw.choice(("1", "2")),
                    end=draw.choice(("", "", "3", "8")),
                    per_user=own,
                    reset=own and draw.random() < 0.4,
                )
            case 2 | 3:
                own = draw.random() < 0.3
                return jmx.parameters(draw.choice(("p1", "p2")), "first", "second", per_iteration=own)
            case 4 if self.users == 1:
                return jmx.csv(
                    draw.choice(tuple(FILES)),
                    draw.choice(("user,key", "user", "user,v1")),
                    recycle=draw.random() < 0.6,
                    stop=draw.random() < 0.3,
                    ignore_first=draw.random() < 0.3,
                    share=f"shareMode.{draw.choice(('group', 'thread'))}",
                )
            case 5 | 6:
                match_number = draw.choice(("1", "2", "-1", "7"))
                return jmx.regex(
                    draw.choice(("v1", "m")), draw.choice(("id=(\\d)", "t\\[(.)\\]")), scope=scope, match=match_number
                )
            case 7:
                return jmx.boundary(draw.choice(("b1", "v2")), "left[", "]right", scope=scope, default="none")
            case 8:
                return jmx.json("j1", draw.choice(("$.a.b[1]", "$.c", "$.none")), defaults="none")
            case 9 | 10:
                kind = draw.choice((1, 2, 8, 16, 6, 20, 48))
                pattern = draw.choice(("id", "left", "${v1}", "text", "id=1;id=2;id=3"))
                return jmx.expect(
                    pattern,
                    message=draw.choice(("", "no ${v1}")),
                    scope=scope,
                    kind=kind,
                    code=draw.random() < 0.2,
                    assume=draw.random() < 0.2,
                )
            case 11:
                return jmx.size(draw.choice(("0", "14", "5")), draw.randint(1, 6), scope=scope)
            case 12:
                codes = (0, 1, 4, 5, 6, 2, 3) if self.stops else (0, 1, 4, 4, 5, 5, 6, 6)
                return jmx.on_result(draw.choice(codes))
            case 13:
                self.listeners += 1
                return jmx.xml_results(f"listener-{self.seed}-{self.listeners}.xml")
            case 14:
                return jmx.variables({"late": draw.choice(("later", "${one}", "${v1}"))})
            case _:
                return draw.choice((jmx.debug_after(), jmx.pause("1"), jmx.duration("60000")))


def serial_plan(seeds: Iterable[int]) -> Node:
    """The trees of ``seeds``, one after another; none of them stops the test."""
    return _plan([(Tree(seed), "ThreadGroup") for seed in seeds])


def stopping_plan(seed: int) -> Node:
    """A group of each kind, any of which may stop the test. One main group: JMeter may still start the next one."""
    draw = Random(seed)
    kinds = ["SetupThreadGroup", "ThreadGroup", "PostThreadGroup"]
    trees = [(Tree(draw.randrange(10**9), stops=True), kind) for kind in kinds]
    return _plan(trees, teardown=draw.random() < 0.6)


def _plan(trees: list[tuple[Tree, str]], *, teardown: bool = True) -> Node:
    groups = [tree.group(kind) for tree, kind in trees]
    level = Tree(trees[0][0].seed, calls=False, users=2).scoped(Budget(0), 0.4)
    fragments = [fragment for tree, _ in trees for fragment in tree.fragments]
    results = jmx.xml_results("tree.xml")
    return jmx.plan(*fragments, *level, *groups, results, variables=VARIABLES, serialized=True, teardown=teardown)
