"""``assert EXPR`` in a form that no JMeter assertion has."""

from __future__ import annotations

from silhouette_plan.elements.assertions.scope import scoped
from silhouette_plan.plan.assertions import ExpressionAssertion
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.coercion import is_true
from silhouette_plan.values.user import User


def expression_assertion(node: ExpressionAssertion, build: Build) -> Judge:
    """Fails with its message, or its name, where the condition is false or unset."""
    name = text_of(build, node, node.name)
    message_of = text_of(build, node, node.message)
    condition = build.expression(node.condition, node)
    when = None if node.when is None else build.expression(node.when, node)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        if when is not None and not is_true(when(user, sample)):
            return None
        if node.assume_success:
            sample.success = True
        if is_true(condition(user, sample)):
            return None
        return AssertionResult(name(user), message_of(user) or f"Assertion failed: {name(user)}")

    return scoped(judge, node.scope, name)
