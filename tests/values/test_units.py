from __future__ import annotations

from pathlib import Path

import pytest

from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import GroupState, Run, User


def value(text: str, **variables: str) -> str:
    user = User(Run({}, Path(), "", 0), GroupState("", 1, 1), 0, "", dict(variables))
    return compile_template(text, ValueContext()).evaluate(user)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("30s", "s", "30"),
        ("1h30m", "s", "5400"),
        ("1500ms", "s", "1.5"),
        ("2s", "ms", "2000"),
        ("100/s", "/min", "6000"),
        ("60/min", "/s", "1"),
        ("25%", "%", "25"),
        ("4KB", "B", "4096"),
    ],
)
def test_converts(text: str, unit: str, number: str) -> None:
    assert value(f"${{__unit(${{x}},{unit})}}", x=text) == number


@pytest.mark.parametrize("text", ["30", "", "s", "30 s", "30x", "4KB", "x"])
def test_refuses_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueFault):
        value("${__unit(${x},s)}", x=text)
