"""Compare Assertion (``org.apache.jmeter.assertions.CompareAssertion``): the samples of an iteration agree.

Each sample is held against the one before it, in content or time. Once two differ, every later one of the iteration fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from silhouette_plan.plan.assertions import CompareAssertion
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import constantly, flag_of, integer_of, text_of
from silhouette_plan.program.steps import DataStep, Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.user import User


@dataclass(slots=True)
class _Seen:
    """The samples of the iteration so far: contents without what is to be skipped, times in ms."""

    contents: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)


def _key(node: CompareAssertion) -> tuple[type, int]:
    return CompareAssertion, id(node)


def forget_samples(node: CompareAssertion, build: Build) -> DataStep:
    """At each iteration, the comparison starts afresh."""
    key = _key(node)

    def advance(user: User) -> None:
        user.state[key] = _Seen()

    return DataStep(advance=advance)


def compare_assertion(node: CompareAssertion, build: Build) -> Judge:
    """``CompareAssertion``. A time below 0 is not compared."""
    key = _key(node)
    name = text_of(build, node, node.name)
    contents_count = flag_of(build, node, node.compare_content)
    allowed_of = integer_of(build, node, node.compare_time)
    clean = _cleaner(node, build)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        seen = user.state.setdefault(key, _Seen())
        seen.times.append(sample.elapsed)
        try:
            seen.contents.append(clean(user, sample.text))
        except (PatternFault, MatchTooLong) as problem:
            return AssertionResult(name(user), str(problem), error=True)
        message = _time_failure(seen.times, allowed_of(user))
        if message is None and contents_count(user) and _differ(seen.contents):
            message = "Responses differ in content"
        return AssertionResult(name(user), message) if message is not None else None

    return judge


def _differ(contents: list[str]) -> bool:
    return any(content != contents[0] for content in contents)


def _time_failure(times: list[int], allowed: int) -> str | None:
    if allowed >= 0 and any(abs(one - other) > allowed for one, other in pairwise(times)):
        return f"Responses differ in response time by more than{allowed} ms"
    return None


def _cleaner(node: CompareAssertion, build: Build) -> Callable[[User, str], str]:
    """Replaces what is to be skipped; a replacement is plain text."""
    skipped = [(text_of(build, node, regex), text_of(build, node, text)) for regex, text in node.skip]

    def clean(user: User, text: str) -> str:
        for regex_of, replacement_of in skipped:
            text = compile_oro_regex(regex_of(user)).replace(text, constantly(replacement_of(user)))
        return text

    return clean
