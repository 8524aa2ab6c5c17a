"""Modules, includes and disabled elements (``JMeter.pConvertSubTree``): what comes out has none of them.

A Module Controller keeps its place and gets a copy of its target below it, enabled even where it stands disabled; an
Include Controller gets what stands in the first Test Fragment of its file. Both resolve further calls inside. What is
disabled goes, with everything below.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import TestFragment, TestPlan
from silhouette_plan.plan.walk import walk

DEPTH = 150
"""How deep elements may stand in each other."""


def resolve_calls(plan: TestPlan, build: PlanBuild) -> TestPlan:
    """``plan`` as it runs."""
    return replace(plan, children=_Resolver(plan, build, (build.options.file,)).children_of(plan, ()))


class _Resolver:
    """Resolves within one file; ``files`` are those that led here."""

    def __init__(self, plan: TestPlan, build: PlanBuild, files: tuple[Path | None, ...]) -> None:
        self.plan = plan
        self.build = build
        self.files = files

    def children_of(self, node: Element, above: tuple[Element, ...]) -> tuple[Element, ...]:
        if len(above) > DEPTH:
            self.build.report(problem("CP008", f"{described(node)} stands more than {DEPTH} levels deep", node))
            return ()
        inside = (*above, node)
        return tuple(self.resolved(child, inside) for child in node.children if child.enabled)

    def resolved(self, node: Element, above: tuple[Element, ...]) -> Element:
        match node:
            case ModuleController():
                return replace(node, children=self.module(node, above))
            case IncludeController():
                return replace(node, children=self.include(node, above))
            case _:
                children = self.children_of(node, above)
                return node if children == node.children else replace(node, children=children)

    def module(self, node: ModuleController, above: tuple[Element, ...]) -> tuple[Element, ...]:
        target = _target(self.plan, node.path)
        if target is None or isinstance(target, (Group, TestPlan)):
            path = " / ".join(node.path)
            self.build.report(problem("CP002", f"{described(node)} calls `{path}`, which is not in the plan", node))
            return ()
        if any(target is one for one in above):
            self.build.report(
                problem("CP003", f"{described(node)} calls {described(target)}, in which it stands", node)
            )
            return ()
        return (self.resolved(replace(_copy(target), enabled=True), (*above, target)),)

    def include(self, node: IncludeController, above: tuple[Element, ...]) -> tuple[Element, ...]:
        name = self.build.properties.get("includecontroller.prefix", "") + node.file
        path = self.build.may_read(name.strip(), node) if node.file else None
        if path is None:
            return ()
        if path in self.files:
            self.build.report(problem("CP003", f"{described(node)} includes `{node.file}`, in which it stands", node))
            return ()
        other = self.read(path, node)
        if other is None:
            return ()
        fragment = next((child for child in other.children if isinstance(child, TestFragment)), None)
        if fragment is None:
            self.build.report(problem("CP004", f"`{node.file}` holds no Test Fragment", node))
            return ()
        return _Resolver(other, self.build, (*self.files, path)).children_of(fragment, above)

    def read(self, path: Path, node: IncludeController) -> TestPlan | None:
        reader = self.build.options.read_plan
        reason = "no reader is at hand"
        if reader is not None:
            try:
                plan, diagnostics = reader(path)
            except OSError as error:
                reason = error.strerror or str(error)
            else:
                for diagnostic in diagnostics:
                    self.build.report(diagnostic)
                return plan
        self.build.report(problem("CP004", f"{described(node)} cannot read `{node.file}`: {reason}", node))
        return None


def _copy(node: Element) -> Element:
    """The same, as other nodes: what the users of one call share (a counter) is not that of another call."""
    return replace(node, children=tuple(_copy(child) for child in node.children))


def _target(plan: TestPlan, path: tuple[str, ...]) -> Element | None:
    """The node at ``path``, whose first name is the tree's root and whose second is the plan's; the last match counts.

    A path of one name (``call``) means the fragment, or else the first controller, of that name.
    """
    if len(path) == 1:
        named = [node for node in walk(plan) if node.name == path[0] and not isinstance(node, ModuleController)]
        fragments = [node for node in named if isinstance(node, TestFragment)]
        return next(iter(fragments or named), None)
    matches: list[Element] = [plan] if path[1:2] == (plan.name,) else []
    for name in path[2:]:
        matches = [
            child
            for node in matches
            for child in node.children
            if child.name == name and not isinstance(child, ModuleController)
        ]
    return matches[-1] if matches else None
