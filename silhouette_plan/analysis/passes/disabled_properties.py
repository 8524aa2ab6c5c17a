"""Properties that only a disabled element would set (AN111)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import CallReference, references
from silhouette_plan.analysis.setters import properties_set
from silhouette_plan.analysis.texts import TextSite
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic


def disabled_properties(view: PlanView) -> Iterator[Diagnostic]:
    """One diagnostic a property, at its first reader."""
    disabled = {name: node for node in view.nodes if not node.live for name in properties_set(node) if name}
    if not disabled:
        return
    for node in view.live:
        for name in properties_set(node):
            disabled.pop(name, None)
    for node in view.active:
        for name in _read(node):
            if setter := disabled.pop(name, None):
                yield found(
                    "AN111",
                    node,
                    f"`{node.name}` reads the property `{name}`, which only a disabled element sets",
                    hint=f"enable `{setter.name}`, or give `-J{name}=…`",
                )


def _read(node: Node) -> Iterator[str]:
    for site in node.sites:
        if isinstance(site, TextSite):
            for reference in references(site.text):
                if isinstance(reference, CallReference) and reference.function in ("__P", "__property"):
                    yield (reference.constants[0] or "").strip() if reference.constants else ""
