"""Specifications of controllers: what the compiler resolved, shared by all users. The engine gives each user its state.

``children`` keep the plan's order. ``on_iteration`` are told when the controller starts a pass, in that order: data
steps, and by their index those children that watch the passes of their parent (a Loop starts afresh, a Throughput
Controller decides).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record
from silhouette_plan.program.package import NO_JUDGES, Judges, Package
from silhouette_plan.program.steps import Act, After, Take
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

Condition = Callable[[User], bool]
Words = Callable[[User], str]
Count = Callable[[User], int]
Number = Callable[[User], float]


def index_name(name: str) -> str:
    """The variable in which the iterating controller ``name`` publishes its index."""
    return f"__jm__{name}__idx"


@record(kw_only=True, eq=False)
class ControllerSpec:
    """A controller. ``index_name`` is the variable of its index where its name is constant, else empty."""

    watches_parent: ClassVar[bool] = False
    """Whether it is told when a pass of its parent starts."""

    node: Element
    name: Template
    index_name: str = ""
    children: tuple[ControllerSpec | Package, ...] = ()
    on_iteration: tuple[Act | int, ...] = ()


class BlockSpec(ControllerSpec):
    """Simple, Recording, Module and Include Controllers."""

    __slots__ = ()


@record(kw_only=True, eq=False)
class CallSpec(ControllerSpec):
    """A Module Controller that sets variables (``call … with``) at the start of each pass."""

    arguments: tuple[tuple[str, Callable[[User], object]], ...]


@record(kw_only=True, eq=False)
class LoopSpec(ControllerSpec):
    """``loops`` passes, −1 for ever; ``fixed``: that number, where it is constant. ``repeats``: it may run again after it
    came to its end."""

    watches_parent: ClassVar[bool] = True

    loops: Count
    fixed: int | None = None
    repeats: bool = True


class PassSpec(ControllerSpec):
    """The main controller of groups that decide before each pass whether to make it."""

    __slots__ = ()
    watches_parent: ClassVar[bool] = True


class OnceOnlySpec(ControllerSpec):
    """Runs when its parent announces its first iteration."""

    __slots__ = ()
    watches_parent: ClassVar[bool] = True


@record(kw_only=True, eq=False)
class InterleaveSpec(ControllerSpec):
    """One child a pass. ``whole``: a child controller runs to its end before the turn does.

    ``asks``: without ``whole``, how often a child may give nothing before it is passed over.
    """

    whole: bool = False
    asks: int = 2
    across_users: bool = False


@record(kw_only=True, eq=False)
class RandomSpec(InterleaveSpec):
    """One child a pass, drawn by ``weights`` (one a child) or evenly."""

    weights: tuple[Number, ...] = ()


class RandomOrderSpec(ControllerSpec):
    """All children, shuffled each pass."""

    __slots__ = ()


@record(kw_only=True, eq=False)
class IfSpec(ControllerSpec):
    """Runs while ``condition`` holds; ``each_child`` asks before every child."""

    condition: Condition
    each_child: bool = False


@record(kw_only=True, eq=False)
class ChoiceSpec(ControllerSpec):
    """Runs the first child whose condition holds; ``conditions`` has one entry a child."""

    conditions: tuple[Condition, ...] = ()


@record(kw_only=True, eq=False)
class WhileSpec(ControllerSpec):
    """Repeats while ``goes_on(user, at_end)``, asked at entry and at the end of each pass."""

    watches_parent: ClassVar[bool] = True

    goes_on: Callable[[User, bool], bool]


@record(kw_only=True, eq=False)
class ForeachSpec(ControllerSpec):
    """``returned`` takes the values of ``source`` + ``separator`` + 1, 2, 3 …; ``end`` None: to the first that is unset."""

    watches_parent: ClassVar[bool] = True

    source: Words
    returned: Words
    start: Count
    end: Count | None
    separator: str = "_"


@record(kw_only=True, eq=False)
class ForeachValueSpec(ControllerSpec):
    """``returned`` takes what ``values`` gives, read when the first pass starts."""

    watches_parent: ClassVar[bool] = True

    returned: Words
    values: Callable[[User], list[str]]


@record(kw_only=True, eq=False)
class SwitchSpec(ControllerSpec):
    """One child a pass, by index or name; ``names`` has one entry a child."""

    value: Words
    names: tuple[Words, ...] = ()


@record(kw_only=True, eq=False)
class ThroughputSpec(ControllerSpec):
    """``percent`` of its parent's iterations, or else ``total`` of them; counted ``per_user`` or over all."""

    watches_parent: ClassVar[bool] = True

    per_user: bool
    total: Count | None = None
    percent: Number | None = None


@record(kw_only=True, eq=False)
class ChanceSpec(ControllerSpec):
    """Runs in ``percent`` % of its passes, drawn each time."""

    percent: Number


@record(kw_only=True, eq=False)
class RuntimeSpec(ControllerSpec):
    """Repeats until ``seconds`` are over."""

    seconds: Count


@record(kw_only=True, eq=False)
class TransactionSpec(ControllerSpec):
    """Reports what its children took, as their ``parent`` or as a row after them.

    ``key`` tells it from the program's others. ``judges`` and ``listeners`` are those in scope of a parent transaction,
    ``open_to`` the keys of the plain transactions that add it up.
    """

    key: int
    parent: bool = False
    include_timers: bool = False
    judges: Judges = NO_JUDGES
    listeners: tuple[After, ...] = ()
    open_to: frozenset[int] = frozenset()


@record(kw_only=True, eq=False)
class CriticalSectionSpec(ControllerSpec):
    """Holds the lock called ``lock`` over a pass."""

    lock: Words


@record(kw_only=True, eq=False)
class WeightedSwitchSpec(ControllerSpec):
    """One child a pass by weight; ``weights`` has one entry a child. ``drawn``: at random, else in fixed proportion."""

    weights: tuple[Number, ...] = ()
    drawn: bool = False


@record(kw_only=True, eq=False)
class ParallelSpec(ControllerSpec):
    """Runs its children at once, at most ``limit`` of them (0 or less: all). ``whole``: one sample holds all of theirs.

    To those above, it is a sampler: ``package`` gives it with what is in scope of it around what takes its sample.
    """

    package: Callable[[Take], Package]
    limit: Count
    whole: bool = False
