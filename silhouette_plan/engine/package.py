"""One sample with all around it (``JMeterThread.executeSamplePackage``).

Pre-processors, timers, the sampler, post-processors, assertions, listeners; then what the sample asks of the flow. A
step that is plain returns None, one that waits returns what to wait for.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import trio

from silhouette_plan.program.groups import OnError
from silhouette_plan.program.interruption import interrupted_sample
from silhouette_plan.program.package import Judges, Package
from silhouette_plan.program.steps import TimerStep
from silhouette_plan.results.sample import AssertionResult, NextAction, Sample
from silhouette_plan.values.user import User

if TYPE_CHECKING:
    from silhouette_plan.engine.controllers import ParentStep
    from silhouette_plan.engine.life import Life

_CONTINUE, _GO_ON = NextAction.CONTINUE, OnError.CONTINUE

LAST_OK = "JMeterThread.last_sample_ok"
"""The variable that tells whether the last sample was a success."""


async def run_package(life: Life, package: Package, transaction: ParentStep | None) -> None:
    """Takes the sample of ``package``, within ``transaction`` if there is one."""
    user = life.user
    label = package.label
    if label is not None:
        user.sampler_name = label.constant or label.evaluate(user)
    for act in package.before:
        waiting = act(user)
        if waiting is not None:
            await waiting
    life.package = package
    life.within = transaction
    if package.timers:
        await _delay(life, package.timers)
        if user.stopping:
            return
    user.began = life.now()
    try:
        sample = await package.take(user)
    except trio.Cancelled:
        _interrupted(life, package, transaction)
        raise
    if sample is None:
        return
    if user.due is not None:
        sample.planned_start = user.run.clock.stamp(user.due)
        user.due = None
    if sample.steering is not None and sample.steering.ignored:
        user.variables[LAST_OK] = "true" if sample.success else "false"
        _obey(life, sample)
        return
    sample.thread_name = user.thread_name
    sample.group_threads = user.group.active_users
    sample.all_threads = user.run.active_users
    if sample.subresults:
        life.sign(sample)
    user.previous = sample
    for look in package.after:
        waiting = look(user, sample)
        if waiting is not None:
            await waiting
    judge(user, package.judges, sample)
    if sample.steering is None or not sample.steering.ignored:
        life.notify(sample, package.listeners, package.open_to)
        if transaction is None:
            life.observe(sample)
        else:
            transaction.add(sample)
    if sample.steering is not None or not sample.success:
        _obey(life, sample)


def _interrupted(life: Life, package: Package, transaction: ParentStep | None) -> None:
    """The user was interrupted in a sample (*stop now*, the end of an open schedule): JMeter records it as failed.

    A sampler may leave what it has in ``User.under_way``; of any other the sample says what JMeter's HTTP sampler does.
    Post-processors do not run: there is no answer to look at.
    """
    user = life.user
    user.stopping = True
    if life.waiting is None:
        sample = interrupted_sample(user)
        if user.due is not None:
            sample.planned_start = user.run.clock.stamp(user.due)
        life.sign(sample)
        judge(user, package.judges, sample)
        life.notify(sample, package.listeners, package.open_to)
        if transaction is None:
            life.observe(sample)
        else:
            transaction.add(sample)
    if transaction is not None:
        life.complete(transaction, None)


def _obey(life: Life, sample: Sample) -> None:
    """What the sample, or its failure, asks for."""
    wish = sample.steering
    if wish is not None:
        if wish.next_action is not _CONTINUE:
            life.user.next_action = wish.next_action
        _stop(life, wish.stop_user, wish.stop_test, wish.stop_now)
    if not sample.success and life.on_error is not _GO_ON:
        on_error = life.on_error
        _stop(life, on_error is OnError.STOP_USER, on_error is OnError.STOP_TEST, on_error is OnError.STOP_NOW)


def _stop(life: Life, user: bool, test: bool, now: bool) -> None:
    if user:
        life.user.stopping = True
    if test:
        life.stop_test(False)
    if now:
        life.stop_test(True)


async def _delay(life: Life, timers: tuple[TimerStep, ...]) -> None:
    """The delays of all timers are summed and slept as one; those that wait by themselves do so in their turn."""
    user = life.user
    factor = life.session.timer_factor
    total = 0.0
    for timer in timers:
        if timer.wait is not None:
            await life.wait(partial(timer.wait, user))
        if timer.delay is not None:
            delay = timer.delay(user)
            total += math.floor(delay * factor + 0.5) if timer.scaled and factor != 1.0 else delay
    if total > 0:
        await life.delay(total / 1000.0)


def judge(user: User, judges: Judges, sample: Sample) -> None:
    """All assertions, in order; then the variable that says whether the last sample was a success."""
    if judges.steps:
        failed: list[int] | None = None
        for position, step in enumerate(judges.steps):
            try:
                result = step(user, sample)
            except Exception as error:
                result = AssertionResult(
                    "Assertion failed! See log file.", f"{type(error).__name__}: {error}", error=True
                )
            if result is not None:
                failed = [*(failed or ()), position]
                sample.success = False
                sample.assertions = [*sample.assertions, result]
                sample.settle_message(result.message)
        if failed is None:
            sample.passed_assertions = judges.all_held
        else:
            _note(sample, judges, failed)
    user.variables[LAST_OK] = "true" if sample.success else "false"


def _note(sample: Sample, judges: Judges, failed: list[int]) -> None:
    """Writes into the sample which assertions held, and into those that failed how many had held before."""
    held: list[str] = []
    newest = iter(sample.assertions[-len(failed) :])
    for position, name in enumerate(judges.names):
        if position in failed:
            next(newest).held_before = len(held)
        elif name is not None:
            held.append(name)
    sample.passed_assertions = held
