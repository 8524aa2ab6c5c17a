"""JEXL and JavaScript against what JMeter 5.5 gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext

RECORDED = Path(__file__).parent / "recorded"


@pytest.mark.parametrize("language", ["jexl3", "javascript"])
def test_scripts_give_what_jmeter_gave(language: str, make_user: Any) -> None:
    recorded = json.loads((RECORDED / f"{language}.json").read_text("utf-8"))
    user = make_user(recorded["variables"])
    context = ValueContext()
    given = [[text, compile_template(text, context).evaluate(user)] for text, _ in recorded["rows"]]
    assert given == recorded["rows"]
