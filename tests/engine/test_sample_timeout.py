"""Sample Timeout, as JMeter 5.5 recorded it: the sample fails, and its flow goes on."""

from __future__ import annotations

from pathlib import Path

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.execution import ExecutionOptions, execute
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.processors import SampleTimeout
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument, TestPlan
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample

JAVA_TEST = "org.apache.jmeter.protocol.java.test.JavaTest"


class Taken(Observer):
    def __init__(self) -> None:
        self.samples: list[Sample] = []

    def on_sample(self, sample: Sample) -> None:
        self.samples.append(sample)


def sleeping(name: str, milliseconds: str, *children: SampleTimeout) -> JavaRequest:
    arguments = {"Sleep_Time": milliseconds, "Sleep_Mask": "0", "ResponseCode": "200", "Status": "OK"}
    return JavaRequest(
        name=name,
        class_name=JAVA_TEST,
        arguments=tuple(Argument(key, value) for key, value in arguments.items()),
        children=children,
    )


def test_interrupts_the_sample_and_goes_on() -> None:
    steps = (
        sleeping("slow", "60000", SampleTimeout(timeout="50"), SampleTimeout(timeout="90000")),
        sleeping("quick", "0", SampleTimeout(timeout="50")),
        sleeping("free", "0", SampleTimeout(timeout="0")),
    )
    plan = TestPlan(children=(ThreadGroup(name="G", ramp_up="0", loops="2", children=steps),))
    program = prepare(plan, Path("plan.json"), {}).program
    assert program is not None
    taken = Taken()
    execute(program, ExecutionOptions(handle_signals=False), [taken])
    assert [(s.label, s.code, s.success) for s in taken.samples] == [
        ("slow", "200", False),
        ("quick", "200", True),
        ("free", "200", True),
    ] * 2
    assert all(50 <= s.elapsed < 10_000 for s in taken.samples if s.label == "slow")
