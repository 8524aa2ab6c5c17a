"""Transactions: samples added up, as a row after them or as their parent.

A *plain* transaction (``TransactionController``) listens to the samples of all samplers in reach while it is under way
and reports through the listeners of the sampler last run. It counts what it handed out, and once more for each child
controller that answered None before, as JMeter's recursion does.

A *parent* transaction (``TransactionSampler``) hands out a ``ParentStep`` in place of its samplers; the engine runs the
sampler inside and adds its sample.
"""

from __future__ import annotations

from copy import copy

from silhouette_plan.engine.controllers.base import Child, Controller, Host, Step
from silhouette_plan.program.controllers import ControllerSpec, TransactionSpec
from silhouette_plan.program.package import Package
from silhouette_plan.results.sample import Sample


def _message(count: int, failing: int) -> str:
    return f"Number of samples in transaction : {count}, number of failing samples : {failing}"


def _end(sample: Sample) -> int:
    return sample.start + sample.elapsed + sample.idle


class PlainTransaction(Controller):
    """Reports a row of its own after its children."""

    __slots__ = ("calls", "failing", "pause", "previous_end", "sample", "unanswered")

    spec: TransactionSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.sample: Sample | None = None
        self.calls = self.failing = self.unanswered = 0
        self.pause = self.previous_end = 0

    def next(self) -> Step | None:
        """Opens at the start of a pass, reports at its end."""
        if self.first:
            self.open()
            self.start_pass()
        if self.done:
            self.report()
            return None
        children = self.children
        while self.current < len(children):
            child = children[self.current]
            if isinstance(child, Package):
                self.current += 1
                return self.handed_out(child)
            step = child.next()
            if step is not None:
                return self.handed_out(step)
            self.unanswered += 1
            self.child_ended(child)
        if children:
            self.restart()
        else:
            self.finish()
        self.report()
        return None

    def handed_out(self, step: Step) -> Step:
        """Counts ``step``, and those children that gave nothing before it."""
        self.calls += 1 + self.unanswered
        self.unanswered = 0
        return step

    def open(self) -> None:
        """Starts the sample."""
        user = self.life.user
        clock = user.run.clock
        self.sample = sample = Sample(self.spec.name.evaluate(user), clock.stamp(clock.now()))
        sample.success = True
        self.calls = self.failing = self.unanswered = 0
        self.pause = 0
        self.previous_end = sample.start
        if self not in self.life.open_transactions:
            self.life.open_transactions.append(self)

    def add(self, sample: Sample) -> None:
        """A sample in reach was made."""
        total = self.sample
        assert total is not None
        total.thread_name = sample.thread_name
        total.received += sample.received
        total.sent += sample.sent
        if not self.spec.include_timers:
            self.pause += sample.start + sample.idle - self.previous_end
            self.previous_end = _end(sample)
        if not sample.success:
            total.success = False
            self.failing += 1
        total.all_threads = sample.all_threads
        total.group_threads = sample.group_threads
        total.latency += sample.latency
        total.connect += sample.connect

    def report(self) -> None:
        """The pass ended: the row is written."""
        sample = self.sample
        if sample is None:
            return
        now = self.now()
        if not self.spec.include_timers:
            self.pause += now - self.previous_end
        self.close(sample, now)
        if sample.success:
            sample.code = "200"
        self.send(sample)

    def end_of_loop(self) -> None:
        """Cut short: the row is written, with the last sample's success."""
        sample = self.sample
        if sample is not None:
            self.close(sample, self.now())
            sample.success = self.life.user.variables.get("JMeterThread.last_sample_ok") == "true"
            self.send(sample)
        super().end_of_loop()

    def close(self, sample: Sample, now: int) -> None:
        """Ends the sample; ``now`` is the wall clock in ms."""
        sample.idle = self.pause + sample.idle
        sample.elapsed = now - sample.start - sample.idle
        sample.message = _message(self.calls, self.failing)

    def send(self, sample: Sample) -> None:
        """To the listeners of the sampler last run; where none was run, the transaction stays open, unreported."""
        package = self.life.package
        if package is not None:
            self.sample = None
            self.life.open_transactions.remove(self)
            sample.from_transaction = True
            self.life.report(sample, package)

    def now(self) -> int:
        """The wall clock in ms."""
        clock = self.life.user.run.clock
        return clock.stamp(clock.now())


class ParentTransaction(Controller):
    """Hands out its samplers wrapped in a ``ParentStep``, and that step alone, ended, at the end of its pass."""

    __slots__ = ("step",)

    spec: TransactionSpec

    def __init__(self, spec: ControllerSpec, life: Host, children: list[Child]) -> None:
        super().__init__(spec, life, children)
        self.step: ParentStep | None = None

    def next(self) -> Step | None:
        """The step with its sampler; ended; then None."""
        if self.step is not None and self.step.ended:
            self.step = None
            return None
        if self.first or self.step is None:
            self.step = ParentStep(self.spec, self.life)
        self.step.inner = super().next()
        if self.step.inner is None:
            self.step.end()
        return self.step

    def end_of_loop(self) -> None:
        """Cut short: the transaction ends, with what a transaction inside has so far."""
        step = self.step
        if step is not None:
            if isinstance(step.inner, ParentStep):
                step.add(step.inner.sample)
            step.end()
            self.step = None
        super().end_of_loop()


class ParentStep:
    """A parent transaction under way (``TransactionSampler``). ``inner`` is the step to run next, None once it ended.

    ``told`` says that its sample was reported: a turn of the flow inside it reports it early, and JMeter's files then
    hold it once, as it stood (``SampleResult.markFile``); transactions around it add it up each time.
    """

    __slots__ = ("calls", "connect", "elapsed", "ended", "failing", "inner", "life", "sample", "spec", "told")

    def __init__(self, spec: TransactionSpec, life: Host) -> None:
        clock = life.user.run.clock
        self.spec = spec
        self.life = life
        self.sample = Sample(spec.name.evaluate(life.user), clock.stamp(clock.now()))
        self.sample.success = self.sample.from_transaction = True
        self.inner: Step | None = None
        self.ended = False
        self.told = False
        self.calls = self.failing = self.elapsed = self.connect = 0

    def add(self, sample: Sample) -> None:
        """Adds the sample of a child."""
        total = self.sample
        self.calls += 1
        if self.failing == 0:
            total.code = sample.code
        if not sample.success:
            total.success = False
            self.failing += 1
        total.elapsed = max(total.elapsed, _end(sample) - total.start)
        total.received += sample.received
        total.sent += sample.sent
        total.headers_size += sample.headers_size
        total.body_size += sample.body_length
        total.subresults = [*total.subresults, sample]
        sample.parent = total
        sample.thread_name = self.life.user.thread_name
        self.elapsed += sample.elapsed
        self.connect += sample.connect

    def as_it_stands(self) -> Sample:
        """The sample so far, which what comes later does not change."""
        sample = copy(self.sample)
        sample.subresults = tuple(sample.subresults)
        return sample

    def end(self) -> None:
        """Completes the sample. Without timers, its time is the sum of its children's."""
        sample = self.sample
        self.ended = True
        sample.message = _message(self.calls, self.failing)
        if sample.success:
            sample.code = "200"
        if not self.spec.include_timers:
            clock = self.life.user.run.clock
            sample.idle = clock.stamp(clock.now()) - sample.start - self.elapsed
            sample.elapsed = self.elapsed
        sample.connect = self.connect


def transaction(spec: ControllerSpec, life: Host, children: list[Child]) -> Controller:
    """The state of a Transaction Controller."""
    assert isinstance(spec, TransactionSpec)
    return (ParentTransaction if spec.parent else PlainTransaction)(spec, life, children)
