"""The Parallel Controller: its children at the same time (``com.blazemeter.jmeter.controller.ParallelSampler``).

To the controllers above it is a sampler, as it is in the plugin: the pre-processors and timers in scope of it run once
before its children start. Its sample, where it makes one, holds those of its children; else it makes none.

1. Each child is a *branch*: a life of the same user with a controller tree of its own, which starts afresh each time and
   makes one pass. The branches share the user's variables, state, cookies and kept connections. ``previous`` and the
   sampler's name are a branch's own while it runs; the user is left with those of the branch whose sample ended last.
2. It ends when all branches have. A branch that ends the user, or turns the flow of a loop further out, ends the others
   after the samples they take.
3. The branches are tasks of one nursery within the user's task, so an interruption reaches all of them, and each records
   the sample it was in.
"""

from __future__ import annotations

from collections.abc import Sequence

import trio

from silhouette_plan.engine.controllers.base import Branch, Controller, Host
from silhouette_plan.engine.controllers.loops import PassLoop
from silhouette_plan.program.controllers import ParallelSpec, PassSpec
from silhouette_plan.program.package import Package
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


class BranchRoot(PassLoop):
    """What is above a branch's one child: a pass of it is no iteration of the user."""

    __slots__ = ()

    def initialize(self) -> None:
        """Its pass is the first again."""
        super().initialize()
        self.reset_loops()
        self.completed = False

    def start_pass(self) -> None:
        """Tells the child, if it watches."""
        Controller.start_pass(self)

    def was_left(self) -> bool:
        """Whether the flow was turned by more than what is inside the branch."""
        return self.done and not self.completed


class Parallel:
    """One Parallel Controller of one user; while its branches run, it is what the user waits for."""

    __slots__ = ("branches", "life", "sample", "spec")

    def __init__(self, spec: ParallelSpec, life: Host, branches: Sequence[Branch]) -> None:
        self.spec = spec
        self.life = life
        self.branches = branches
        self.sample: Sample | None = None

    async def take(self, user: User) -> Sample | None:
        """Runs the branches; gives their common sample, where one is wanted."""
        spec, life = self.spec, self.life
        for told in spec.on_iteration:
            if not isinstance(told, int):
                told(user)
        self.sample = sample = self.begun(user) if spec.whole else None
        for branch in self.branches:
            branch.renew(life.within if sample is None else self)
        life.waiting = self
        try:
            await self.run_branches(spec.limit(user))
        except trio.Cancelled:
            if sample is not None:
                life.waiting, user.under_way = None, sample
            raise
        life.waiting = None
        if sample is not None and not sample.subresults:
            clock = user.run.clock
            sample.elapsed = clock.stamp(clock.now()) - sample.start
        return sample

    async def run_branches(self, limit: int) -> None:
        """All of them, in their order, at most ``limit`` at a time."""
        count = len(self.branches)
        waiting = iter(self.branches)

        async def run_next() -> None:
            for branch in waiting:
                await branch.run()

        try:
            async with trio.open_nursery() as nursery:
                for _ in range(min(limit, count) if limit > 0 else count):
                    nursery.start_soon(run_next)
        except* trio.Cancelled:
            pass
        # Who was interrupted is so once, however many branches it had.
        await trio.lowlevel.checkpoint_if_cancelled()

    def cancel(self) -> None:
        """Ends the branches after their samples."""
        for branch in self.branches:
            branch.stop()

    def begun(self, user: User) -> Sample:
        """The sample that is to hold those of the branches."""
        clock = user.run.clock
        sample = Sample(self.spec.name.evaluate(user), clock.stamp(clock.now()))
        sample.success = True
        sample.code, sample.message = "200", "OK"
        return sample

    def add(self, sample: Sample) -> None:
        """A branch has made a sample (``SampleResult.addSubResult``)."""
        whole = self.sample
        assert whole is not None
        whole.success = whole.success and sample.success
        whole.elapsed = max(whole.elapsed, sample.start + sample.elapsed + sample.idle - whole.start)
        whole.received += sample.received
        whole.sent += sample.sent
        whole.headers_size += sample.headers_size
        whole.body_size += sample.body_length
        whole.subresults = [*whole.subresults, sample]
        sample.parent = whole


def parallel(spec: ParallelSpec, life: Host) -> Package:
    """The sampler that a user's Parallel Controller is."""
    branches = [life.branch(_root(spec, index)) for index in range(len(spec.children))]
    return spec.package(Parallel(spec, life, branches).take)


def _root(spec: ParallelSpec, index: int) -> PassSpec:
    told = (0,) if index in spec.on_iteration else ()
    return PassSpec(node=spec.node, name=spec.name, children=(spec.children[index],), on_iteration=told)
