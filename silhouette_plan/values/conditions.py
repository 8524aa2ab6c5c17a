"""Conditions of If and While controllers (``IfController``, ``WhileController``)."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts.faults import Unsupported
from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.functions.variables import variable_text
from silhouette_plan.values.java.strings import is_true, trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

LAST_SAMPLE_OK = "JMeterThread.last_sample_ok"
"""The variable that says whether the last sample was successful."""


def compile_if(condition: str, use_expression: bool, context: ValueContext) -> Callable[[User], bool]:
    """An If controller's condition.

    With ``use_expression`` its text must be ``true``, in any case; without, it is JavaScript that must give ``true``, and
    what fails or gives anything else is false. Calling it may raise ``ValueFault``.
    """
    template = compile_template(condition, context)
    if use_expression:
        if template.constant is not None:
            constant = is_true(trim(template.constant))
            return lambda user: constant
        text = template.evaluate
        return lambda user: is_true(trim(text(user)))
    from silhouette_plan.scripts.javascript.language import JAVASCRIPT_CONDITION, condition_holds
    from silhouette_plan.values.scripted import script_of

    run = script_of(template, JAVASCRIPT_CONDITION, context, trimmed=True)

    def holds(user: User) -> bool:
        try:
            return condition_holds(condition, run, user)
        except Unsupported as error:
            raise ValueFault(f"condition `{condition}`: {error} is not supported") from None

    return holds


def compile_while(condition: str, context: ValueContext) -> Callable[[User, bool], bool]:
    """A While controller's condition: ``goes_on(user, at_end)``.

    ``at_end`` is True at the end of a pass, False when the controller is entered. Blank text goes on until a sample
    fails, looking only at the end; ``LAST`` looks on entry too; any other text goes on unless it is ``false``. It is
    evaluated at every call, as in JMeter. Calling it may raise ``ValueFault``.
    """
    text_of = compile_template(condition, context).evaluate

    def goes_on(user: User, at_end: bool) -> bool:
        text = trim(text_of(user)).lower()
        if text == "last" or (not text and at_end):
            return (variable_text(user, LAST_SAMPLE_OK) or "").lower() != "false"
        return text != "false"

    return goes_on
