from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from silhouette_plan.plan.codec import CodecError, from_document, to_document
from silhouette_plan.plan.controllers import IfController, LoopController
from silhouette_plan.plan.expressions import Binary, Call, Literal, Name, TextLiteral
from silhouette_plan.plan.groups import ThreadGroup, UltimateGroup, UltimateRow
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.processors import Check, JsonExtractor, XPathExtractor
from silhouette_plan.plan.samplers import HttpArgument, HttpRequest
from silhouette_plan.plan.schema import plan_schema
from silhouette_plan.plan.testplan import Argument, TestPlan

PLAN = TestPlan(
    name="P",
    variables=(Argument("a", "1"),),
    children=(
        ThreadGroup(
            name="G",
            users="${n}",
            same_user="${__P(same)}",
            children=(
                IfController(
                    condition=Binary("==", Name("status"), Literal(200)),
                    children=(
                        HttpRequest(
                            name="r",
                            enabled=False,
                            arguments=(HttpArgument("q", "x"),),
                            children=(
                                JsonExtractor(names="t", paths="$.t", match=""),
                                Check(condition=Call("json", (TextLiteral("$.ok"),))),
                            ),
                        ),
                    ),
                ),
                LoopController(loops="2"),
            ),
        ),
        UltimateGroup(rows=(UltimateRow("1", "0", "1", "2", "3"),)),
    ),
)


def test_round_trip_through_json() -> None:
    document = json.loads(json.dumps(to_document(PLAN)))
    assert from_document(document) == PLAN


def test_absent_and_empty_stay_apart() -> None:
    extractor = XPathExtractor(match="")
    plan = TestPlan(children=(extractor, replace(extractor, match=None)))
    assert from_document(to_document(plan)) == plan


def test_every_plan_validates_against_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    jsonschema.validate(to_document(PLAN), plan_schema())


def test_the_schema_has_every_kind_and_refuses_what_the_codec_refuses() -> None:
    schema = plan_schema()
    assert set(KINDS) <= set(schema["$defs"])
    document = to_document(PLAN)
    document["plan"]["children"][0]["userz"] = "3"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)
    with pytest.raises(CodecError) as refused:
        from_document(document)
    assert refused.value.path == "plan.children[0].userz"


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "silplan"),
        ({"silplan": 1}, "plan"),
        ({"silplan": 1, "plan": {"element": "Nope"}}, "plan.element"),
        ({"silplan": 1, "plan": {"element": "ThreadGroup"}}, "plan.element"),
        ({"silplan": 1, "plan": {"element": "TestPlan", "name": 3}}, "plan.name"),
        ({"silplan": 1, "plan": {"element": "TestPlan", "variables": [{}]}}, "plan.variables[0]"),
    ],
)
def test_faults_name_their_place(document: object, path: str) -> None:
    with pytest.raises(CodecError) as refused:
        from_document(document)
    assert refused.value.path == path


def test_too_deep_is_refused() -> None:
    plan: dict[str, object] = {"element": "SimpleController"}
    for _ in range(300):
        plan = {"element": "SimpleController", "children": [plan]}
    with pytest.raises(CodecError, match="deeper"):
        from_document({"silplan": 1, "plan": {"element": "TestPlan", "children": [plan]}})
