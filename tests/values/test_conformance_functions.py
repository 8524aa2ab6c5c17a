"""The labels of the recorded conformance cases on functions, without an engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext

LATER = ("__groovy", "__BeanShell")


def _labels(plan: ElementTree.Element) -> list[str]:
    return [str(sampler.get("testname")) for sampler in plan.iter("JavaSampler")]


def _variables(plan: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for argument in plan.findall(".//TestPlan//elementProp[@elementType='Argument']"):
        name, value = (argument.findtext(f"stringProp[@name='Argument.{part}']") or "" for part in ("name", "value"))
        found[name] = value
    return found


def test_labels_of_function_cases(cases: Path, make_user: Any, tmp_path: Path) -> None:
    context = ValueContext(may_read=lambda path: tmp_path / path, may_write=lambda path: tmp_path / path)
    seen = 0
    for case in sorted(cases.glob("functions_*")):
        plan = ElementTree.parse(case / "plan.jmx").getroot()
        rows = json.loads((case / "expected.json").read_text("utf-8"))
        labels = _labels(plan)
        if len(labels) != len(rows):
            continue
        user = make_user(_variables(plan))
        user.previous = None
        for label, row in zip(labels, rows, strict=True):
            if not any(function in label for function in LATER):
                assert [case.name, compile_template(label, context).evaluate(user)] == [case.name, row[0]], label
                seen += 1
    assert seen > 40
