"""Assertions on figures: duration, size, digest."""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Callable

from silhouette_plan.elements.assertions.scope import scoped
from silhouette_plan.elements.scope import variable_of
from silhouette_plan.plan.assertions import DurationAssertion, Md5HexAssertion, SizeAssertion
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import constantly, integer_of, text_of
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.java.numbers import parse_long
from silhouette_plan.values.java.strings import utf16_length
from silhouette_plan.values.user import User

_UNJUDGED = "Assertion failed! See log file."
"""The name under which JMeter reports an assertion that threw."""


def duration_assertion(node: DurationAssertion, build: Build) -> Judge:
    """``DurationAssertion``: 0 or less allows any duration (ms)."""
    name = text_of(build, node, node.name)
    allowed_of = integer_of(build, node, node.duration)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        allowed = allowed_of(user)
        if sample.elapsed <= allowed or allowed <= 0:
            return None
        message = (
            f"The operation lasted too long: It took {sample.elapsed:,} milliseconds, "
            f"but should not have lasted longer than {allowed:,} milliseconds."
        )
        return AssertionResult(name(user), message)

    return scoped(judge, node.scope, name)


_Comparison = Callable[[int, int], bool]

_COMPARISONS: dict[int, tuple[_Comparison, str]] = {
    1: (operator.eq, "been equal to"),
    2: (operator.ne, "not been equal to"),
    3: (operator.gt, "been greater than"),
    4: (operator.lt, "been less than"),
    5: (operator.ge, "been greater or equal to"),
    6: (operator.le, "been less than or equal to"),
}

_UNKNOWN: tuple[_Comparison, str] = (lambda size, allowed: False, "ERROR - invalid condition")

_SIZES: dict[str, Callable[[Sample], int]] = {
    "SizeAssertion.response_headers": lambda sample: sample.headers_size,
    "SizeAssertion.response_data": lambda sample: sample.body_length,
    "SizeAssertion.response_code": lambda sample: utf16_length(sample.code),
    "SizeAssertion.response_message": lambda sample: utf16_length(sample.message),
}


def size_assertion(node: SizeAssertion, build: Build) -> Judge:
    """``SizeAssertion``; on a variable, the number that it holds is judged, not its length."""
    name = text_of(build, node, node.name)
    allowed_of = _size_of(build, node)
    holds, wording = _COMPARISONS.get(node.operator, _UNKNOWN)
    measure: Callable[[Sample], int] = _SIZES.get(node.field, lambda sample: sample.received)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        return compare(user, measure(sample))

    def compare(user: User, size: int) -> AssertionResult | None:
        allowed = allowed_of(user)
        if isinstance(allowed, str):
            return AssertionResult(_UNJUDGED, f"java.lang.NumberFormatException: {allowed}", error=True)
        if holds(size, allowed):
            return None
        message = f"The result was the wrong size: It was {size:,} bytes, but should have {wording} {allowed:,} bytes."
        return AssertionResult(name(user), message)

    if node.scope == "variable":
        return _judge_variable(node, build, compare)
    return scoped(judge, node.scope, name)


def _judge_variable(node: SizeAssertion, build: Build, compare: Callable[[User, int], AssertionResult | None]) -> Judge:
    name = text_of(build, node, node.name)
    variable = text_of(build, node, node.scope_variable)
    read = variable_of(build, node, node.scope_variable)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        value = read(user)
        try:
            size = parse_long(value or "")
        except ValueError:
            shown = "null" if value is None else value
            return AssertionResult(name(user), f"Error parsing variable name: {variable(user)} value: {shown}")
        return compare(user, size)

    return judge


def _size_of(build: Build, node: SizeAssertion) -> Callable[[User], int | str]:
    """The allowed size, or why its text is none."""
    template = build.template(node.size, node)

    def read(text: str) -> int | str:
        try:
            return parse_long(text)
        except ValueError as problem:
            return str(problem)

    if template.constant is not None:
        return constantly(read(template.constant))
    return lambda user: read(template.evaluate(user))


def md5_hex_assertion(node: Md5HexAssertion, build: Build) -> Judge:
    """``MD5HexAssertion``: the digest of the body, in any case."""
    name = text_of(build, node, node.name)
    expected_of = text_of(build, node, node.digest)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        expected = expected_of(user)
        if not sample.body:
            return AssertionResult(name(user), "Response was null")
        if not expected:
            return AssertionResult(name(user), "MD5Hex to test against is empty")
        found = hashlib.md5(sample.body, usedforsecurity=False).hexdigest()
        if found == expected.lower():
            return None
        return AssertionResult(name(user), f"Error asserting MD5 sum : got {found} but should have been {expected}")

    return judge
