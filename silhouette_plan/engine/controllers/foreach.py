"""ForEach, over variables with a number and over values given."""

from __future__ import annotations

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Iterating, Step
from silhouette_plan.program.controllers import ControllerSpec, ForeachSpec, ForeachValueSpec


class Foreach(Iterating):
    """``ForeachController``. ``loops`` is the index of the value in use; the next is ``loops + 1``.

    The loop variable is set whenever somebody asks whether the controller is done, also its parent after the last pass,
    which leaves it at the first value.
    """

    __slots__ = ()

    spec: ForeachSpec

    def initialize(self) -> None:
        """Also to the first index."""
        super().initialize()
        self.reset_loops()

    def is_done(self) -> bool:
        """Past the end index; else the value at the index is set, if there is one."""
        if self.past_end():
            return True
        user = self.life.user
        value = self.value()
        if value is None:
            return self.done
        user.variables[self.spec.returned(user)] = value
        return False

    def next(self) -> Step | None:
        """None once the values are over."""
        self.publish()
        try:
            if self.breaking or self.value() is None:
                self.breaking = False
                self.restart()
                self.reset_loops()
                return None
            if self.first:
                self.start_pass()
            if self.is_done():
                return None
            return self.advance()
        finally:
            self.publish()

    def child_ended(self, child: Controller) -> None:
        """The loop variable is set again before the child after it."""
        super().child_ended(child)
        self.is_done()

    def end_pass(self) -> bool:
        """On with the next value, if there is one."""
        self.restart()
        if self.breaking or self.value() is None or self.past_end():
            self.breaking = False
            self.reset_loops()
            return False
        self.publish()
        self.is_done()
        return True

    def past_end(self) -> bool:
        """Whether the end index is reached."""
        end = self.spec.end
        return end is not None and self.loops >= end(self.life.user)

    def value(self) -> object:
        """The value at the index, None where it is unset."""
        user = self.life.user
        return user.variables.get(f"{self.spec.source(user)}{self.spec.separator}{self.loops + 1}")

    def reset_loops(self) -> None:
        """To the start index."""
        self.loops = self.spec.start(self.life.user)


class ForeachValue(Iterating):
    """The language's ``foreach x in …``: its values are read when it is entered, ``x`` is set at each pass."""

    __slots__ = ("values",)

    spec: ForeachValueSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.values: list[str] | None = None

    def is_done(self) -> bool:
        """Only without children: the values may be others next time."""
        return not self.children

    def next(self) -> Step | None:
        """None once the values are over."""
        self.publish()
        try:
            if self.values is None:
                self.values = self.spec.values(self.life.user)
            if self.breaking or self.loops >= len(self.values):
                self.leave()
                return None
            return super().next()
        finally:
            self.publish()

    def start_pass(self) -> None:
        """Sets the variable, then tells those who watch."""
        assert self.values is not None
        user = self.life.user
        user.variables[self.spec.returned(user)] = self.values[self.loops]
        super().start_pass()

    def end_pass(self) -> bool:
        """On with the next value, if there is one."""
        self.restart()
        assert self.values is not None
        if self.breaking or self.loops >= len(self.values):
            self.leave()
            return False
        self.publish()
        return True

    def leave(self) -> None:
        """The loop is over."""
        self.breaking = False
        self.first = True
        self.reset_position()
        self.reset_loops()

    def reset_loops(self) -> None:
        """The values are read again."""
        self.loops = 0
        self.values = None

    def break_loop(self) -> None:
        """*Break*."""
        super().break_loop()
        self.values = []
