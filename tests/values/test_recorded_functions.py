"""Every function against what JMeter 5.5 gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.java.decimal_format import decimal_format

RECORDED = Path(__file__).parent / "recorded"


def test_functions_give_what_jmeter_gave(make_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Etc/UTC")
    recorded = json.loads((RECORDED / "functions.json").read_text("utf-8"))
    user = make_user(recorded["variables"])
    user.previous = None
    context = ValueContext()
    given = [[text, compile_template(text, context).evaluate(user)] for text, _ in recorded["rows"]]
    assert given == recorded["rows"]


@pytest.mark.parametrize(
    ("pattern", "number", "shown"), json.loads((RECORDED / "decimal_format.json").read_text("utf-8"))["rows"]
)
def test_decimal_format(pattern: str, number: float, shown: str) -> None:
    assert decimal_format(pattern, number) == shown


@pytest.mark.parametrize(
    "pattern",
    [
        "bad'",
        "'",
        "0'q",
        "0#",
        "0,",
        "0.0.0",
        "#0#0",
        "0.#0",
        "0,0.0.",
        "0E",
        "0E#",
        ";0",
        "0;0;0",
        "0%%",
        "0%x\u2030",
    ],
)
def test_what_is_no_decimal_format(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"in pattern|[Mm]alformed"):
        decimal_format(pattern, 1)
