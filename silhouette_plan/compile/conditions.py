"""Conditions of If, While and Choice."""

from __future__ import annotations

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.texts import fixed_flag, words
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.controllers import Case, IfController
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.program.controllers import Condition, Words
from silhouette_plan.values.user import User


def if_condition(node: IfController, build: PlanBuild) -> Condition:
    """JavaScript that gives exactly ``true``, or text that reads ``true``, or an expression of the language."""
    if not isinstance(node.condition, str):
        return truth(node.condition, node, build)
    if fixed_flag(build, node, node.use_expression):
        return reads_true(words(build, node, node.condition))
    return _javascript(node.condition, node, build)


def case_condition(node: Element, build: PlanBuild) -> Condition:
    """The condition of an arm of a choice; ``else`` always holds."""
    condition = node.condition if isinstance(node, Case) else None
    if condition is None:
        return lambda user: True
    if not isinstance(condition, str):
        return truth(condition, node, build)
    language = node.language if isinstance(node, Case) else ""
    match language:
        case "javascript":
            return _javascript(condition, node, build)
        case "jexl3" | "groovy":
            return reads_true(words(build, node, f"${{__{language}({_escaped(condition)})}}"))
        case _:
            return reads_true(words(build, node, condition))


def while_words(condition: str | Expression, node: Element, build: PlanBuild) -> Words:
    """The text of a While's condition; an expression reads as ``true`` or ``false``."""
    if isinstance(condition, str):
        return words(build, node, condition)
    holds = truth(condition, node, build)
    return lambda user: "true" if holds(user) else "false"


def truth(expression: Expression, node: Element, build: PlanBuild) -> Condition:
    """``expression`` as a condition."""
    from silhouette_plan.values.expressions import is_true

    value = build.expression(expression, node)
    return lambda user: is_true(value(user, None))


def reads_true(text: Words) -> Condition:
    """Whether ``text`` is ``true``, in any case."""
    return lambda user: text(user).strip().lower() == "true"


def _javascript(condition: str, node: Element, build: PlanBuild) -> Condition:
    """JMeter puts the values into the text and then evaluates that; what is no truth value counts as false."""
    try:
        from silhouette_plan.scripts.javascript import evaluate_condition
    except ImportError:
        build.report(problem("CP001", f"{described(node)}: conditions in JavaScript are not supported", node))
        return lambda user: False
    text = words(build, node, condition)

    def holds(user: User) -> bool:
        return evaluate_condition(text(user).strip(), user)

    return holds


def _escaped(text: str) -> str:
    """``text`` as the parameter of a function."""
    return text.replace("\\", "\\\\").replace(",", "\\,")
