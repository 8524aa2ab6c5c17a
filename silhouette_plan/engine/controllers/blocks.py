"""Controllers that are blocks: Simple, Module with arguments, Once Only, Random Order, Chance, Critical Section."""

from __future__ import annotations

from silhouette_plan.engine.controllers.base import Child, Controller, Host, NotNow, Step
from silhouette_plan.engine.controllers.loops import Loop
from silhouette_plan.engine.locks import Lock, lock_named
from silhouette_plan.program.controllers import (
    CallSpec,
    ChanceSpec,
    ControllerSpec,
    CriticalSectionSpec,
)


class Call(Controller):
    """A Module Controller with arguments: they are set as variables when a pass starts."""

    __slots__ = ()

    spec: CallSpec

    def start_pass(self) -> None:
        """Sets the arguments, all evaluated before the first is set."""
        user = self.life.user
        user.variables.update([(name, value(user)) for name, value in self.spec.arguments])
        super().start_pass()


class OnceOnly(Controller):
    """``OnceOnlyController``: after its pass it stays at the end until its parent announces its first iteration."""

    __slots__ = ()

    def parent_started(self, parent: Controller) -> None:
        """Loops count from 1, all other controllers from 0."""
        if parent.pass_number() == (1 if isinstance(parent, Loop) else 0):
            self.restart()

    def end_pass(self) -> bool:
        """Stays at its end."""
        return False


class RandomOrder(Controller):
    """``RandomOrderController``: the children in a new order each pass."""

    __slots__ = ()

    def initialize(self) -> None:
        """And shuffles."""
        super().initialize()
        self.life.user.random.shuffle(self.children)

    def restart(self) -> None:
        """And shuffles."""
        super().restart()
        self.life.user.random.shuffle(self.children)


class Chance(Controller):
    """Draws at the start of each pass whether to run it."""

    __slots__ = ()

    spec: ChanceSpec

    def next(self) -> Step | None:
        """Nothing, where the draw says so."""
        user = self.life.user
        if self.first and user.random.random() * 100.0 >= self.spec.percent(user):
            self.initialize_children()
            self.restart()
            return None
        return super().next()

    def end_of_loop(self) -> None:
        """The children start afresh too, as an If's do."""
        self.initialize_children()
        super().end_of_loop()


class CriticalSection(Controller):
    """``CriticalSectionController``: a pass holds a lock that all users share by name."""

    __slots__ = ("lock",)

    spec: CriticalSectionSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.lock: Lock | None = None
        life.user.closing.append(self.release)

    def next(self) -> Step | None:
        """Takes the lock at the start of a pass; an empty name locks nothing."""
        if self.first and self.lock is None:
            user = self.life.user
            name = self.spec.lock(user)
            if name:
                lock = lock_named(user, name)
                if not lock.try_acquire(user):
                    raise NotNow(lock.released)
                self.lock = lock
        return super().next()

    def restart(self) -> None:
        """The lock is given back."""
        self.release()
        super().restart()

    def release(self) -> None:
        """Gives the lock back, if it is held; also when the user ends."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None
