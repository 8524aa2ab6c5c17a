"""Loop, While and Runtime: passes repeated within one visit."""

from __future__ import annotations

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Iterating, Step
from silhouette_plan.program.controllers import ControllerSpec, LoopSpec, PassSpec, RuntimeSpec, WhileSpec
from silhouette_plan.program.package import Package

FOR_EVER = -1


class Loop(Iterating):
    """``LoopController``. Its count is read once a run of the loop; while it is 0 or endless, each time it is looked at."""

    __slots__ = ("count",)

    spec: LoopSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.count = self.spec.fixed

    def next(self) -> Step | None:
        """None once all passes are made; one that does not repeat is done then."""
        self.publish()
        try:
            if self.ended():
                if not self.spec.repeats:
                    self.finish()
                self.breaking = False
                return None
            return super().next()
        finally:
            self.publish()

    def ended(self) -> bool:
        """Whether no pass is left."""
        if self.breaking:
            return True
        count = self.count
        if self.spec.fixed is None and (not count or count == FOR_EVER):
            count = self.count = self.spec.loops(self.life.user)
        return self.loops >= count > FOR_EVER  # type: ignore[operator]

    def end_pass(self) -> bool:
        """On with the next pass, if one is left."""
        self.restart()
        if not self.ended():
            self.publish()
            return True
        if self.spec.repeats:
            self.reset_loops()
        else:
            self.finish()
        return False

    def finish(self) -> None:
        """It has nothing left to give; a break that was asked for is forgotten."""
        self.breaking = False
        self.count = self.spec.fixed
        self.done = True

    def reset_loops(self) -> None:
        """The count of loops is read again too."""
        self.loops = 0
        self.count = self.spec.fixed


class MainLoop(Loop):
    """The loop of a group: each pass is an iteration of the user."""

    __slots__ = ()

    def start_pass(self) -> None:
        """Counts the iteration before anybody else is told."""
        self.life.user.iteration += 1
        if self.listeners:
            super().start_pass()
        else:
            self.first = False


class StraightLoop(Loop):
    """A loop of a constant count that holds samplers alone: nothing in it has a say in what comes next, so all but its last
    turn is taken at a glance."""

    __slots__ = ()

    def next(self) -> Step | None:
        """As of any loop."""
        count = self.count
        assert count is not None
        if self.done or self.breaking:
            return super().next()
        index, children = self.current, self.children
        if self.first or index == len(children):
            loops = self.loops if self.first else self.loops + 1
            if loops >= count > FOR_EVER:
                return super().next()
            self.loops = loops
            self.first = True
            self.current = index = 0
            if self.listeners:
                self.publish()
            self.start_pass()
        self.current = index + 1
        self.life.user.variables[self.spec.index_name] = self.loops
        return children[index]  # type: ignore[return-value]


class StraightMainLoop(StraightLoop, MainLoop):
    """The same as the loop of a group."""

    __slots__ = ()


def is_straight(spec: LoopSpec) -> bool:
    """Whether the loop may be straight."""
    return (
        spec.fixed is not None
        and bool(spec.children and spec.index_name)
        and all(isinstance(child, Package) for child in spec.children)
    )


class PassLoop(Iterating):
    """The main controller of a group that decides pass by pass: it is done after each, until it is renewed.

    It is no Loop Controller (``VirtualUserController``, ``OpenModelThreadGroupController``), so it counts its passes from
    0 and publishes no index. ``completed`` says of the last pass that it came to its end, ``broken`` that it was left for
    good.
    """

    __slots__ = ("broken", "completed")

    spec: PassSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.completed = self.broken = False

    def renew(self) -> None:
        """There is another pass."""
        self.done = False

    def start_pass(self) -> None:
        """Counts the iteration before anybody else is told."""
        self.life.user.iteration += 1
        super().start_pass()

    def end_pass(self) -> bool:
        """The pass came to its end."""
        self.start_next_loop()
        self.completed = True
        return False

    def start_next_loop(self) -> None:
        """The pass is over."""
        self.restart()
        self.done = True
        self.completed = False

    def break_loop(self) -> None:
        """There is no other pass."""
        self.start_next_loop()
        self.broken = True

    def pass_number(self) -> int:
        """Counts from 0."""
        return self.loops


class While(Iterating):
    """``WhileController``."""

    __slots__ = ()

    spec: WhileSpec

    def initialize(self) -> None:
        """The count starts again too."""
        super().initialize()
        self.loops = 0

    def next(self) -> Step | None:
        """Asks before the first pass, so that it may not be entered at all."""
        self.publish()
        try:
            if self.first and self.ended(False):
                self.leave()
                return None
            return super().next()
        finally:
            self.publish()

    def end_pass(self) -> bool:
        """Asks again."""
        self.restart()
        if self.ended(True):
            self.leave()
            return False
        self.publish()
        return not (self.first and self.ended(False)) or self.leave()

    def ended(self, after_pass: bool) -> bool:
        """Whether the condition says so; a blank one is only asked after a pass."""
        return self.breaking or not self.spec.goes_on(self.life.user, after_pass)

    def leave(self) -> bool:
        """The loop is over; False, for ``end_pass``."""
        self.breaking = False
        self.reset_loops()
        return False

    def end_of_loop(self) -> None:
        """As of any loop; the condition is evaluated once more, for what it may do."""
        self.restart()
        self.ended(True)
        self.reset_loops()

    def pass_number(self) -> int:
        """Counts from 0."""
        return self.loops


class Runtime(Controller):
    """``RunTime``: passes until its seconds, whole ones, are over; looked at between samplers."""

    __slots__ = ("loops", "started")

    spec: RuntimeSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.loops = 0
        self.started: float | None = None

    def is_done(self) -> bool:
        """A runtime of nothing is done at once."""
        return self.spec.seconds(self.life.user) <= 0 or not self.children or self.done

    def next(self) -> Step | None:
        """None once its time is over."""
        if self.started is None:
            self.started = self.life.user.run.clock.now()
        if self.over():
            self.restart()
            self.reset_loops()
            return None
        return super().next()

    def over(self) -> bool:
        """Whether the time is over."""
        assert self.started is not None
        user = self.life.user
        return int(user.run.clock.now() - self.started) >= self.spec.seconds(user)

    def end_pass(self) -> bool:
        """Another pass while there is time."""
        self.restart()
        if self.over():
            self.reset_loops()
            return False
        return True

    def restart(self) -> None:
        """To the start of the next pass."""
        self.first = True
        self.reset_position()
        self.loops += 1

    def reset_loops(self) -> None:
        """The clock starts again."""
        self.loops = 0
        self.started = None

    def end_of_loop(self) -> None:
        """Cut short; the clock starts again."""
        self.restart()
        self.reset_loops()

    def pass_number(self) -> int:
        """Counts from 1."""
        return self.loops + 1
