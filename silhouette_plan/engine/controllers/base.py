"""The pull machine of a controller (``org.apache.jmeter.control.GenericController``).

``next()`` gives the next sampler to run, or None at the end of a pass. Three rules carry the odd cases of JMeter:

1. A child controller that answers None and is *done* is removed for the rest of the user's life; else the turn goes to
   the child after it.
2. ``first`` marks the start of a pass. The first ``next()`` of a pass tells ``listeners``: data steps, and those children
   that watch the passes of their parent.
3. A pass that ends resets the controller to its first child and answers None once; who calls again starts a new pass.

``next()`` never blocks. Where it cannot go on (a lock is held, or pass after pass gave nothing) it raises ``NotNow``; the
state is then such that the same call, made later, goes on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, Union

import trio

from silhouette_plan.program.controllers import ControllerSpec, PassSpec, index_name
from silhouette_plan.program.package import Package
from silhouette_plan.program.steps import Act
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User

if TYPE_CHECKING:
    from silhouette_plan.engine.controllers.transaction import ParentStep, PlainTransaction

Step: TypeAlias = Union[Package, "ParentStep"]
"""What ``next()`` gives: a sampler, or a parent transaction that wraps one or has ended."""

Child: TypeAlias = Union[Package, "Controller"]

SPINS = 1_000
"""Passes in a row that may give nothing before the user lets others go on."""


class Holder(Protocol):
    """A sample that others are parts of."""

    def add(self, sample: Sample) -> None:
        """Takes a part."""


class Cancellable(Protocol):
    """Something that is awaited."""

    def cancel(self) -> None:
        """Ends the wait early."""


class Branch(Protocol):
    """What a controller asks of a life that it started."""

    def renew(self, holder: Holder | None) -> None:
        """Back to the start; samples go to ``holder``, if there is one."""

    async def run(self) -> None:
        """One pass."""

    def stop(self) -> None:
        """Ends it after its sample."""


class Host(Protocol):
    """What a controller asks of the life it is part of."""

    user: User
    package: Package | None
    """The sampler last run."""
    open_transactions: list[PlainTransaction]
    """The plain transactions that are under way."""
    within: Holder | None
    """The parent transaction that holds the sample under way."""
    waiting: Cancellable | None
    """What to cancel for the user to end soon."""

    def report(self, sample: Sample, package: Package) -> None:
        """Hands a plain transaction's sample to the listeners of ``package``."""

    def branch(self, spec: PassSpec) -> Branch:
        """A life of the same user that makes passes over ``spec`` beside others."""


class NotNow(Exception):
    """The controllers cannot go on; ask again after ``wait``."""

    def __init__(self, wait: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.wait = wait


class Controller:
    """The state of one controller of one user; itself a Simple Controller."""

    __slots__ = ("children", "current", "done", "first", "life", "listeners", "passes", "spec")

    spec: ControllerSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        self.spec = spec
        self.life = life
        self.children = children
        self.listeners = _listeners(spec, children)
        self.current = 0
        self.passes = 0
        self.first = True
        self.done = False

    def initialize(self) -> None:
        """Back to the state before the first pass, and all below."""
        self.reset_position()
        self.passes = 0
        self.done = False
        self.first = True
        self.initialize_children()

    def initialize_children(self) -> None:
        """``initialize`` of all child controllers."""
        for child in self.children:
            if isinstance(child, Controller):
                child.initialize()

    def is_done(self) -> bool:
        """Whether it never gives anything again."""
        return self.done

    def next(self) -> Step | None:
        """The next step of this pass; None where it ended."""
        if self.first:
            self.start_pass()
        if self.done:
            return None
        return self.advance()

    def advance(self) -> Step | None:
        """The walk over the children: ``next`` without its checks."""
        children = self.children
        spins = 0
        while True:
            index = self.current
            if index < len(children):
                child = children[index]
                if isinstance(child, Package):
                    self.current = index + 1
                    return child
                step = child.next()
                if step is not None:
                    return step
                self.child_ended(child)
            elif not children:
                self.finish()
                return None
            elif not self.end_pass():
                return None
            else:
                spins += 1
                if spins > SPINS:
                    raise NotNow(_breathe)
                self.start_pass()

    def child_ended(self, child: Controller) -> None:
        """A child controller answered None: it goes, or the turn goes on to the child after it."""
        if child.is_done():
            del self.children[self.current]
        else:
            self.current += 1

    def start_pass(self) -> None:
        """Tells those who watch that a pass starts."""
        for listener in self.listeners:
            if isinstance(listener, Controller):
                listener.parent_started(self)
            else:
                listener(self.life.user)
        self.first = False

    def end_pass(self) -> bool:
        """All children had their turn. True starts another pass within the same ``next()``."""
        self.restart()
        return False

    def restart(self) -> None:
        """To the start of the next pass (``reInitialize``)."""
        self.reset_position()
        self.passes += 1
        self.first = True

    def reset_position(self) -> None:
        """To the first child."""
        self.current = 0

    def finish(self) -> None:
        """It has nothing left to give."""
        self.done = True

    def end_of_loop(self) -> None:
        """A loop further out goes on or is left: this pass is cut short (``triggerEndOfLoop``)."""
        self.restart()

    def parent_started(self, parent: Controller) -> None:
        """A pass of ``parent`` starts; only called where the specification ``watches_parent``."""

    def pass_number(self) -> int:
        """What is announced as the number of the pass."""
        return self.passes


class Iterating(Controller):
    """A controller that *next iteration* and *break* of the current loop act on (``IteratingController``).

    ``loops`` counts its passes from 0; it is published as ``__jm__NAME__idx``.
    """

    __slots__ = ("breaking", "loops")

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.loops = 0
        self.breaking = False

    def publish(self) -> None:
        """Sets the variable of the index."""
        user = self.life.user
        name = self.spec.index_name or index_name(self.spec.name.evaluate(user))
        user.variables[name] = self.loops

    def restart(self) -> None:
        """To the start of the next pass, which is counted as a loop."""
        self.first = True
        self.reset_position()
        self.loops += 1

    def reset_loops(self) -> None:
        """The count starts again."""
        self.loops = 0

    def end_of_loop(self) -> None:
        """As of any controller; the count starts again."""
        self.restart()
        self.reset_loops()

    def parent_started(self, parent: Controller) -> None:
        """A pass of the parent starts the loop afresh."""
        self.restart()
        self.reset_loops()

    def start_next_loop(self) -> None:
        """*Next iteration*."""
        self.restart()

    def break_loop(self) -> None:
        """*Break*: its next ``next()`` answers None."""
        self.breaking = True
        self.first = True
        self.reset_position()
        self.reset_loops()

    def pass_number(self) -> int:
        """Counts from 1."""
        return self.loops + 1


def _listeners(spec: ControllerSpec, children: list[Child]) -> Sequence[Act | Controller]:
    told: list[Act | Controller] = []
    for item in spec.on_iteration:
        if isinstance(item, int):
            child = children[item]
            assert isinstance(child, Controller)
            told.append(child)
        else:
            told.append(item)
    return told or ()


async def _breathe() -> None:
    """Lets others go on; a millisecond, so that an empty endless loop does not eat a core."""
    await trio.sleep(0.001)
