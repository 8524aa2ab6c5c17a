"""Fields of a plan node, read as JMeter's properties read (``org.apache.jmeter.testelement.property.AbstractProperty``).

A field is resolved once, while the program is built: constant text becomes a constant, live text a closure over a user.
Numbers that are none read as 0, as JMeter's do; only ``true`` in any case is true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from silhouette_plan.plan.base import Element, Flag
from silhouette_plan.program.build import Build
from silhouette_plan.values.java.numbers import parse_double, parse_long
from silhouette_plan.values.java.strings import is_true
from silhouette_plan.values.user import User

T = TypeVar("T")

Value = Callable[[User], str]
"""A text field, compiled."""


def integer(text: str) -> int:
    """``text`` as a whole number, 0 where it is none or has blanks around it (``JMeterProperty.getLongValue``)."""
    try:
        return parse_long(text)
    except ValueError:
        return 0


def decimal(text: str) -> float:
    """``text`` as a number, 0 where it is none (``JMeterProperty.getDoubleValue``)."""
    try:
        return parse_double(text)
    except (ValueError, IndexError):
        return 0.0


def truth(text: str) -> bool:
    """``text`` as a switch: ``true`` in any case (``JMeterProperty.getBooleanValue``)."""
    return is_true(text)


def text_of(build: Build, node: Element, text: str) -> Value:
    """``text`` as a closure."""
    template = build.template(text, node)
    return constantly(template.constant) if template.constant is not None else template.evaluate


def integer_of(build: Build, node: Element, text: str) -> Callable[[User], int]:
    """``text`` as a whole number."""
    return _parsed(build, node, text, integer)


def decimal_of(build: Build, node: Element, text: str) -> Callable[[User], float]:
    """``text`` as a number."""
    return _parsed(build, node, text, decimal)


def flag_of(build: Build, node: Element, flag: Flag) -> Callable[[User], bool]:
    """``flag`` as a closure."""
    return constantly(flag) if isinstance(flag, bool) else _parsed(build, node, flag, truth)


def fixed_flag(build: Build, node: Element, flag: Flag) -> bool:
    """``flag`` where it decides what is built; a live one counts as its source text, that is, as false."""
    return flag if isinstance(flag, bool) else truth(build.template(flag, node).constant or "")


def constantly(value: T) -> Callable[[Any], T]:
    """The closure that always gives ``value``."""
    return lambda user: value


def _parsed(build: Build, node: Element, text: str, parse: Callable[[str], T]) -> Callable[[User], T]:
    template = build.template(text, node)
    if template.constant is not None:
        return constantly(parse(template.constant))
    evaluate = template.evaluate
    return lambda user: parse(evaluate(user))
