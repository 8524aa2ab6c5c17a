"""Conditions of If, While and Choice: text as JMeter reads it, or an expression of the language."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import Case, IfController, WhileController
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.program.controllers import Condition
from silhouette_plan.program.fields import fixed_flag
from silhouette_plan.values.coercion import is_true
from silhouette_plan.values.conditions import compile_if, compile_while
from silhouette_plan.values.user import User

_FUNCTIONS = {"jexl3": "__jexl3", "groovy": "__groovy"}


def if_condition(node: IfController, build: PlanBuild) -> Condition:
    """The condition of an If."""
    if not isinstance(node.condition, str):
        return truth(node.condition, node, build)
    use_expression = fixed_flag(build, node, node.use_expression)
    return compile_if(node.condition, use_expression, build.context(node))


def case_condition(node: Element, build: PlanBuild) -> Condition:
    """The condition of an arm of a choice; ``else`` always holds."""
    if not isinstance(node, Case) or node.condition is None:
        return lambda user: True
    if not isinstance(node.condition, str):
        return truth(node.condition, node, build)
    function = _FUNCTIONS.get(node.language)
    text = node.condition if function is None else f"${{{function}({_as_parameter(node.condition)})}}"
    return compile_if(text, node.language != "javascript", build.context(node))


def while_condition(node: WhileController, build: PlanBuild) -> Callable[[User, bool], bool]:
    """The condition of a While, asked with whether a pass has just ended."""
    if isinstance(node.condition, str):
        return compile_while(node.condition, build.context(node))
    holds = truth(node.condition, node, build)
    return lambda user, at_end: holds(user)


def truth(expression: Expression, node: Element, build: PlanBuild) -> Condition:
    """``expression`` as a condition."""
    value = build.expression(expression, node)
    return lambda user: is_true(value(user, None))


def _as_parameter(text: str) -> str:
    """``text`` such that a function gets it whole."""
    return text.replace("\\", "\\\\").replace(",", "\\,")
