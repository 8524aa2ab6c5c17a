"""Lists that belong together and have different lengths (AN407)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.plan.processors import JsonExtractor


def list_lengths(view: PlanView) -> Iterator[Diagnostic]:
    """JSON Extractors whose names, paths and defaults do not pair up."""
    for node in view.of(JsonExtractor):
        extractor = node.element
        assert isinstance(extractor, JsonExtractor)
        if is_live(extractor.names) or is_live(extractor.paths):
            continue
        names = _parts(extractor.names)
        for what, text in (("path", extractor.paths), ("default", extractor.defaults or "")):
            count = len(_parts(text))
            if count != len(names) and (text or what == "path") and not is_live(text):
                yield found(
                    "AN407",
                    node,
                    f"`{node.name}` has {counted(len(names), 'name')} and {counted(count, what)}",
                    label="JMeter sets none of the variables",
                    hint=f"give one {what} for each name, split by `;`",
                )


def _parts(text: str) -> list[str]:
    """As Java splits: what is empty at the end does not count."""
    parts = text.split(";")
    while parts and not parts[-1]:
        parts.pop()
    return parts
