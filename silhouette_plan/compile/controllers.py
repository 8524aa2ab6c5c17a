"""Controllers: plan node to specification, by table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.conditions import case_condition, if_condition, while_condition
from silhouette_plan.compile.scope import Scope
from silhouette_plan.plan import controllers as plan
from silhouette_plan.plan.base import Controller, Element, Sampler
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import TestFragment
from silhouette_plan.plan.walk import walk
from silhouette_plan.program import controllers as specs
from silhouette_plan.program.fields import fixed_flag, fixed_integer, integer_of, single_of, text_of
from silhouette_plan.program.package import Package
from silhouette_plan.program.steps import Act
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

FEW_ASKS, MANY_ASKS = 2, 1_000
"""How often a child that gives nothing is asked, where asking changes nothing and where it may; JMeter's stack sets its limit."""

_DECIDING = ("condition", "value", "loops", "source", "start_index", "end_index", "total", "percent", "seconds")
"""Fields that say whether a controller has something to give."""


@record
class Parts:
    """What every controller has. ``scope`` is the one inside it, ``key`` its own where it is a transaction."""

    build: PlanBuild
    scope: Scope
    key: int
    name: Template
    children: tuple[specs.ControllerSpec | Package, ...]
    on_iteration: tuple[Act | int, ...]

    def shared(self, node: Element) -> dict[str, Any]:
        """The fields that every specification has."""
        constant = self.name.constant
        return {
            "node": node,
            "name": self.name,
            "index_name": "" if constant is None else specs.index_name(constant),
            "children": self.children,
            "on_iteration": self.on_iteration,
        }


def _block(node: Controller, parts: Parts) -> specs.ControllerSpec:
    return specs.BlockSpec(**parts.shared(node))


def _module(node: plan.ModuleController, parts: Parts) -> specs.ControllerSpec:
    if not node.arguments:
        return _block(node, parts)
    values = [(name, parts.build.expression(value, node)) for name, value in node.arguments]
    arguments = tuple((name, lambda user, value=value: value(user, None)) for name, value in values)
    return specs.CallSpec(**parts.shared(node), arguments=arguments)


def _loop(node: plan.LoopController, parts: Parts) -> specs.ControllerSpec:
    build = parts.build
    return specs.LoopSpec(
        **parts.shared(node),
        loops=integer_of(build, node, node.loops),
        fixed=fixed_integer(build, node, node.loops),
        repeats=fixed_flag(build, node, node.continue_forever),
    )


def _once_only(node: plan.OnceOnlyController, parts: Parts) -> specs.ControllerSpec:
    return specs.OnceOnlySpec(**parts.shared(node))


def _interleave(node: plan.InterleaveController, parts: Parts) -> specs.ControllerSpec:
    return specs.InterleaveSpec(
        **parts.shared(node),
        whole=node.style.strip() == "1",
        asks=_asks(node),
        across_users=fixed_flag(parts.build, node, node.across_threads),
    )


def _random(node: plan.RandomController, parts: Parts) -> specs.ControllerSpec:
    weights = tuple(single_of(parts.build, node, weight, 0.0) for weight in node.weights)
    whole = node.style.strip() == "1"
    return specs.RandomSpec(**parts.shared(node), whole=whole, asks=_asks(node), weights=weights)


def _asks(node: Controller) -> int:
    """How often a child that gives nothing is asked: often where the answer may be another next time."""
    return MANY_ASKS if any(may_answer_anew(child) for child in steps_of(node)) else FEW_ASKS


def may_answer_anew(node: Element) -> bool:
    """Whether ``node``, asked again with no sample between, may give something after all."""
    return any(_decides_anew(element) for element in walk(node) if isinstance(element, Controller))


def _decides_anew(node: Controller) -> bool:
    """Whether it draws, or calls a function."""
    if isinstance(node, plan.Chance):
        return True
    deciding = [value for name in _DECIDING if (value := getattr(node, name, None)) is not None]
    return any("${__" in value if isinstance(value, str) else not isinstance(value, tuple) for value in deciding)


def _random_order(node: plan.RandomOrderController, parts: Parts) -> specs.ControllerSpec:
    return specs.RandomOrderSpec(**parts.shared(node))


def _if(node: plan.IfController, parts: Parts) -> specs.ControllerSpec:
    condition = if_condition(node, parts.build)
    each_child = fixed_flag(parts.build, node, node.evaluate_all)
    return specs.IfSpec(**parts.shared(node), condition=condition, each_child=each_child)


def _choice(node: plan.Choice, parts: Parts) -> specs.ControllerSpec:
    conditions = tuple(case_condition(arm, parts.build) for arm in steps_of(node))
    return specs.ChoiceSpec(**parts.shared(node), conditions=conditions)


def _while(node: plan.WhileController, parts: Parts) -> specs.ControllerSpec:
    return specs.WhileSpec(**parts.shared(node), goes_on=while_condition(node, parts.build))


def _foreach(node: plan.ForeachController, parts: Parts) -> specs.ControllerSpec:
    build = parts.build
    return specs.ForeachSpec(
        **parts.shared(node),
        source=text_of(build, node, node.source),
        returned=text_of(build, node, node.returned),
        start=integer_of(build, node, node.start_index or ""),
        end=None if node.end_index is None else integer_of(build, node, node.end_index),
        separator="_" if fixed_flag(build, node, node.use_separator) else "",
    )


def _foreach_value(node: plan.ForeachValue, parts: Parts) -> specs.ControllerSpec:
    build = parts.build
    given = [text_of(build, node, value) for value in node.values]
    first, last = integer_of(build, node, node.first), integer_of(build, node, node.last)

    def values(user: User) -> list[str]:
        if given:
            return [value(user) for value in given]
        return [str(number) for number in range(first(user), last(user) + 1)]

    return specs.ForeachValueSpec(**parts.shared(node), returned=text_of(build, node, node.returned), values=values)


def _switch(node: plan.SwitchController, parts: Parts) -> specs.ControllerSpec:
    names = tuple(text_of(parts.build, child, child.name) for child in steps_of(node))
    return specs.SwitchSpec(**parts.shared(node), value=text_of(parts.build, node, node.value), names=names)


def _throughput(node: plan.ThroughputController, parts: Parts) -> specs.ControllerSpec:
    build = parts.build
    per_user = fixed_flag(build, node, node.per_user)
    if fixed_flag(build, node, node.by_percent):
        percent = single_of(build, node, node.percent, 100.0)
        return specs.ThroughputSpec(**parts.shared(node), per_user=per_user, percent=percent)
    total = integer_of(build, node, node.total, otherwise=1)
    return specs.ThroughputSpec(**parts.shared(node), per_user=per_user, total=total)


def _chance(node: plan.Chance, parts: Parts) -> specs.ControllerSpec:
    return specs.ChanceSpec(**parts.shared(node), percent=single_of(parts.build, node, node.percent.rstrip("%"), 0.0))


def _runtime(node: plan.RuntimeController, parts: Parts) -> specs.ControllerSpec:
    return specs.RuntimeSpec(**parts.shared(node), seconds=integer_of(parts.build, node, node.seconds))


def _transaction(node: plan.TransactionController, parts: Parts) -> specs.ControllerSpec:
    return specs.TransactionSpec(
        **parts.shared(node),
        key=parts.key,
        parent=fixed_flag(parts.build, node, node.parent),
        include_timers=fixed_flag(parts.build, node, node.include_timers),
        judges=parts.scope.transaction_judges,
        listeners=parts.scope.all_listeners,
        open_to=parts.scope.all_transactions,
    )


def _critical_section(node: plan.CriticalSectionController, parts: Parts) -> specs.ControllerSpec:
    return specs.CriticalSectionSpec(**parts.shared(node), lock=text_of(parts.build, node, node.lock))


def _weighted_switch(node: plan.WeightedSwitchController, parts: Parts) -> specs.ControllerSpec:
    build = parts.build
    rows = [row[1] for row in node.weights if len(row) < 3 or row[2] == "true"]
    steps = steps_of(node)
    padded = [*rows, *["0"] * len(steps)][: len(steps)]
    weights = tuple(single_of(build, node, weight, 0.0) for weight in padded)
    drawn = fixed_flag(build, node, node.random_choice)
    return specs.WeightedSwitchSpec(**parts.shared(node), weights=weights, drawn=drawn)


def _parallel(node: plan.ParallelController, parts: Parts) -> specs.ControllerSpec:
    return specs.ParallelSpec(
        **parts.shared(node),
        package=partial(parts.scope.package, node, parts.name),
        limit=integer_of(parts.build, node, node.limit),
        whole=fixed_flag(parts.build, node, node.parent_sample),
    )


CONTROLLERS: Mapping[type[Controller], Callable[[Any, Parts], specs.ControllerSpec]] = {
    plan.SimpleController: _block,
    plan.RecordingController: _block,
    plan.ModuleController: _module,
    plan.IncludeController: _block,
    TestFragment: _block,
    plan.LoopController: _loop,
    plan.OnceOnlyController: _once_only,
    plan.InterleaveController: _interleave,
    plan.RandomController: _random,
    plan.RandomOrderController: _random_order,
    plan.IfController: _if,
    plan.Choice: _choice,
    plan.Case: _block,
    plan.WhileController: _while,
    plan.ForeachController: _foreach,
    plan.ForeachValue: _foreach_value,
    plan.SwitchController: _switch,
    plan.ThroughputController: _throughput,
    plan.Chance: _chance,
    plan.RuntimeController: _runtime,
    plan.TransactionController: _transaction,
    plan.CriticalSectionController: _critical_section,
    plan.WeightedSwitchController: _weighted_switch,
    plan.ParallelController: _parallel,
}
"""The controllers that run, each with what makes its specification."""


def steps_of(node: Element) -> list[Element]:
    """The children of ``node`` that are steps: controllers and samplers."""
    return [child for child in node.children if isinstance(child, (Controller, Sampler))]
