"""Interleave, Random and Weighted Switch: one child a pass.

A turn starts at the current position and is over when a child gave what it had to give, or when the search comes back
to where it started. With ``whole``, a child controller runs to its end; without it (JMeter's default, *ignore
sub-controllers*) it gives one sampler a turn and goes on where it was in its next one.

Without ``whole``, JMeter asks a child that gives nothing and is not done (an If that is false) again, until it gives
something: an If that draws runs in the end, whatever its chance. One that never will (a Throughput Controller that
skips) is a ``StackOverflowError``, the user dies. Here a child is passed over, as with ``whole``, after ``spec.asks``
answers of None in a row: two where asking changes nothing, because a Loop at its end answers None once and then starts
afresh in the same turn. Likewise JMeter's search has no end where the child it started from was done and went: here it
ends after ``MANY`` answers a child.
"""

from __future__ import annotations

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Step
from silhouette_plan.program.controllers import ControllerSpec, InterleaveSpec, RandomSpec, WeightedSwitchSpec
from silhouette_plan.program.package import Package

MANY = 1_000


class Interleave(Controller):
    """``InterleaveControl``."""

    __slots__ = ("anew", "gave", "search_start", "turn_over")

    spec: InterleaveSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.turn_over = False
        self.gave = False
        self.anew = True
        self.search_start: Child | None = None

    def initialize(self) -> None:
        """Across users, each starts at another child."""
        super().initialize()
        if self.spec.across_users and self.children:
            self.current = self.life.user.number % len(self.children)

    def restart(self) -> None:
        """To the next turn; the position stays."""
        self.first = True
        self.gave = False
        self.search_start = None
        self.anew = True
        self.turn_over = False
        self.passes += 1

    def next(self) -> Step | None:
        """What the turn gives next."""
        unanswered: Child | None = None
        asked = fruitless = 0
        while not self.turn_over and fruitless <= MANY * (1 + len(self.children)):
            if self.first:
                self.start_pass()
            if self.done:
                return None
            if not self.children:
                self.finish()
                return None
            child = self.children[self.current] if self.current < len(self.children) else None
            if self.search_start is None:
                self.search_start = child
            elif self.search_start is child and not self.anew:
                break
            if child is None:
                self.reset_position()
            elif isinstance(child, Package):
                self.turn_over = True
                self.advance_position()
                return child
            elif (step := child.next()) is not None:
                self.given()
                return step
            else:
                fruitless += 1
                asked = asked + 1 if child is unanswered else 1
                unanswered = child
                self.pass_over(child, asked >= self.spec.asks)
        self.restart()
        return None

    def given(self) -> None:
        """A child controller gave something."""
        self.gave = True
        if self.spec.whole:
            self.search_start = None
        else:
            self.advance_position()
            self.turn_over = True

    def pass_over(self, child: Controller, asked_enough: bool) -> None:
        """A child controller answered None."""
        if child.is_done():
            self.remove_current()
        elif self.spec.whole or asked_enough:
            self.advance_position()

    def remove_current(self) -> None:
        """The current child goes."""
        del self.children[self.current]

    def advance_position(self) -> None:
        """To the child after; a turn in which a child controller gave something is over with that."""
        if self.gave:
            self.turn_over = True
        self.anew = False
        self.step_position()

    def step_position(self) -> None:
        """To the child after."""
        self.current += 1


class Random(Interleave):
    """``RandomController``: the next position is drawn, evenly or by weight."""

    __slots__ = ("weights",)

    spec: RandomSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.weights = list(self.spec.weights)

    def reset_position(self) -> None:
        """Drawn."""
        self.current = self.draw() if self.children else 0

    def step_position(self) -> None:
        """Drawn."""
        self.current = self.draw()

    def draw(self) -> int:
        """An index of a child."""
        user = self.life.user
        if not self.weights:
            return user.random.randrange(len(self.children))
        weights = [max(0.0, weight(user)) for weight in self.weights]
        point = user.random.random() * sum(weights)
        for index, weight in enumerate(weights):
            point -= weight
            if point < 0:
                return index
        return len(self.children) - 1

    def remove_current(self) -> None:
        """Its weight goes too."""
        super().remove_current()
        if self.weights:
            del self.weights[self.current]


class WeightedSwitch(Controller):
    """``WeightedSwitchController``: one child a pass, in proportion to its weight.

    Without a draw, the child is chosen that is furthest behind its share of the passes so far, the first on a tie.
    """

    __slots__ = ("chosen_before", "weights")

    spec: WeightedSwitchSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.weights = list(self.spec.weights)
        self.chosen_before = [0] * len(children)

    def next(self) -> Step | None:
        """Chooses when a pass starts."""
        if self.first and self.children:
            self.current = self.choose()
        return super().next()

    def advance(self) -> Step | None:
        """The chosen child alone."""
        children = self.children
        while self.current < len(children):
            child = children[self.current]
            if isinstance(child, Package):
                self.current = len(children)
                return child
            step = child.next()
            if step is not None:
                return step
            self.child_ended(child)
        return super().advance()

    def child_ended(self, child: Controller) -> None:
        """The turn is over; a child that is done goes, and its weight."""
        if child.is_done():
            del self.children[self.current], self.weights[self.current], self.chosen_before[self.current]
        self.current = len(self.children)

    def choose(self) -> int:
        """The index of this pass's child; beyond the last where all weights are nothing."""
        user = self.life.user
        weights = [max(0.0, weight(user)) for weight in self.weights]
        total = sum(weights)
        if total <= 0:
            return len(self.children)
        index = self.drawn(weights) if self.spec.drawn else self.furthest_behind(weights, total)
        self.chosen_before[index] += 1
        return index

    def drawn(self, weights: list[float]) -> int:
        """By chance."""
        return self.life.user.random.choices(range(len(weights)), weights)[0]

    def furthest_behind(self, weights: list[float], total: float) -> int:
        """In fixed proportion; where nobody is behind, the heaviest."""
        passes = sum(self.chosen_before) or 1
        behind = [weight / total - count / passes for weight, count in zip(weights, self.chosen_before, strict=True)]
        most = max(behind)
        return behind.index(most) if most > 0 else weights.index(max(weights))
