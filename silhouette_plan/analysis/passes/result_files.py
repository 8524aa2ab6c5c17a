"""Listeners that write the same file (AN503)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.listeners import ResultCollector


def result_files(view: PlanView) -> Iterator[Diagnostic]:
    """The second and later listeners of a file, where one stands in the scope of the other."""
    writers: dict[tuple[str, object, object], list[Node]] = {}
    for node in view.of(ResultCollector):
        writer = node.element
        assert isinstance(writer, ResultCollector)
        if not writer.file.strip():
            continue
        others = writers.setdefault((writer.file.strip(), writer.errors_only, writer.successes_only), [])
        earlier = next((other for other in others if _overlap(other, node)), None)
        if earlier is not None:
            where = f" ({earlier.element.span})" if earlier.element.span else ""
            yield found(
                "AN503",
                node,
                f"`{node.name}` writes the same file as `{earlier.name}`: `{writer.file}`",
                label="every sample is written twice",
                notes=(f"the other listener is `{earlier.name}`{where}",),
            )
        others.append(node)


def _overlap(one: Node, other: Node) -> bool:
    return one.parent in (*other.ancestors(), other.parent) or other.parent in tuple(one.ancestors())
