"""The controllers' state machines, one a controller and user, made from the program's specifications."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from silhouette_plan.engine.controllers.base import (
    Cancellable,
    Child,
    Controller,
    Holder,
    Host,
    Iterating,
    NotNow,
    Step,
)
from silhouette_plan.engine.controllers.blocks import Call, Chance, CriticalSection, OnceOnly, RandomOrder
from silhouette_plan.engine.controllers.conditions import Choice, If, IfEachChild, Switch
from silhouette_plan.engine.controllers.foreach import Foreach, ForeachValue
from silhouette_plan.engine.controllers.loops import (
    Loop,
    MainLoop,
    PassLoop,
    Runtime,
    StraightLoop,
    StraightMainLoop,
    While,
    is_straight,
)
from silhouette_plan.engine.controllers.parallel import BranchRoot, parallel
from silhouette_plan.engine.controllers.throughput import Throughput
from silhouette_plan.engine.controllers.transaction import ParentStep, PlainTransaction, transaction
from silhouette_plan.engine.controllers.turns import Interleave, Random, WeightedSwitch
from silhouette_plan.program import controllers as specs
from silhouette_plan.program.package import Package

__all__ = [
    "BranchRoot",
    "Cancellable",
    "Controller",
    "Holder",
    "Host",
    "Iterating",
    "MainLoop",
    "NotNow",
    "Package",
    "ParentStep",
    "PassLoop",
    "PlainTransaction",
    "Step",
    "branch_root",
    "main_loop",
]


def _loop(spec: specs.ControllerSpec, life: Host, children: list[Child]) -> Controller:
    assert isinstance(spec, specs.LoopSpec)
    return (StraightLoop if is_straight(spec) else Loop)(spec, life, children)


def _if(spec: specs.ControllerSpec, life: Host, children: list[Child]) -> Controller:
    assert isinstance(spec, specs.IfSpec)
    return (IfEachChild if spec.each_child else If)(spec, life, children)


_STATES: Mapping[type[specs.ControllerSpec], Callable[[specs.ControllerSpec, Host, list[Child]], Controller]] = {
    specs.BlockSpec: Controller,
    specs.CallSpec: Call,
    specs.LoopSpec: _loop,
    specs.OnceOnlySpec: OnceOnly,
    specs.InterleaveSpec: Interleave,
    specs.RandomSpec: Random,
    specs.RandomOrderSpec: RandomOrder,
    specs.IfSpec: _if,
    specs.ChoiceSpec: Choice,
    specs.WhileSpec: While,
    specs.ForeachSpec: Foreach,
    specs.ForeachValueSpec: ForeachValue,
    specs.SwitchSpec: Switch,
    specs.ThroughputSpec: Throughput,
    specs.ChanceSpec: Chance,
    specs.RuntimeSpec: Runtime,
    specs.TransactionSpec: transaction,
    specs.CriticalSectionSpec: CriticalSection,
    specs.WeightedSwitchSpec: WeightedSwitch,
}


def main_loop(spec: specs.LoopSpec | specs.PassSpec, life: Host) -> MainLoop | PassLoop:
    """The state of a group's main loop for one user, ready to start."""
    kind: type[MainLoop | PassLoop] = PassLoop
    if isinstance(spec, specs.LoopSpec):
        kind = StraightMainLoop if is_straight(spec) else MainLoop
    loop = kind(spec, life, _children(spec, life))
    loop.initialize()
    return loop


def branch_root(spec: specs.PassSpec, life: Host) -> BranchRoot:
    """The state of what is above one child of a Parallel Controller."""
    return BranchRoot(spec, life, _children(spec, life))


def _children(spec: specs.ControllerSpec, life: Host) -> list[Child]:
    return [_child(child, life) for child in spec.children]


def _child(spec: specs.ControllerSpec | Package, life: Host) -> Child:
    match spec:
        case Package():
            return spec
        case specs.ParallelSpec():
            return parallel(spec, life)
        case _:
            return _STATES[type(spec)](spec, life, _children(spec, life))
