"""Fields of a plan node, read as JMeter's properties read (``org.apache.jmeter.testelement.property.AbstractProperty``).

A field is resolved once, while the program is built: constant text becomes a constant, live text a closure over a user.
Numbers that are none read as 0, as JMeter's do; only ``true`` in any case is true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from silhouette_plan.plan.base import Element, Flag
from silhouette_plan.program.build import Build
from silhouette_plan.values.java.numbers import parse_double, parse_long, single_precision
from silhouette_plan.values.java.strings import is_true
from silhouette_plan.values.template import Template, ValueFault
from silhouette_plan.values.user import User

T = TypeVar("T")

Value = Callable[[User], str]
"""A text field, compiled."""


def integer(text: str, otherwise: int = 0) -> int:
    """``text`` as a whole number, ``otherwise`` where it is none or has blanks around it (``JMeterProperty.getLongValue``)."""
    try:
        return parse_long(text)
    except ValueError:
        return otherwise


def decimal(text: str) -> float:
    """``text`` as a number, 0 where it is none (``JMeterProperty.getDoubleValue``)."""
    try:
        return parse_double(text)
    except (ValueError, IndexError):
        return 0.0


def truth(text: str) -> bool:
    """``text`` as a switch: ``true`` in any case (``JMeterProperty.getBooleanValue``)."""
    return is_true(text)


def renames(properties: Mapping[str, str]) -> bool:
    """Whether a sub-sample is named after the sample that holds it (``SampleResult.isRenameSampleLabel``)."""
    return not truth(str(properties.get("subresults.disable_renaming", "")))


def text_of(build: Build, node: Element, text: str) -> Value:
    """``text`` as a closure."""
    return value_of(build.template(text, node))


def integer_of(build: Build, node: Element, text: str, otherwise: int = 0) -> Callable[[User], int]:
    """``text`` as a whole number, ``otherwise`` where it is none."""
    return parsed(build.template(text, node), lambda value: integer(value, otherwise))


def fixed_integer(build: Build, node: Element, text: str) -> int | None:
    """``text`` as a whole number, 0 where it is none; None where it is live."""
    constant = build.template(text, node).constant
    return None if constant is None else integer(constant)


def decimal_of(build: Build, node: Element, text: str) -> Callable[[User], float]:
    """``text`` as a number."""
    return parsed(build.template(text, node), decimal)


def single_of(build: Build, node: Element, text: str, otherwise: float) -> Callable[[User], float]:
    """``text`` as a number in single precision, ``otherwise`` where it is none (``Float.parseFloat``)."""

    def single(value: str) -> float:
        try:
            return single_precision(parse_double(value))
        except (ValueError, IndexError):
            return otherwise

    return parsed(build.template(text, node), single)


def flag_of(build: Build, node: Element, flag: Flag) -> Callable[[User], bool]:
    """``flag`` as a closure."""
    return constantly(flag) if isinstance(flag, bool) else parsed(build.template(flag, node), truth)


def fixed_flag(build: Build, node: Element, flag: Flag) -> bool:
    """``flag`` where it decides what is built: as it stands before the run, false where that cannot be said."""
    if isinstance(flag, bool):
        return flag
    try:
        return truth(build.template(flag, node).evaluate(build.plan_user))
    except ValueFault:
        return False


def constantly(value: T) -> Callable[[Any], T]:
    """The closure that always gives ``value``."""
    return lambda user: value


def value_of(template: Template) -> Value:
    """The closure of ``template``."""
    return constantly(template.constant) if template.constant is not None else template.evaluate


def parsed(template: Template, parse: Callable[[str], T]) -> Callable[[User], T]:
    """What ``parse`` makes of the template's text; made once where that is constant."""
    if template.constant is not None:
        return constantly(parse(template.constant))
    evaluate = template.evaluate
    return lambda user: parse(evaluate(user))
