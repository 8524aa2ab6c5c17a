"""``extract NAME = EXPR`` in a form that no JMeter extractor has."""

from __future__ import annotations

from silhouette_plan.elements.scope import samples_in
from silhouette_plan.plan.processors import ExpressionExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of as template_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.coercion import NULL, is_true, text_of
from silhouette_plan.values.user import User


def expression_extractor(node: ExpressionExtractor, build: Build) -> After:
    """The first sample of the scope for which the expression is set gives the value; else the default, or the old value."""
    value_of = build.expression(node.value, node)
    when = None if node.when is None else build.expression(node.when, node)
    default_of = None if node.keep or node.default is None else template_of(build, node, node.default)
    samples = samples_in(node.scope)
    name = node.variable

    def extract(user: User, sample: Sample) -> None:
        if when is not None and not is_true(when(user, sample)):
            return
        for one in samples(sample):
            value = value_of(user, one)
            if value is not None and value is not NULL:
                user.variables[name] = text_of(value)
                return
        if default_of is not None:
            user.variables[name] = default_of(user)

    return extract
