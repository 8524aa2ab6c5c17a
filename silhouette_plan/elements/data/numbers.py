"""Numbers written by a Java ``DecimalFormat``."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.elements.codes import complain
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of
from silhouette_plan.values.java.decimal_format import decimal_format, format_number, number_pattern
from silhouette_plan.values.user import User

WriteNumber = Callable[[User, int], str]


def number_writer(build: Build, node: Element, format: str) -> WriteNumber:
    """Writes whole numbers by ``format``; plainly where it is empty or none that Java takes."""
    constant = build.template(format, node).constant
    if constant is None:
        format_of = text_of(build, node, format)
        return lambda user, number: _written(format_of(user), number)
    if not constant:
        return lambda user, number: str(number)
    try:
        pattern = number_pattern(constant)
    except ValueError as problem:
        complain(build, node, "EL011", str(problem))
        return lambda user, number: str(number)
    return lambda user, number: format_number(pattern, number)


def _written(format: str, number: int) -> str:
    try:
        return decimal_format(format, number) if format else str(number)
    except ValueError:
        return str(number)
