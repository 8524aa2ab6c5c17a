"""What a real JMeter 5.5 gave for extractors and assertions, step by step.

``recorded/*.json``: scenes, each with the variables it starts from. A step is a sample of a body with elements in its
scope; ``shown`` is a template whose text afterwards was ``expected`` (extractors), or the sample's ``success`` and the
failure ``message`` of its row (assertions). Variables live on from step to step.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from elements.stage import Stage, a_sample, a_user, process

from silhouette_plan.plan.codec import from_data
from silhouette_plan.plan.testplan import TestPlan

RECORDED = Path(__file__).parent / "recorded"
OWN_WORDS = ("ParseException", "StringIndexOutOfBounds", "A location step was expected")
"""Parts of messages that only Java's own classes would word so."""


def scenes(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / f"{kind}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("scene", scenes("extractors"))
def test_an_extractor_sets_what_jmeter_sets(scene: str) -> None:
    recorded = scenes("extractors")[scene]
    user = a_user(**recorded["variables"])
    for number, step in enumerate(recorded["steps"]):
        sample = process(user, a_sample(step["body"]), [from_data(data) for data in step["elements"]])
        shown = Stage().template(step["shown"], TestPlan()).evaluate(user)
        assert shown == step["expected"], (scene, number, step["elements"])
        if not any(word in step["message"] for word in OWN_WORDS):
            assert sample.failure_message == step["message"], (scene, number, step["elements"])


@pytest.mark.parametrize("scene", scenes("assertions"))
def test_an_assertion_says_what_jmeter_says(scene: str) -> None:
    recorded = scenes("assertions")[scene]
    user = a_user(**recorded["variables"])
    for number, step in enumerate(recorded["steps"]):
        sample = process(user, a_sample(step["body"]), [from_data(data) for data in step["elements"]])
        assert sample.success is step["success"], (scene, number, step["elements"], sample.failure_message)
        if not any(word in step["message"] for word in OWN_WORDS):
            assert sample.failure_message == step["message"], (scene, number, step["elements"])
