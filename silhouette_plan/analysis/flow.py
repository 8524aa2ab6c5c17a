"""Which variables are set where: each group is walked once, as its first user goes through its first iteration.

At every step two sets of variables are known: set for certain, and possibly set. A variable in neither is unset there
for every user; one that is only possible depends on the way taken. Three rules:

1. A scoped element is looked at where it first acts: at the first sampler in its scope.
2. A called fragment is walked once, at the first call.
3. A loop is walked once. What its later steps set helps its earlier ones only from the second pass on.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from silhouette_plan.analysis.gains import Gains
from silhouette_plan.analysis.names import Names
from silhouette_plan.analysis.scopes import enabled_children, is_after, is_before, is_data, makes_sample
from silhouette_plan.analysis.targets import Targets
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.variables import Use, is_built_in
from silhouette_plan.plan import controllers
from silhouette_plan.plan.base import Element, Group, Sampler
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign

ALTERNATIVES: tuple[type[Element], ...] = (
    controllers.RandomController,
    controllers.RandomOrderController,
    controllers.InterleaveController,
    controllers.SwitchController,
    controllers.WeightedSwitchController,
    controllers.Choice,
    controllers.ParallelController,
)
"""Controllers whose children do not run one after another in the order of the tree."""

_TEXT_CONDITIONS = (
    controllers.IfController,
    controllers.WhileController,
    controllers.SwitchController,
    controllers.Case,
)
_DRAWS = ("__Random", "__counter", "__time", "__UUID")


class State(enum.Enum):
    """How unset a variable is."""

    LATER = "set only further on"
    PERHAPS = "set on some ways only"
    NEVER = "set by nothing that runs"
    ELSEWHERE = "set only in other groups"


@record
class Fault:
    """A use of a variable that is unset. ``at`` is the step where it shows, ``condition`` whether it decides the flow, ``blocks`` whether it
    thereby keeps the very steps from running that would set the variable."""

    node: Node
    use: Use
    state: State
    at: Node
    condition: bool
    blocks: bool = False


@record
class _Place:
    """A step to come to, with what is set by then; ``limit`` is the outermost element whose scope counts."""

    node: Node
    certain: int
    possible: int
    limit: Node


class Flow:
    """``gains``: what each step adds. ``faults``: what was found by walking every live group of the plan."""

    def __init__(self, root: Node, names: Names, targets: Targets) -> None:
        self.gains = Gains(names, targets)
        groups = [node for node in names.nodes if isinstance(node.element, Group) and node.live]
        self.faults = [fault for group in groups for fault in _Walk(root, group, names, targets, self.gains).run()]


class _Walk:
    """One walk through a group. ``_looked_at`` are the blocks whose scoped elements have acted (before or after a
    sample), ``_called`` the fragments entered, ``_same_condition`` what blocks under a condition set so far, and
    ``_never_true`` the variables whose only setters stand under a condition that fails because of them."""

    def __init__(self, root: Node, group: Node, names: Names, targets: Targets, gains: Gains) -> None:
        self._root = root
        self._group = group
        self._names = names
        self._targets = targets
        self._gains = gains
        self._faults: list[Fault] = []
        self._looked_at: set[tuple[Node, bool]] = set()
        self._called: set[Node] = set()
        self._same_condition: dict[str, int] = {}
        self._never_true = 0

    def run(self) -> list[Fault]:
        """The faults of the group, in the order in which its first user comes to them."""
        start = self._names.plan_level | self._gains.data.get(self._root, 0) | self._gains.data.get(self._group, 0)
        pending = [_Place(self._group, start, start, self._root)]
        while pending:
            pending += reversed(list(self._visit(pending.pop())))
        return self._faults

    def _visit(self, place: _Place) -> Iterator[_Place]:
        element = place.node.element
        if isinstance(element, (Sampler, Foreign)):
            self._arrive(place)
            yield from self._sequence(place)
        elif isinstance(element, (controllers.ModuleController, controllers.IncludeController)):
            self._check(place.node, place, place.node)
            self._arrive(place)
            yield from self._call(place)
        else:
            yield from self._enter(place)

    def _enter(self, place: _Place) -> Iterator[_Place]:
        node = place.node
        if not isinstance(node.element, Group):
            self._check(node, place, node, condition=isinstance(node.element, _TEXT_CONDITIONS))
        inside = self._gains.data.get(node, 0) | self._names.masks.get(node, 0)
        if isinstance(node.element, (controllers.IfController, controllers.WhileController, controllers.Case)):
            inside |= self._gains.asked(node) | self._condition_met_before(node)
        entered = _Place(node, place.certain | inside, place.possible | inside, place.limit)
        if isinstance(node.element, ALTERNATIVES) and not _takes_turns(node.element):
            yield from (_Place(step, entered.certain, entered.possible, place.limit) for step in node.steps)
        else:
            yield from self._sequence(entered)

    def _sequence(self, place: _Place) -> Iterator[_Place]:
        certain, possible = place.certain, place.possible
        for step in place.node.steps:
            yield _Place(step, certain, possible, place.limit)
            gain = self._gains.of(step)
            certain, possible = certain | gain.certain, possible | gain.possible

    def _call(self, place: _Place) -> Iterator[_Place]:
        scope = self._gains.before.get(place.node, 0) | self._names.masks.get(place.node, 0)
        for target in self._targets.of(place.node):
            if target not in self._called:
                self._called.add(target)
                yield _Place(target, place.certain | scope, place.possible | scope, target)

    def _condition_met_before(self, node: Node) -> int:
        """What earlier blocks under the same condition set."""
        condition = getattr(node.element, "condition", None)
        if not isinstance(condition, str) or any(draw in condition for draw in _DRAWS):
            return 0
        known = self._same_condition.get(condition, 0)
        gained = 0
        for step in node.steps:
            gained |= self._gains.of(step).certain
        self._same_condition[condition] = known | gained
        return known

    def _arrive(self, place: _Place) -> None:
        """A sampler (or a call) is reached: it and all that acts around it for the first time is looked at."""
        node = place.node
        own = self._names.masks.get(node, 0)
        before = self._gains.before.get(node, 0) | own
        ready = _Place(node, place.certain | before, place.possible | before, place.limit)
        for scoped in self._first_time(node, place.limit, after=False):
            self._check(scoped, ready, node)
        if isinstance(node.element, (Sampler, Foreign)):
            self._check(node, ready, node)
        if makes_sample(node.element):
            after = self._gains.after.get(node, 0)
            done = _Place(node, ready.certain | after, ready.possible | after, place.limit)
            for scoped in self._first_time(node, place.limit, after=True):
                self._check(scoped, done, node)

    def _first_time(self, node: Node, limit: Node, *, after: bool) -> list[Node]:
        """Elements in scope of ``node`` that have not acted yet, outer levels first."""
        levels: list[Node] = []
        level: Node | None = node
        while level is not None and (level, after) not in self._looked_at:
            self._looked_at.add((level, after))
            levels.append(level)
            level = None if level is limit else level.parent
        return [
            child
            for level in reversed(levels)
            for child in enabled_children(level)
            if (is_after(child.element) if after else is_before(child.element) or is_data(child.element))
        ]

    def _check(self, node: Node, place: _Place, at: Node, *, condition: bool = False) -> None:
        for use in self._names.uses.get(node, ()):
            mask = self._names.mask_of(use.name)
            if use.asks or not mask or is_built_in(use.name) or self._names.matches_pattern(use.name):
                continue
            if place.certain & mask & ~self._never_true or (condition and self._sets_itself(node, mask)):
                continue
            state = self._state(node, use, mask, place)
            blocks = condition and state is State.LATER and self._blocks_its_setter(node, use)
            if blocks:
                self._never_true |= mask
            self._faults.append(Fault(node, use, state, at, condition, blocks))

    def _sets_itself(self, node: Node, mask: int) -> bool:
        """A While that waits for what its own steps set: `while state != "done"`."""
        return isinstance(node.element, controllers.WhileController) and bool(self._gains.of(node).possible & mask)

    def _state(self, node: Node, use: Use, mask: int, place: _Place) -> State:
        if place.possible & mask:
            return State.PERHAPS
        setters = self._names.setters_of(use.name)
        if not self._gains.of(self._group).possible & mask:
            others = any(setter.group not in (None, self._group) for setter in setters)
            return State.ELSEWHERE if others else State.NEVER
        alternative = any(isinstance(_meeting_point(node, setter), ALTERNATIVES) for setter in setters)
        return State.PERHAPS if alternative else State.LATER

    def _blocks_its_setter(self, node: Node, use: Use) -> bool:
        """A comparison for equality with an unset variable fails, so a block that alone would set it never runs."""
        condition = getattr(node.element, "condition", "")
        if not isinstance(condition, str) or "==" not in condition or "!=" in condition or not use.text:
            return False
        return all(node in setter.ancestors() for setter in self._names.setters_of(use.name))


def _takes_turns(element: Element) -> bool:
    """Whether the children come one after another, a pass each."""
    return isinstance(element, controllers.InterleaveController) and element.across_threads is not True


def _meeting_point(one: Node, other: Node) -> Element | None:
    """The innermost element around both."""
    a: Node | None = one
    b: Node | None = other
    while a is not None and b is not None and a is not b:
        if a.depth >= b.depth:
            a = a.parent
        else:
            b = b.parent
    return a.element if a is not None and a is b else None
