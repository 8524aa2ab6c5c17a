"""What applies to a sampler, and in which order."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.elements import tables
from silhouette_plan.plan import assertions as a
from silhouette_plan.plan import configs as cfg
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan import listeners as ls
from silhouette_plan.plan import processors as p
from silhouette_plan.plan import timers as t
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.program.package import Package
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.protocols import tables as protocols


@pytest.fixture
def compiled(monkeypatch):
    """Compiles with factories that give the node's name, so that the order shows."""

    def step(node, build):
        def act(*_):
            return node.name

        act.__name__ = node.name
        return act

    kinds = {
        "PRE_PROCESSORS": p.SampleTimeout,
        "POST_PROCESSORS": p.DebugPostProcessor,
        "ASSERTIONS": a.DurationAssertion,
        "LISTENERS": ls.ResultCollector,
    }
    for table, kind in kinds.items():
        monkeypatch.setattr(tables, table, MappingProxyType({kind: step}))
    monkeypatch.setattr(
        tables, "TIMERS", MappingProxyType({t.ConstantTimer: lambda node, build: TimerStep(delay=step(node, build))})
    )
    scopes = {}

    def take(node, scope, build):
        scopes[node.name] = scope

        async def nothing(user):
            return None

        return nothing

    monkeypatch.setitem(protocols.SAMPLERS, JavaRequest, take)

    def compile_(*children, plan=()):
        group = ThreadGroup(name="G", users="1", children=children)
        result = compile_plan(TestPlan(name="P", children=(*plan, group)), CompileOptions())
        assert result.program is not None, result.diagnostics
        return {one.node.name: one for one in packages(result.program.groups[0].body)}, scopes

    return compile_


def packages(spec):
    for child in spec.children:
        if isinstance(child, Package):
            yield child
        else:
            yield from packages(child)


def names(steps):
    return " ".join(step.delay.__name__ if isinstance(step, TimerStep) else step.__name__ for step in steps)


def everything(level: str):
    return (
        p.SampleTimeout(name=f"pre-{level}"),
        t.ConstantTimer(name=f"timer-{level}"),
        p.DebugPostProcessor(name=f"post-{level}"),
        a.DurationAssertion(name=f"assert-{level}"),
        ls.ResultCollector(name=f"listen-{level}", file="x.csv"),
        cfg.HeaderManager(name=f"config-{level}"),
    )


def test_order_by_level(compiled):
    inner = JavaRequest(name="s", children=everything("sampler"))
    block = c.SimpleController(children=(*everything("block"), inner))
    found, scopes = compiled(*everything("group"), block, plan=everything("plan"))
    package = found["s"]
    # what stands at the plan's level runs on the group's, after the group's own
    assert names(package.before) == "pre-group pre-plan pre-block pre-sampler"
    assert names(package.after) == "post-group post-plan post-block post-sampler"
    assert " ".join(package.judges.names) == "assert-group assert-plan assert-block assert-sampler"
    assert names(package.timers) == "timer-sampler timer-block timer-group timer-plan"
    assert names(package.listeners) == "listen-sampler listen-block listen-group listen-plan"
    assert [config.name for config in scopes["s"].configs] == [
        "config-sampler",
        "config-block",
        "config-group",
        "config-plan",
    ]


def test_elements_below_a_sampler_apply_to_it_alone(compiled):
    found, _ = compiled(JavaRequest(name="a", children=everything("a")), JavaRequest(name="b"))
    assert names(found["b"].before) == ""
    assert names(found["b"].listeners) == ""


def test_what_is_disabled_does_not_exist(compiled):
    off = c.SimpleController(enabled=False, children=(JavaRequest(name="hidden"),))
    found, _ = compiled(off, *(replace(one, enabled=False) for one in everything("g")), JavaRequest(name="s"))
    assert set(found) == {"s"}
    assert found["s"].before == ()


def test_in_a_parent_transaction_listeners_of_the_transaction_do_not_get_its_samples(compiled):
    inside = c.TransactionController(name="T", parent=True, children=(JavaRequest(name="s", children=everything("s")),))
    found, _ = compiled(ls.ResultCollector(name="outer", file="x.csv"), inside)
    assert names(found["s"].listeners) == "listen-s"
    assert names(found["s"].all_listeners) == "listen-s outer"


def test_a_plain_transaction_adds_up_samplers_below_its_parent(compiled):
    one = c.TransactionController(name="T", children=(JavaRequest(name="in"),))
    found, _ = compiled(c.SimpleController(children=(one, JavaRequest(name="beside"))), JavaRequest(name="outside"))
    assert found["in"].open_to == found["beside"].open_to != frozenset()
    assert found["outside"].open_to == frozenset()


def test_data_is_told_of_the_nearest_controller_last_first(monkeypatch):
    told = []

    def data(node, build):
        from silhouette_plan.program.steps import DataStep

        return DataStep(advance=lambda user: told.append(node.name))

    monkeypatch.setattr(tables, "DATA", MappingProxyType({cfg.Counter: data}))
    loop = c.LoopController(
        name="L", loops="2", children=(cfg.Counter(name="in"), JavaRequest(name="s", class_name="JavaTest"))
    )
    group = ThreadGroup(
        name="G", users="1", ramp_up="0", children=(cfg.Counter(name="one"), loop, cfg.Counter(name="two"))
    )
    result = compile_plan(TestPlan(name="P", children=(group,)), CompileOptions())
    import trio

    from silhouette_plan.engine import RunOptions, run

    trio.run(run, result.program, RunOptions())
    assert told == ["two", "one", "in", "in"]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (p.JsonExtractor(), (True, False, False)),
        (p.DebugPostProcessor(), (False, False, False)),
        (a.DurationAssertion(duration="1"), (False, False, False)),
        (ls.ResultCollector(), (False, False, False)),
        (ls.ResultCollector(file="x.xml", save=(("responseHeaders", "true"), ("xml", "true"))), (False, True, False)),
        (t.ConstantTimer(delay="${__regexFunction(x,)}"), (True, True, True)),
    ],
)
def test_what_nothing_reads_need_not_be_kept(monkeypatch, element, expected):
    scopes = []

    def take(node, scope, build):
        scopes.append(scope)

    monkeypatch.setitem(protocols.SAMPLERS, JavaRequest, take)
    group = ThreadGroup(name="G", users="1", children=(element, JavaRequest(name="s")))
    compile_plan(TestPlan(name="P", children=(group,)), CompileOptions())
    (scope,) = scopes
    assert (scope.reads_body, scope.reads_headers, scope.reads_request) == expected


def test_what_stands_at_the_plans_level_is_one_step_for_all_groups():
    counter = cfg.Counter(name="n", variable="n", start="1", step="1")
    groups = [
        ThreadGroup(name=name, users="1", children=(JavaRequest(name="s", class_name="JavaTest"),)) for name in "AB"
    ]
    result = compile_plan(TestPlan(name="P", children=(counter, *groups)), CompileOptions())
    first, second = (group.body.on_iteration for group in result.program.groups)
    assert first == second
