"""What an extractor searches: a part of the samples in its scope, or a variable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.scope import MAIN, samples_in, variable_of
from silhouette_plan.elements.texts import PARTS, Part
from silhouette_plan.plan.processors import BoundaryExtractor, RegexExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User

Texts = Callable[[User, Sample], Sequence[str]]

_SOURCES: dict[str, Part] = {
    "true": PARTS["headers"],
    "request_headers": PARTS["request-headers"],
    "unescaped": PARTS["unescaped"],
    "URL": PARTS["url"],
    "code": PARTS["status"],
    "message": PARTS["message"],
}
"""Part of the sample by JMeter's ``useHeaders``; any other value means the body."""


def part_of(source: str) -> Part:
    """The part that ``useHeaders`` names."""
    return _SOURCES.get(source, PARTS["body"])


def texts_of(node: RegexExtractor | BoundaryExtractor, build: Build) -> Texts:
    """The texts to search; none where the variable of the scope is unset."""
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)

        def read_variable(user: User, sample: Sample) -> Sequence[str]:
            text = read(user)
            return () if text is None else (text,)

        return read_variable
    if node.source == "as_document":
        complain(build, node, "EL002")
    part = part_of(node.source)
    if node.scope in MAIN:
        return lambda user, sample: (part(sample),)
    samples = samples_in(node.scope)
    return lambda user, sample: [part(one) for one in samples(sample)]
