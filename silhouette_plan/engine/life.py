"""A user's life: one step after another (``org.apache.jmeter.threads.JMeterThread.run``).

The main loop gives the steps. After each: the end of the group's time is looked at, then what the sample or the step
asked for (stop, next iteration, break). What a step raises loses its sample, and the user goes on; what a controller
raises ends the user.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import trio

from silhouette_plan.engine.controllers import (
    Cancellable,
    Holder,
    MainLoop,
    NotNow,
    Package,
    ParentStep,
    PassLoop,
    PlainTransaction,
    Step,
    main_loop,
)
from silhouette_plan.engine.flow import redirect
from silhouette_plan.engine.package import LAST_OK, judge, run_package
from silhouette_plan.engine.session import Session
from silhouette_plan.program.controllers import PassSpec
from silhouette_plan.program.groups import GroupSpec, OnError
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import NextAction, Sample
from silhouette_plan.values.template import StopTest, StopUser, UserError
from silhouette_plan.values.user import User

if TYPE_CHECKING:
    from silhouette_plan.engine.branch import Branch

EMPTY_PASS = 0.1
"""How long a pass takes that has no steps (s)."""

_CONTINUE = NextAction.CONTINUE

TURN = 50
"""Steps after which a user lets others go on, whether or not its samplers ever wait."""

Again = Callable[["Life", bool], Awaitable[bool]]
"""Says after a user's pass whether there is another; it is told whether the pass came to its end or was cut short."""


class Life:
    """One user and what drives it. ``deadline`` is when its group's time is over, on the run's clock; ``again`` says after a
    pass whether there is another, where the group decides that; ``ending``: the next sample, or the one under way, is
    the last. ``observe`` tells the observers of a sample, when the turn ends; ``now`` is the run's clock."""

    __slots__ = (
        "again",
        "deadline",
        "ending",
        "loop",
        "now",
        "observe",
        "on_error",
        "open_transactions",
        "package",
        "session",
        "spec",
        "turn",
        "user",
        "waiting",
        "within",
    )

    def __init__(
        self,
        session: Session,
        spec: GroupSpec,
        user: User,
        deadline: float | None = None,
        again: Again | None = None,
    ) -> None:
        self.session = session
        self.spec = spec
        self.user = user
        self.deadline = user.deadline = deadline
        self.again = again
        self.ending = False
        self.on_error = spec.on_error
        self.package: Package | None = None
        self.open_transactions: list[PlainTransaction] = []
        self.within: Holder | None = None
        self.waiting: Cancellable | None = None
        self.turn = TURN
        self.now = session.run.clock.now
        self.observe: Callable[[Sample], None] = session.samples.append
        self.loop: MainLoop | PassLoop
        user.pause = self.pause

    def stop(self) -> None:
        """Ends the user after its sample; a pause is cut short."""
        self.user.stopping = True
        if self.waiting is not None:
            self.waiting.cancel()

    async def live(self) -> None:
        """From the first step to the last."""
        session, user = self.session, self.user
        user.group.active_users += 1
        user.run.active_users += 1
        user.run.started_users += 1
        session.user_started(user.thread_name)
        try:
            await self.walk()
        finally:
            for close in reversed(user.closing):
                close()
            user.group.active_users -= 1
            user.run.active_users -= 1
            user.run.finished_users += 1
            session.alive.discard(self)
            session.user_ended(user.thread_name)
            self.let_go()

    def let_go(self) -> None:
        """Cuts the references in a circle, so that the user is freed now and not by the garbage collector, which rests."""
        user = self.user
        user.state.clear()
        user.closing.clear()
        del user.pause
        if hasattr(self, "loop"):
            del self.loop

    async def walk(self) -> None:
        """The steps, until the loop is done or the user is stopped."""
        user = self.user
        try:
            self.begin()
            while not user.stopping:
                await self.iterate()
        except StopTest as stop:
            self.stop_test(stop.now)
        except StopUser:
            user.stopping = True
        except UserError as error:
            user.run.finding("RN002", f"{user.thread_name}: {error}")
        except Exception as error:
            user.run.finding("RN002", f"{user.thread_name}: {type(error).__name__}: {error}")

    def begin(self) -> None:
        """Before the first step."""
        user = self.user
        user.variables[LAST_OK] = "true"
        user.variables["__jmv_SAME_USER"] = "true" if self.spec.same_user else "false"
        self.loop = main_loop(self.spec.body, self)
        for act in self.spec.start:
            act(user)

    async def iterate(self) -> None:
        """Steps until the main loop has none left; a step that redirects the flow ends the walk too."""
        user, loop = self.user, self.loop
        variables = user.variables
        now, plain = self.now, self.__class__ is Life
        restarts = self.on_error is OnError.START_NEXT_LOOP
        while True:
            # Asked once more when the user was stopped: transactions at their end report, data advances.
            try:
                step = loop.next()
            except NotNow as not_now:
                if user.stopping:
                    break
                await self.wait(not_now.wait)
                self.look_at_time()
                continue
            if step is None or user.stopping:
                break
            if plain and step.__class__ is Package:
                # What ``process`` does, without its frame on the way of every wait.
                try:
                    await run_package(self, step, None)
                except Exception as error:
                    self.meet(step, error)
                if self.ending or (self.deadline is not None and now() >= self.deadline):
                    user.stopping = True
            else:
                await self.process(step, None)
            # Looked at before others go on: branches of a user share the variable.
            failed = restarts and variables.get(LAST_OK) != "true"
            turns = failed or user.next_action is not _CONTINUE
            if turns:
                await self.turn_back(step, failed)
            self.turn -= 1
            if not self.turn:
                self.turn = TURN
                await trio.lowlevel.checkpoint()
            if turns:
                break
        if loop.is_done():
            await self.next_pass()

    async def next_pass(self) -> None:
        """The main loop is at its end; where the group decides pass by pass, it is asked for another."""
        user, loop = self.user, self.loop
        if user.stopping:
            return
        if (
            self.again is None
            or not isinstance(loop, PassLoop)
            or loop.broken
            or not await self.again(self, loop.completed)
        ):
            user.stopping = True
        else:
            loop.renew()
            if not loop.children:
                await self.pause(EMPTY_PASS)

    async def turn_back(self, step: Step, failed: bool) -> None:
        """Next iteration or break, of the current loop or of the user's."""
        user = self.user
        action = NextAction.NEXT_THREAD_LOOP if failed else user.next_action
        redirect(self.loop, step, action)
        if isinstance(step, ParentStep):
            self.complete(step, None)
        user.next_action = NextAction.CONTINUE
        user.variables[LAST_OK] = "true"

    async def process(self, step: Step, parent: ParentStep | None) -> Sample | None:
        """Runs ``step``; gives the sample of a parent transaction that ended."""
        result: Sample | None = None
        try:
            if isinstance(step, Package):
                await run_package(self, step, parent)
            elif step.ended:
                result = self.complete(step, parent)
            elif isinstance(step.inner, ParentStep):
                inner = await self.process(step.inner, step)
                if inner is not None:
                    step.add(inner)
            elif step.inner is not None:
                await run_package(self, step.inner, step)
        except Exception as error:
            self.meet(step, error)
        self.look_at_time()
        if self.user.stopping and result is None and isinstance(step, ParentStep):
            result = self.complete(step, parent)
        return result

    def look_at_time(self) -> None:
        """Ends the user where its group's time is over, or where this was to be its last step."""
        if self.ending or (self.deadline is not None and self.now() >= self.deadline):
            self.user.stopping = True

    def complete(self, step: ParentStep, parent: ParentStep | None) -> Sample:
        """The sample of a parent transaction is judged, and reported unless another one holds it."""
        sample, spec = step.sample, step.spec
        self.sign_one(sample)
        judge(self.user, spec.judges, sample)
        if not step.ended:
            sample = step.as_it_stands()
        if parent is None:
            if step.told:
                self.add_up(sample, spec.open_to)
            else:
                step.told = True
                self.notify(sample, spec.listeners, spec.open_to)
                self.observe(sample)
        return sample

    def sign(self, sample: Sample) -> None:
        """Writes the user's name and the counts of users into a sample and its sub-samples; theirs have the name only."""
        self.sign_one(sample)
        for sub in sample.subresults:
            self.sign_one(sub)
            for below in sub.subresults:
                self.name_all(below)

    def sign_one(self, sample: Sample) -> None:
        """Writes the user's name and the counts of users into a sample alone."""
        user = self.user
        sample.thread_name = user.thread_name
        sample.group_threads = user.group.active_users
        sample.all_threads = user.run.active_users

    def name_all(self, sample: Sample) -> None:
        """Writes the user's name into a sample and all below."""
        sample.thread_name = self.user.thread_name
        for sub in sample.subresults:
            self.name_all(sub)

    def notify(self, sample: Sample, listeners: Sequence[After], open_to: frozenset[int]) -> None:
        """Tells the transactions under way and the plan's listeners of a sample."""
        if self.session.sample_variables:
            self.keep_variables(sample)
        self.add_up(sample, open_to)
        if listeners:
            self.tell(sample, listeners)

    def add_up(self, sample: Sample, open_to: frozenset[int]) -> None:
        """Adds a sample to the transactions under way that are among ``open_to``."""
        for transaction in self.open_transactions:
            if transaction.spec.key in open_to:
                transaction.add(sample)

    def report(self, sample: Sample, package: Package) -> None:
        """A plain transaction's sample; other transactions do not count it."""
        self.keep_variables(sample)
        self.tell(sample, package.all_listeners)
        self.observe(sample)

    def keep_variables(self, sample: Sample) -> None:
        """Stores the variables that ``sample_variables`` names, as they are now."""
        names = self.session.sample_variables
        if names:
            variables = self.user.variables
            sample.variables = tuple(None if variables.get(name) is None else str(variables[name]) for name in names)

    def tell(self, sample: Sample, listeners: Sequence[After]) -> None:
        """Hands a sample to listeners in the plan."""
        user = self.user
        for listener in listeners:
            try:
                listener(user, sample)
            except Exception as error:
                user.run.finding("RN003", f"{sample.label}: {type(error).__name__}: {error}")

    def branch(self, spec: PassSpec) -> Branch:
        """What does one of several things that the user does at once."""
        from silhouette_plan.engine.branch import Branch  # a branch is a life itself

        return Branch(self, spec)

    def meet(self, step: Step, error: Exception) -> None:
        """A step raised: what it asks for is done, or else its sample is lost. Raises ``UserError`` on."""
        user = self.user
        match error:
            case StopTest():
                self.stop_test(error.now)
            case StopUser():
                user.stopping = True
            case UserError():
                raise error
            case _:
                told = f"{user.thread_name}: {user.sampler_name}: {type(error).__name__}: {error}"
                user.run.finding("RN001", told)

    def stop_test(self, now: bool) -> None:
        """The whole run ends, this user with it."""
        self.user.stopping = True
        self.user.run.stop(now)

    async def delay(self, seconds: float) -> None:
        """A timer's pause: where it would outlast the group's time, the user ends instead."""
        moment = self.now() + seconds
        if self.deadline is not None and moment > self.deadline:
            self.user.stopping = True
        else:
            await self.sleep_until(moment)

    async def pause(self, seconds: float) -> None:
        """A pause that the end of the group's time cuts short."""
        moment = self.now() + seconds
        await self.sleep_until(moment if self.deadline is None else min(moment, self.deadline))

    async def sleep_until(self, moment: float) -> None:
        """Waits until ``moment`` on the run's clock, or until the user is stopped."""
        if self.user.stopping:
            return
        self.waiting = pause = self.session.sleeper.until(moment)
        await pause.over()
        self.waiting = None

    async def wait(self, wait: Callable[[], Awaitable[None]]) -> None:
        """Awaits ``wait``, or until the user is stopped."""
        if not self.user.stopping:
            with trio.CancelScope() as scope:
                self.waiting = scope
                await wait()
            self.waiting = None
