"""Where calls lead: Module Controllers and ``call`` to their targets, includes to the fragments of other files.

A Module Controller's path holds names from the root; JMeter writes the root of its own tree in front and does not look
at it, nor at other Module Controllers. A path of one name is the language's ``call "name"`` and means a fragment, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.tree import Node, Surroundings, is_step, nodes_of
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import TestFragment, TestPlan


class Targets:
    """The targets of every call of a plan. ``fragments`` maps names to fragments, those of included files too."""

    def __init__(self, root: Node, nodes: list[Node], surroundings: Surroundings) -> None:
        self._root = root
        self._load = surroundings.load_plan
        self._files: dict[str, list[Node] | None] = {}
        self._found: dict[Node, tuple[Node, ...]] = {}
        self.fragments: dict[str, list[Node]] = {}
        self.open_ended = False
        for node in nodes:
            self._add_fragments(node)

    def of(self, call: Node) -> tuple[Node, ...]:
        """What ``call`` may run: one target when all is well, none when it leads nowhere."""
        known = self._found.get(call)
        if known is None:
            known = self._found[call] = tuple(self._resolve(call))
        return known

    def is_known(self, call: Node) -> bool:
        """Whether everything is at hand that is needed to say where ``call`` leads."""
        element = call.element
        if isinstance(element, IncludeController):
            return self._file(element.file) is not None
        return not (isinstance(element, ModuleController) and len(element.path) == 1 and self.open_ended)

    def reached(self) -> list[Node]:
        """Live elements outside of fragments, and the enabled ones below every target that a call among them reaches."""
        found: dict[Node, None] = {}
        pending = [self._root] if self._root.element.enabled else []
        while pending:
            node = pending.pop()
            if node in found:
                continue
            found[node] = None
            below = [c for c in node.children if c.element.enabled and not isinstance(c.element, TestFragment)]
            pending += reversed(below)
            if isinstance(node.element, ModuleController):
                pending += [target for target in self.of(node) if target not in found]
        return sorted(found, key=lambda node: node.index)

    def _add_fragments(self, node: Node) -> None:
        if isinstance(node.element, TestFragment):
            self.fragments.setdefault(node.element.name, []).append(node)
        elif isinstance(node.element, IncludeController) and isinstance(_element(node.parent), TestPlan):
            included = self._file(node.element.file)
            self.open_ended = self.open_ended or included is None
            for fragment in included or ():
                self.fragments.setdefault(fragment.element.name, []).append(fragment)

    def _resolve(self, call: Node) -> Iterator[Node]:
        element = call.element
        if isinstance(element, IncludeController):
            yield from self._file(element.file) or ()
        elif isinstance(element, ModuleController):
            path = element.path
            if len(path) == 1:
                yield from self.fragments.get(path[0], ())
                return
            root = self._root.element.name
            found = self._below(path[2:]) if path[1:2] == (root,) else []
            yield from found or (self._below(path[1:]) if path[:1] == (root,) else [])

    def _below(self, path: tuple[str, ...]) -> list[Node]:
        level = [self._root]
        for name in path:
            children = (child for node in level for child in node.children)
            level = [c for c in children if c.element.name == name and not isinstance(c.element, ModuleController)]
        return level if path else []

    def _file(self, path: str) -> list[Node] | None:
        """The fragments of an included file (its steps where it has none); None where it cannot be read."""
        if path not in self._files:
            plan = None if "${" in path else self._load(path)
            self._files[path] = None if plan is None else _fragments_of(plan)
        return self._files[path]


def _fragments_of(plan: TestPlan) -> list[Node]:
    nodes = nodes_of(plan)
    fragments = [node for node in nodes if isinstance(node.element, TestFragment) and node.live]
    return fragments or [node for node in nodes[0].children if node.live and is_step(node.element)]


def _element(node: Node | None) -> object:
    return node.element if node else None
