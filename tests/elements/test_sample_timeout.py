"""Sample Timeout, as JMeter 5.5 recorded it: the sample fails, and its flow goes on."""

from __future__ import annotations

from taking import samples_of

from silhouette_plan.plan.processors import SampleTimeout
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument

JAVA_TEST = "org.apache.jmeter.protocol.java.test.JavaTest"


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
    samples = samples_of(*steps, loops=2)
    assert [(s.label, s.code, s.success) for s in samples] == [
        ("slow", "200", False),
        ("quick", "200", True),
        ("free", "200", True),
    ] * 2
    assert all(50 <= s.elapsed < 10_000 for s in samples if s.label == "slow")
