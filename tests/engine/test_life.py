"""What a user's steps may raise, and what is told of a sample."""

from __future__ import annotations

from dataclasses import replace

import pytest
import trio
import trio.testing

from silhouette_plan.engine import RunOptions, run
from silhouette_plan.engine.life import TURN
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.samplers import DebugSampler, JavaRequest, LogMessage
from silhouette_plan.plan.testplan import Argument
from silhouette_plan.program.package import Package
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import AssertionResult
from silhouette_plan.values.template import StopTest, StopUser, UserError, ValueFault


class Keep(Observer):
    def __init__(self) -> None:
        self.labels: list[str] = []
        self.codes: list[str] = []
        self.samples: list = []

    def on_sample(self, sample):
        self.labels.append(sample.label)
        self.samples.append(sample)

    def on_finding(self, code, message):
        self.codes.append(code)


def run_changed(program, change):
    """Runs ``program`` with each package as ``change`` makes it."""

    def changed(spec):
        if isinstance(spec, Package):
            return change(spec)
        return replace(spec, children=tuple(changed(child) for child in spec.children))

    groups = tuple(replace(group, body=changed(group.body)) for group in program.groups)
    kept = Keep()
    outcome = trio.run(run, replace(program, groups=groups), RunOptions(), [kept])
    return kept, outcome


def raising(error):
    def act(*_):
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "labels", "codes", "stopped"),
    [
        (ValueFault("no"), ["a", "z", "a", "z"], ["RN001", "RN001"], False),
        (ZeroDivisionError(), ["a", "z", "a", "z"], ["RN001", "RN001"], False),
        (StopUser(), ["a"], [], False),
        (UserError("assert"), ["a"], ["RN002"], False),
        (StopTest(), ["a"], [], True),
        (StopTest(now=True), ["a"], [], True),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_step_that_raises(compile_program, group, sampler, error, labels, codes, stopped, place):
    program = compile_program(group(sampler("a"), sampler("bad"), sampler("z"), loops="2"))

    def change(package):
        return replace(package, **{place: (raising(error),)}) if package.node.name == "bad" else package

    kept, outcome = run_changed(program, change)
    assert (kept.labels, kept.codes, outcome.stopped) == (labels, codes, stopped)


def test_an_assertion_that_raises_fails_the_sample(compile_program, group, sampler):
    program = compile_program(group(sampler("a")))
    kept, _ = run_changed(
        program, lambda package: replace(package, judges=type(package.judges)((raising(KeyError("k")),), ("J",)))
    )
    (sample,) = kept.samples
    assert not sample.success
    assert sample.assertions[0].error


def test_the_first_failure_is_the_message_and_holding_assertions_are_named(compile_program, group, sampler):
    program = compile_program(group(sampler("a")))
    judges = (
        lambda user, sample: None,
        lambda user, sample: AssertionResult("two", "bad"),
        lambda user, sample: AssertionResult("three", "worse"),
    )
    kept, _ = run_changed(
        program, lambda package: replace(package, judges=type(package.judges)(judges, ("one", "two", "three")))
    )
    (sample,) = kept.samples
    assert (sample.failure_message, list(sample.passed_assertions)) == ("bad", ["one"])
    assert [one.name for one in sample.assertions] == ["two", "three"]


def test_a_listener_that_raises_loses_nothing(compile_program, group, sampler):
    program = compile_program(group(sampler("a"), sampler("b")))
    kept, _ = run_changed(program, lambda package: replace(package, listeners=(raising(RuntimeError("full")),)))
    assert (kept.labels, kept.codes) == (["a", "b"], ["RN003", "RN003"])


def test_steps_that_wait_are_awaited(compile_program, group, sampler):
    order = []

    async def before(user):
        await trio.lowlevel.checkpoint()
        order.append("before")

    async def after(user, sample):
        await trio.lowlevel.checkpoint()
        order.append("after")

    program = compile_program(group(sampler("a")))
    kept, _ = run_changed(program, lambda package: replace(package, before=(before,), after=(after,)))
    assert (order, kept.labels) == (["before", "after"], ["a"])


def test_an_ignored_sample_is_told_to_nobody(compile_program, group, sampler):
    def ignore(user, sample):
        sample.steer().ignored = True

    program = compile_program(group(c.TransactionController(name="T", parent=True, children=(sampler("a"),))))
    kept, _ = run_changed(program, lambda package: replace(package, after=(ignore,)))
    assert kept.labels == ["T"]
    assert not kept.samples[0].subresults


def test_the_user_goes_on_knowing_whether_the_last_sample_was_a_success(play, group, sampler):
    label = "${JMeterThread.last_sample_ok}"
    steps = [sampler(label), sampler("x", ok=False), sampler(label), sampler(label)]
    assert play(group(*steps)).labels == ["true", "x", "false", "true"]


def test_built_in_variables(play, group):
    (sample,) = play(group(DebugSampler(name="D"), same_user=False)).recorder.samples
    lines = dict(line.split("=", 1) for line in sample.text.splitlines() if "=" in line)
    assert lines["__jm__TG__idx"] == "0"
    assert lines["JMeterThread.last_sample_ok"] == "true"
    assert lines["__jmv_SAME_USER"] == "false"
    assert lines["START.MS"] == lines["TESTSTART.MS"]
    assert len(lines["START.YMD"]) == 8


def test_log_messages_are_findings(play, group):
    played = play(group(LogMessage(message="user ${__threadNum}")))
    assert played.recorder.findings == [("HT902", "user 1")]


def test_sleep_test_keeps_the_arguments_of_its_first_sample(play, group):
    node = JavaRequest(
        name="s ${n}",
        class_name="org.apache.jmeter.protocol.java.test.SleepTest",
        arguments=(Argument("SleepTime", "100"), Argument("SleepMask", "0")),
    )
    played = play(group(node, loops="2"))
    assert played.labels == ["s ${n}"] * 2
    assert played.recorder.samples[0].sampler_data == "Sleep Test: time = 100"


def test_a_java_class_that_does_not_run_here_is_refused(group):
    from silhouette_plan.compile import CompileOptions, compile_plan

    result = compile_plan(group(JavaRequest(name="j", class_name="com.example.Mine")), CompileOptions())
    assert [found.code for found in result.diagnostics] == ["HT901"]
    assert result.program is None


def test_two_runs_of_one_program_know_nothing_of_each_other(compile_program, group, sampler):
    program = compile_program(group(c.ThroughputController(total="1", children=(sampler("t"),)), users="2"))

    async def main():
        one, two = Keep(), Keep()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run, program, RunOptions(), [one])
            nursery.start_soon(run, program, RunOptions(), [two])
        return one.labels, two.labels

    assert trio.run(main) == (["t"], ["t"])


def test_many_plain_steps_let_others_run(compile_program, group, sampler):
    """A user whose samplers never wait yields all the same."""
    program = compile_program(group(sampler("a"), users="2", loops=str(2 * TURN)))
    threads = []

    class Threads(Observer):
        def on_sample(self, sample):
            threads.append(sample.thread_name)

    trio.run(run, program, RunOptions(), [Threads()])
    assert len({*threads[: 2 * TURN]}) == 2


def test_sample_variables_are_kept_as_they_were(play, group, sampler):
    loop = c.LoopController(name="L", loops="2", children=(sampler("a"),))
    transaction = c.TransactionController(name="T", children=(loop,))
    played = play(group(transaction), properties={"sample_variables": "__jm__L__idx,unset"})
    assert [sample.variables for sample in played.recorder.samples] == [("0", None), ("1", None), ("0", None)]
