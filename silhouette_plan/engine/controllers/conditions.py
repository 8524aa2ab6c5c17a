"""If, Choice and Switch: which of the children run is decided when a pass starts."""

from __future__ import annotations

import re

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Step
from silhouette_plan.program.controllers import ChoiceSpec, ControllerSpec, IfSpec, SwitchSpec

_NUMBER = re.compile(r"\d+", re.ASCII)


class If(Controller):
    """``IfController``. It is never done, since its condition may hold next time."""

    __slots__ = ()

    spec: IfSpec

    def is_done(self) -> bool:
        """Never."""
        return False

    def next(self) -> Step | None:
        """Asks the condition when a pass starts."""
        if self.first and not self.spec.condition(self.life.user):
            self.skip()
            return None
        return super().next()

    def skip(self) -> None:
        """The condition does not hold: all below starts afresh."""
        self.initialize_children()
        self.restart()

    def end_of_loop(self) -> None:
        """Cut short; all below starts afresh."""
        self.initialize_children()
        self.restart()


class IfEachChild(If):
    """An If that asks its condition before each child. JMeter keeps the answer until the next sample."""

    __slots__ = ()

    def next(self) -> Step | None:
        """Asks each time."""
        if self.spec.condition(self.life.user):
            return Controller.next(self)
        self.skip()
        return None


class Choice(Controller):
    """``if … else if … else``: the first child whose condition holds runs whole."""

    __slots__ = ()

    spec: ChoiceSpec

    def is_done(self) -> bool:
        """Never: another arm may hold next time."""
        return False

    def next(self) -> Step | None:
        """Chooses when a pass starts."""
        if self.first:
            user = self.life.user
            holds = (index for index, condition in enumerate(self.spec.conditions) if condition(user))
            self.current = next(holds, len(self.children))
        return super().next()

    def child_ended(self, child: Controller) -> None:
        """One arm is enough; none is ever removed, so that conditions and children stay side by side."""
        self.current = len(self.children)

    def end_of_loop(self) -> None:
        """Cut short; all below starts afresh."""
        self.initialize_children()
        self.restart()


class Switch(Controller):
    """``SwitchController``: one child a pass, by its index from 0 or its name."""

    __slots__ = ("names",)

    spec: SwitchSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.names = list(self.spec.names)

    def next(self) -> Step | None:
        """Chooses when a pass starts."""
        if self.first:
            self.current = self.chosen()
        return super().next()

    def advance(self) -> Step | None:
        """The chosen child alone. One that is done is removed, and the one that moves up runs in its place."""
        children = self.children
        while self.current < len(children):
            child = children[self.current]
            if isinstance(child, Controller):
                step = child.next()
                if step is not None:
                    return step
                self.child_ended(child)
            else:
                self.current = len(children)
                return child
        return super().advance()

    def child_ended(self, child: Controller) -> None:
        """The turn is over, unless the child goes."""
        if child.is_done():
            del self.children[self.current], self.names[self.current]
        else:
            self.current = len(self.children)

    def chosen(self) -> int:
        """The index of the child to run; beyond the last for none."""
        user = self.life.user
        value = self.spec.value(user).strip()
        if not value:
            return 0
        if _NUMBER.fullmatch(value):
            index = int(value)
            return index if index < len(self.children) else 0
        names = [name(user) for name in self.names]
        if value in names:
            return names.index(value)
        defaults = [index for index, name in enumerate(names) if name.lower() == "default"]
        return defaults[-1] if defaults else len(self.children)
