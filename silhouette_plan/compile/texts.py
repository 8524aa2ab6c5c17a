"""Fields of controllers as closures, read as JMeter reads each of them."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import TypeVar

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.plan.base import Element, Flag
from silhouette_plan.program.controllers import Count, Number, Words
from silhouette_plan.values.user import User

T = TypeVar("T")

_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)


def words(build: PlanBuild, node: Element, text: str) -> Words:
    """``text`` as text."""
    return _read(build, node, text, str)


def count(build: PlanBuild, node: Element, text: str, otherwise: int = 0) -> Count:
    """``text`` as a whole number without spaces, ``otherwise`` where it is none (``Integer.valueOf``)."""
    return _read(build, node, text, lambda value: int(value) if _INTEGER.fullmatch(value) else otherwise)


def trimmed_count(build: PlanBuild, node: Element, text: str) -> Count:
    """``text`` as a whole number, 0 where it is none (``JMeterProperty.getIntValue``)."""
    return _read(build, node, text, lambda value: int(value) if _INTEGER.fullmatch(value.strip()) else 0)


def single(build: PlanBuild, node: Element, text: str, otherwise: float) -> Number:
    """``text`` as a number in single precision, ``otherwise`` where it is none (``Float.parseFloat``)."""
    return _read(build, node, text, lambda value: _single(value, otherwise))


def fixed_flag(build: PlanBuild, node: Element, flag: Flag) -> bool:
    """``flag`` as it stands before the run."""
    if isinstance(flag, bool):
        return flag
    return build.template(flag, node).evaluate(build.plan_user).strip().lower() == "true"


def _single(value: str, otherwise: float) -> float:
    try:
        number = float(value)
        result: float = struct.unpack("f", struct.pack("f", number))[0]
    except (ValueError, OverflowError):
        return otherwise
    return result


def _read(build: PlanBuild, node: Element, text: str, parse: Callable[[str], T]) -> Callable[[User], T]:
    template = build.template(text, node)
    if template.constant is not None:
        value = parse(template.constant)
        return lambda user: value
    evaluate = template.evaluate
    return lambda user: parse(evaluate(user))
