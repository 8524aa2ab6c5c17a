"""Every element where it stands, and what may be asked about files beside the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from silhouette_plan.analysis.texts import Site, sites
from silhouette_plan.plan.base import Controller, Element, Group, Sampler
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign, TestFragment, TestPlan

LoadPlan = Callable[[str], TestPlan | None]
"""Gives the plan that an include names (the path as written), or None where it cannot be read."""

FirstLine = Callable[[str], str | None]
"""Gives the first line of a data file (the path as written), or None where it cannot be read."""


def _nothing(path: str) -> None:
    return None


@record
class Surroundings:
    """What the analysis may ask about files beside the plan; by default nothing is known of any."""

    load_plan: LoadPlan = _nothing
    first_line: FirstLine = _nothing


class Node:
    """An element where it stands. ``live``: it and all above it are enabled. ``group`` is the nearest group around it."""

    __slots__ = ("children", "depth", "element", "group", "index", "live", "parent", "sites")

    def __init__(self, element: Element, parent: Node | None, index: int) -> None:
        self.element = element
        self.parent = parent
        self.index = index
        self.depth: int = parent.depth + 1 if parent else 0
        self.live: bool = element.enabled and (parent is None or parent.live)
        self.group: Node | None = self if isinstance(element, Group) else parent.group if parent else None
        self.children: list[Node] = []
        self.sites: tuple[Site, ...] = sites(element)

    @property
    def name(self) -> str:
        """The element's name, or its kind where it has none."""
        return self.element.name or type(self.element).__name__

    @property
    def steps(self) -> list[Node]:
        """Enabled children that the flow visits in turn."""
        return [child for child in self.children if child.element.enabled and is_step(child.element)]

    @property
    def enclosing(self) -> Node:
        """The nearest controller, group or plan that holds the element."""
        node = self.parent
        while node is not None and not isinstance(node.element, (Controller, Group, TestPlan)):
            node = node.parent
        return node or self

    def ancestors(self) -> Iterator[Node]:
        """The elements around it, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def is_step(element: Element) -> bool:
    """Whether the flow comes to it in its turn. An element of unknown kind may be a step, so it counts as one."""
    return isinstance(element, (Controller, Sampler, Foreign)) and not isinstance(element, TestFragment)


def nodes_of(root: Element) -> list[Node]:
    """Every element below ``root`` as a node, in tree order."""
    found: list[Node] = []
    pending: list[tuple[Element, Node | None]] = [(root, None)]
    while pending:
        element, parent = pending.pop()
        node = Node(element, parent, len(found))
        found.append(node)
        if parent is not None:
            parent.children.append(node)
        pending.extend((child, node) for child in reversed(element.children))
    return found
