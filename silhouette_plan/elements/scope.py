"""Which samples an element looks at (``AbstractScopedTestElement``): the main one, its sub-samples, both, or a variable.

Sub-samples are gathered level by level, five deep, each one's children right after it and its siblings' at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.strings import text_of as java_text
from silhouette_plan.values.user import User

Samples = Callable[[Sample], Sequence[Sample]]

Texts = Callable[[User, Sample], Sequence[str]]
"""The texts that an element searches, in order."""

MAIN = ("", "parent")
"""Scopes that mean the main sample."""

_DEPTH = 4


def samples_in(scope: str) -> Samples:
    """How to get the samples of ``scope`` from the main one; none for a scope that JMeter does not know."""
    if scope in MAIN:
        return lambda sample: (sample,)
    if scope == "children":
        return sub_samples
    if scope == "all":
        return lambda sample: (sample, *sub_samples(sample))
    return lambda sample: ()


def sub_samples(sample: Sample) -> Sequence[Sample]:
    """The sub-samples of ``sample`` and theirs."""
    if not sample.subresults:
        return ()
    found = list(sample.subresults)
    _descend(found, sample.subresults, _DEPTH)
    return found


def _descend(found: list[Sample], samples: Sequence[Sample], levels: int) -> None:
    if not levels:
        return
    for sample in samples:
        found.extend(sample.subresults)
        _descend(found, sample.subresults, levels - 1)


def variable_of(build: Build, node: Element, name: str) -> Callable[[User], str | None]:
    """The text of the variable that ``name`` names, None where it is unset."""
    name_of = text_of(build, node, name)

    def read(user: User) -> str | None:
        value = user.variables.get(name_of(user))
        return value if value is None or type(value) is str else java_text(value)

    return read
