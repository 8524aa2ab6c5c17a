"""Boundary Extractor (``org.apache.jmeter.extractor.BoundaryExtractor``).

The text between a left and a right boundary. Without a left one, what stands before the first right one; without a
right one, what follows the first left one; without both, all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.elements.extractors.matches import keep_matches, keep_text
from silhouette_plan.elements.extractors.sources import texts_of
from silhouette_plan.plan.processors import BoundaryExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def boundary_extractor(node: BoundaryExtractor, build: Build) -> After:
    """``BoundaryExtractor``. A default of blanks counts only where *use empty default* says so."""
    name_of = text_of(build, node, node.variable)
    left_of = text_of(build, node, node.left)
    right_of = text_of(build, node, node.right)
    number_of = integer_of(build, node, node.match)
    default_of = text_of(build, node, node.default)
    empty_of = flag_of(build, node, node.empty_default)
    texts = texts_of(node, build)

    def extract(user: User, sample: Sample) -> None:
        name, number, default = name_of(user), number_of(user), default_of(user)
        if not name:
            raise ValueFault("Boundary Extractor without a variable name")
        if default.strip() or empty_of(user):
            user.variables[name] = default
        left, right = left_of(user), right_of(user)
        matches = [match for text in texts(user, sample) for match in between(text, left, right)]
        keep_matches(user, name, number, matches, keep_text)

    return extract


def between(text: str, left: str, right: str) -> Iterator[str]:
    """The parts of ``text`` between the boundaries. The search goes on right behind each left one."""
    if not text.strip():
        return
    if not left or not right:
        yield from _open_ended(text, left, right)
        return
    start = text.find(left)
    while start >= 0:
        start += len(left)
        end = text.find(right, start)
        if end < 0:
            return
        yield text[start:end]
        start = text.find(left, start)


def _open_ended(text: str, left: str, right: str) -> Iterator[str]:
    before, mark, after = text.partition(left or right) if left or right else ("", "all", text)
    if mark:
        yield after if left or not right else before
