"""A branch of a user's life: what one child of a Parallel Controller does while the others do theirs."""

from __future__ import annotations

from silhouette_plan.engine.controllers import BranchRoot, Holder, ParentStep, Step, branch_root
from silhouette_plan.engine.flow import redirect
from silhouette_plan.engine.life import Life
from silhouette_plan.program.controllers import PassSpec
from silhouette_plan.results.sample import NextAction, Sample


class Branch(Life):
    """One pass over one child, beside the other branches of ``parent``.

    ``origin`` is the life that is the user's own. ``finished`` says that the branch had its way: it came to its end, or
    turned the flow further out; ``halted`` that others end it.
    """

    __slots__ = ("finished", "halted", "holder", "origin", "parent", "root")

    def __init__(self, parent: Life, spec: PassSpec) -> None:
        super().__init__(parent.session, parent.spec, parent.user.branch(), parent.deadline)
        self.parent = parent
        self.origin: Life = parent.origin if isinstance(parent, Branch) else parent
        self.holder: Holder | None = None
        self.finished = self.halted = False
        self.root: BranchRoot = branch_root(spec, self)
        self.loop = self.root
        self.observe = self.hand_up
        self.user.closing.append(self.let_go)

    def let_go(self) -> None:
        """Cuts the references in a circle, at the end of the user."""
        del self.user.pause, self.root, self.loop, self.observe

    def renew(self, holder: Holder | None) -> None:
        """Back to the start; samples go to ``holder``, if there is one."""
        self.user = self.parent.user.branch()
        self.user.pause = self.pause
        self.holder = holder
        self.finished = self.halted = False
        self.package = None
        self.open_transactions.clear()
        self.root.initialize()

    async def run(self) -> None:
        """One pass. Where it ends in any other way than a pass does, so does the user."""
        await self.walk()
        if self.finished:
            return
        if not self.halted:
            Life.stop(self.parent)
        elif self.parent.user.next_action is not NextAction.CONTINUE and self.package is not None:
            redirect(self.root, self.package, NextAction.NEXT_THREAD_LOOP)

    def stop(self) -> None:
        """Others end it, after its sample."""
        self.halted = True
        super().stop()

    def begin(self) -> None:
        """There is nothing to do first: the user is under way."""

    async def next_pass(self) -> None:
        """There is none."""
        if not self.user.stopping:
            self.finished = self.user.stopping = True

    async def turn_back(self, step: Step, failed: bool) -> None:
        """Of a loop within the branch; or else the parent turns, and with it all branches end."""
        action = NextAction.NEXT_THREAD_LOOP if failed else self.user.next_action
        await super().turn_back(step, failed)
        if self.root.was_left():
            self.parent.user.next_action = action
            if self.parent.waiting is not None:
                self.parent.waiting.cancel()
            self.finished = self.user.stopping = True

    async def process(self, step: Step, parent: ParentStep | None) -> Sample | None:
        """As in any life; the user's last sample is then this one."""
        result = await super().process(step, parent)
        self.parent.user.previous = self.user.previous
        self.parent.user.sampler_name = self.user.sampler_name
        return result

    def look_at_time(self) -> None:
        """The user's time is the branch's."""
        self.ending = self.origin.ending
        super().look_at_time()

    def add_up(self, sample: Sample, open_to: frozenset[int]) -> None:
        """Transactions around the Parallel Controller count the sample too."""
        super().add_up(sample, open_to)
        self.parent.add_up(sample, open_to)

    def hand_up(self, sample: Sample) -> None:
        """A sample that holds those of the branches comes first."""
        if self.holder is None:
            self.parent.observe(sample)
        else:
            self.holder.add(sample)
