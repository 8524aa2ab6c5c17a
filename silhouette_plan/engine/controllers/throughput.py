"""Throughput Controller: a share or a number of its parent's iterations."""

from __future__ import annotations

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Step
from silhouette_plan.program.controllers import ControllerSpec, ThroughputSpec
from silhouette_plan.program.package import Package


class Counts:
    """Iterations of the parent seen (from 0), and how many of them ran."""

    __slots__ = ("iteration", "runs")

    def __init__(self) -> None:
        self.iteration = -1
        self.runs = 0


class Throughput(Controller):
    """``ThroughputController``: decides when its parent starts a pass; until then it gives nothing."""

    __slots__ = ("counts", "runs_this_time")

    spec: ThroughputSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        own = self.spec.per_user
        self.counts = Counts() if own else life.user.run.service(spec, Counts)
        self.runs_this_time = False

    def next(self) -> Step | None:
        """Nothing, unless it runs this time."""
        if not self.runs_this_time:
            return None
        if self.first:
            self.start_pass()
        return self.advance()

    def advance(self) -> Step | None:
        """Whether it is done is asked before each child: after the last one it stays there, with no run left."""
        children = self.children
        while not self.is_done():
            if self.current == len(children):
                self.restart()
                break
            child = children[self.current]
            if isinstance(child, Package):
                self.current += 1
                return child
            step = child.next()
            if step is not None:
                return step
            self.child_ended(child)
        return None

    def is_done(self) -> bool:
        """Nothing can come any more: no children, a share of nothing, or all runs made."""
        if not self.children:
            return True
        user = self.life.user
        if self.spec.percent is not None:
            return self.spec.percent(user) == 0.0
        assert self.spec.total is not None
        total = self.spec.total(user)
        return total == 0 or (self.counts.runs >= total and self.current >= len(self.children))

    def parent_started(self, parent: Controller) -> None:
        """Counts the parent's pass and decides about it."""
        counts = self.counts
        counts.iteration += 1
        self.runs_this_time = self.decide(counts)
        if self.runs_this_time:
            counts.runs += 1

    def decide(self, counts: Counts) -> bool:
        """Whether to run in this iteration."""
        user = self.life.user
        if self.spec.percent is None:
            assert self.spec.total is not None
            return counts.runs < self.spec.total(user)
        return (100.0 * counts.runs + 50.0) / (counts.iteration + 1) < self.spec.percent(user)
