"""The language's own elements, which evaluate expressions on a sample."""

from __future__ import annotations

import pytest
from elements.stage import Stage, a_sample, a_user, process

from silhouette_plan.elements.tables import CHECKS, MEASURES
from silhouette_plan.plan.assertions import ExpressionAssertion
from silhouette_plan.plan.expressions import Binary, Call, Expression, Literal, Name, TextLiteral
from silhouette_plan.plan.processors import Check, ExpressionExtractor, Record

JSON_ID = Call("json", (TextLiteral("$.id"),))
IS_OK = Binary("==", Name("status"), Literal(200))
FAST = Binary("<", Name("time"), Literal(500))


@pytest.mark.parametrize(
    ("body", "node", "expected"),
    [
        ('{"id":7}', ExpressionExtractor(variable="v", value=Binary("+", JSON_ID, Literal(1))), "8"),
        ('{"id":[1,"a"]}', ExpressionExtractor(variable="v", value=JSON_ID), '[1,"a"]'),
        ('{"id":null}', ExpressionExtractor(variable="v", value=JSON_ID), ""),
        ("{}", ExpressionExtractor(variable="v", value=JSON_ID, default="d${n}"), "d5"),
        ("{}", ExpressionExtractor(variable="v", value=JSON_ID, keep=True), "old"),
        ("{}", ExpressionExtractor(variable="v", value=JSON_ID, when=Binary("==", Name("status"), Literal(1))), "old"),
    ],
)
def test_an_expression_is_extracted(body: str, node: ExpressionExtractor, expected: str) -> None:
    user = a_user(v="old", n="5")
    process(user, a_sample(body), [node])
    assert user.variables["v"] == expected


def test_the_first_sub_sample_that_has_a_value_gives_it() -> None:
    user = a_user()
    sample = a_sample("{}", subresults=[a_sample("{}"), a_sample('{"id":2}')])
    process(user, sample, [ExpressionExtractor(variable="v", value=JSON_ID, scope="all")])
    assert user.variables["v"] == "2"


@pytest.mark.parametrize(
    ("condition", "when", "success", "message"),
    [
        (IS_OK, None, False, "no: 404"),
        (JSON_ID, None, True, ""),
        (IS_OK, Binary("==", Name("status"), Literal(200)), True, ""),
        (Call("json", (TextLiteral("$.nope"),)), None, False, "no: 404"),
    ],
)
def test_an_expression_is_asserted(condition: Expression, when: Expression | None, success: bool, message: str) -> None:
    node = ExpressionAssertion(name="A", condition=condition, when=when, message="no: ${code}")
    sample = process(a_user(code="404"), a_sample('{"id":1}', code="404"), [node])
    assert (sample.success, sample.failure_message) == (success, message)


def test_an_assertion_may_forgive_first() -> None:
    sample = a_sample(code="404", success=False)
    node = ExpressionAssertion(name="A", condition=Binary("==", Name("status"), Literal(404)), assume_success=True)
    assert process(a_user(), sample, [node]).success


def test_a_check_counts_and_fails_nothing() -> None:
    build, user, sample = Stage(), a_user(), a_sample(code="404", elapsed=20)
    for name, condition in (("ok", IS_OK), ("fast", FAST)):
        CHECKS[Check](Check(name=name, condition=condition), build)(user, sample)
    CHECKS[Check](Check(name="never", condition=FAST, when=IS_OK), build)(user, sample)
    assert list(sample.checks) == [("ok", False), ("fast", True)]
    assert sample.success


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("trend", Name("time"), [20.0]),
        ("rate", FAST, [1.0]),
        ("rate", IS_OK, [0.0]),
        ("counter", Literal(3), [3.0]),
        ("trend", TextLiteral("12.5"), [12.5]),
        ("trend", TextLiteral("slow"), []),
        ("trend", JSON_ID, []),
    ],
)
def test_a_record_observes_what_is_set(kind: str, value: Expression, expected: list[float]) -> None:
    sample = a_sample("{}", code="404", elapsed=20)
    MEASURES[Record](Record(kind=kind, metric="m", value=value), Stage())(a_user(), sample)
    assert list(sample.metrics) == [(kind, "m", number) for number in expected]


def test_transactions_are_not_measured_again() -> None:
    sample = a_sample(from_transaction=True)
    CHECKS[Check](Check(name="c", condition=FAST), Stage())(a_user(), sample)
    MEASURES[Record](Record(kind="rate", metric="m", value=FAST), Stage())(a_user(), sample)
    assert not sample.checks
    assert not sample.metrics
