"""Traversal and rebuilding of the plan graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from silhouette_plan.plan.base import Element


def walk(root: Element, *, disabled: bool = True) -> Iterator[Element]:
    """Every element from ``root`` down, parents first, in tree order; without ``disabled``, only what exists for a run."""
    if not (disabled or root.enabled):
        return
    pending = [root]
    while pending:
        element = pending.pop()
        yield element
        pending.extend(child for child in reversed(element.children) if disabled or child.enabled)


def walk_with_path(root: Element) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Every element with its ancestors, outermost first."""
    pending: list[tuple[Element, tuple[Element, ...]]] = [(root, ())]
    while pending:
        element, path = pending.pop()
        yield element, path
        below = (*path, element)
        pending.extend((child, below) for child in reversed(element.children))


def transform(root: Element, change: Callable[[Element], Element]) -> Element:
    """The graph with ``change`` applied to each element, children first."""
    done: dict[int, Element] = {}
    for element in reversed(list(walk(root))):
        children = tuple(done[id(child)] for child in element.children)
        same = all(new is old for new, old in zip(children, element.children, strict=True))
        done[id(element)] = change(element if same else replace(element, children=children))
    return done[id(root)]
