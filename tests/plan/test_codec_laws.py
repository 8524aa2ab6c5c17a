"""Laws of the JSON form, over generated plans of every kind."""

from __future__ import annotations

import json

import jsonschema
from hypothesis import HealthCheck, given, settings
from strategies import language_plans, plans

from silhouette_plan.plan.codec import from_document, to_document
from silhouette_plan.plan.schema import plan_schema
from silhouette_plan.plan.testplan import TestPlan

VALIDATOR = jsonschema.Draft202012Validator(plan_schema())
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def holds(plan: TestPlan) -> None:
    document = json.loads(json.dumps(to_document(plan)))
    VALIDATOR.validate(document)
    assert from_document(document) == plan


@QUICK
@given(plans())
def test_plans_of_jmeter_come_back_and_validate(plan: TestPlan) -> None:
    holds(plan)


@QUICK
@given(language_plans())
def test_plans_of_the_language_come_back_and_validate(plan: TestPlan) -> None:
    holds(plan)
