"""What each step adds to the variables that are set: for certain, and possibly.

No step ever unsets a variable, so the effect of a step does not depend on what was set before it: two masks a node, worked
out from the leaves up. Sequences add, alternatives share only what all of them set, and what may be skipped adds nothing for
certain. One rule is kinder than the tree: a condition that asks for a variable and a block that sets it belong together
(`if id is not set { … set id }`), so that the variable counts as set behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from silhouette_plan.analysis.names import Names
from silhouette_plan.analysis.scopes import enabled_children, is_after, is_before, is_data, makes_sample
from silhouette_plan.analysis.targets import Targets
from silhouette_plan.analysis.tree import Node
from silhouette_plan.plan import controllers
from silhouette_plan.plan.base import Element, Sampler
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign

_MOST_ROUNDS = 8


@record
class Gain:
    """Variables that a step sets for certain, and those that it may set."""

    certain: int = 0
    possible: int = 0

    def __or__(self, other: Gain) -> Gain:
        return Gain(self.certain | other.certain, self.possible | other.possible)


NONE = Gain()


class Gains:
    """The gains of every node, and what scopes add: ``before`` and ``after`` each sample, ``data`` at each iteration."""

    def __init__(self, names: Names, targets: Targets) -> None:
        self._names = names
        self._targets = targets
        self.before: dict[Node, int] = {}
        self.after: dict[Node, int] = {}
        self.data: dict[Node, int] = {}
        self._gain: dict[Node, Gain] = {}
        for node in names.nodes:
            self._add_scopes(node)
        self._settle()

    def of(self, node: Node) -> Gain:
        """What ``node`` adds."""
        return self._gain.get(node, NONE)

    def asked(self, node: Node) -> int:
        """Variables that the element's own texts ask for."""
        return _any_of(self._names.mask_of(use.name) for use in self._names.uses.get(node, ()))

    def _add_scopes(self, node: Node) -> None:
        masks = self._names.masks
        above = node.parent
        children = enabled_children(node)
        own_before = _any_of(masks.get(child, 0) for child in children if is_before(child.element))
        own_after = _any_of(masks.get(child, 0) for child in children if is_after(child.element))
        self.before[node] = own_before | (self.before.get(above, 0) if above else 0)
        self.after[node] = own_after | (self.after.get(above, 0) if above else 0)
        data = _any_of(masks.get(child, 0) for child in children if is_data(child.element))
        if data:
            holder = node.enclosing if isinstance(node.element, Sampler) else node
            self.data[holder] = self.data.get(holder, 0) | data

    def _settle(self) -> None:
        """From the leaves up; again while calls make a difference."""
        for _ in range(_MOST_ROUNDS):
            changed = False
            for node in reversed(self._names.nodes):
                gain = self._work_out(node)
                changed = changed or gain != self._gain.get(node, NONE)
                self._gain[node] = gain
            if not changed:
                return

    def _work_out(self, node: Node) -> Gain:
        element = node.element
        own = self._names.masks.get(node, 0)
        if isinstance(element, (Sampler, Foreign)):
            mask = own | self.before.get(node, 0) | (self.after.get(node, 0) if makes_sample(element) else 0)
            return reduce(Gain.__or__, map(self.of, node.steps), Gain(mask, mask))
        if isinstance(element, (controllers.ModuleController, controllers.IncludeController)):
            return self._call(node, own)
        data = self.data.get(node, 0)
        combine = _COMBINE.get(type(element), _all)
        gained = combine(self, node, [self.of(step) for step in node.steps])
        certain = gained.certain | (data if combine is _all else 0)
        return Gain(certain, gained.possible | data | own)

    def _call(self, node: Node, own: int) -> Gain:
        scope = self.before.get(node, 0) | self.after.get(node, 0)
        reached = self._targets.of(node)
        gained = reduce(Gain.__or__, map(self.of, reached), NONE)
        if not reached:
            return Gain(own, own)
        return gained | Gain(own | scope, own | scope)


def _any_of(masks: Iterable[int]) -> int:
    return reduce(int.__or__, masks, 0)


def _all(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    return reduce(Gain.__or__, steps, NONE)


def _one(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    """Any one of the steps, but one of them."""
    certain = reduce(int.__and__, (step.certain for step in steps)) if steps else 0
    return Gain(certain, _any_of(step.possible for step in steps))


def _first(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    return Gain(steps[0].certain if steps else 0, _any_of(step.possible for step in steps))


def _perhaps(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    return Gain(0, _any_of(step.possible for step in steps))


def _guarded(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    inside = _all(gains, node, steps)
    return Gain(inside.certain & gains.asked(node), inside.possible)


def _arms(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    has_else = any(isinstance(step.element, controllers.Case) and step.element.condition is None for step in node.steps)
    asked = _any_of(gains.asked(step) for step in node.steps)
    some = _any_of(step.certain for step in steps) & asked
    shared = _one(gains, node, steps)
    return Gain((shared.certain if has_else else 0) | some, shared.possible)


def _each_value(gains: Gains, node: Node, steps: list[Gain]) -> Gain:
    element = node.element
    given = isinstance(element, controllers.ForeachValue) and bool(element.values)
    return (_all if given else _perhaps)(gains, node, steps)


_COMBINE: dict[type[Element], Callable[[Gains, Node, list[Gain]], Gain]] = {
    controllers.IfController: _guarded,
    controllers.Choice: _arms,
    controllers.WhileController: _perhaps,
    controllers.ForeachController: _perhaps,
    controllers.ForeachValue: _each_value,
    controllers.ThroughputController: _perhaps,
    controllers.Chance: _perhaps,
    controllers.SwitchController: _perhaps,
    controllers.WeightedSwitchController: _one,
    controllers.RandomController: _one,
    controllers.InterleaveController: _first,
}
