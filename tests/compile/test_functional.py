"""Functional mode puts what was sent and what came into XML result files; CSV stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.execution import ExecutionOptions, execute
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.listeners import ResultCollector
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.plan.testplan import Argument, TestPlan

SAVE = (("xml", "true"), ("label", "true"), ("responseData", "false"), ("samplerData", "false"))
JAVA_TEST = "org.apache.jmeter.protocol.java.test.JavaTest"
XML = {"jmeter.save.saveservice.output_format": "xml"}


@pytest.mark.parametrize("functional", [False, True])
def test_files_of_listeners_and_of_the_run(functional: bool, tmp_path: Path) -> None:
    arguments = {"Sleep_Time": "0", "Status": "OK", "SamplerData": "what was sent", "ResultData": "what came"}
    step = JavaRequest(
        name="a", class_name=JAVA_TEST, arguments=tuple(Argument(key, text) for key, text in arguments.items())
    )
    listener = ResultCollector(name="L", file="own.xml", save=SAVE)
    plan = TestPlan(functional=functional, children=(ThreadGroup(name="G", children=(step, listener)),))
    prepared = prepare(plan, tmp_path / "plan.json", XML)
    assert prepared.program is not None, prepared.diagnostics
    execute(prepared.program, ExecutionOptions(jtl=tmp_path / "run.xml", handle_signals=False, properties=XML))
    for file in ("own.xml", "run.xml"):
        written = (tmp_path / file).read_text("utf-8")
        assert ("what came" in written) is functional
        assert ("what was sent" in written) is functional
