"""What a real JMeter 5.5 gave for data elements, iteration by iteration (``recorded/data.json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from elements.stage import Stage, a_run, a_user

from silhouette_plan.elements.tables import DATA
from silhouette_plan.plan.codec import from_data
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.program.steps import Act
from silhouette_plan.values.template import StopUser
from silhouette_plan.values.user import Run

SCENES: dict[str, Any] = json.loads((Path(__file__).parent / "recorded" / "data.json").read_text("utf-8"))


@pytest.mark.parametrize("scene", SCENES)
def test_a_data_element_gives_what_jmeter_gives(scene: str, tmp_path: Path) -> None:
    recorded = SCENES[scene]
    for name, text in recorded["files"].items():
        (tmp_path / name).write_bytes(text.encode("latin-1"))
    build = Stage(tmp_path)
    elements = [from_data(data) for data in recorded["elements"]]
    # The last in the plan is told first (``TestCompiler.trackIterationListeners``).
    advances = [step.advance for element in reversed(elements) if (step := DATA[type(element)](element, build)).advance]
    run = a_run(tmp_path)
    for number, expected in enumerate(recorded["users"]):
        assert shown_by(run, number, advances, recorded["shown"], recorded["iterations"]) == expected
    for close in run.closing:
        close()


def shown_by(run: Run, number: int, advances: list[Act], shown: str, iterations: int) -> list[str]:
    """The text of ``shown`` at each iteration of a user, until something ends it."""
    user = a_user(run, number)
    template = Stage().template(shown, TestPlan())
    rows: list[str] = []
    try:
        for user.iteration in range(1, iterations + 1):
            for advance in advances:
                advance(user)
            rows.append(template.evaluate(user))
    except StopUser:
        pass
    for close in user.closing:
        close()
    return rows
