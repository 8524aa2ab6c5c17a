"""Extractors whose variables nobody reads (AN106)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.uses import reads_anything
from silhouette_plan.analysis.variables import family_of
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan import processors
from silhouette_plan.plan.controllers import IncludeController
from silhouette_plan.plan.testplan import Foreign

_EXTRACTORS = (
    processors.JsonExtractor,
    processors.JmesPathExtractor,
    processors.RegexExtractor,
    processors.BoundaryExtractor,
    processors.XPathExtractor,
    processors.XPath2Extractor,
    processors.CssExtractor,
    processors.ExpressionExtractor,
)
_WORD = re.compile(r"[\w.-]+")


def unread_extractors(view: PlanView) -> Iterator[Diagnostic]:
    """Every extractor none of whose variables is read, where all readers can be seen."""
    extractors = view.of(*_EXTRACTORS)
    if not extractors or view.of(IncludeController) or any(reads_anything(node) for node in view.active):
        return
    read = _read_names(view)
    unknown = [name for name in read if not view.names.is_known(name)]
    for node in extractors:
        names = [one.name for one in view.names.sets_of(node).names]
        if names and not any(name in read for name in names):
            listed = ", ".join(f"`{name}`" for name in names)
            yield found(
                "AN106",
                node,
                f"nothing reads {listed}, set by `{node.name}`",
                hint=did_you_mean(names[0], unknown),
            )


def _read_names(view: PlanView) -> set[str]:
    read: set[str] = set()
    for uses in view.names.uses.values():
        for use in uses:
            read.add(use.name)
            read.add(family_of(use.name))
    for node in view.of(Foreign):
        for site in node.sites:
            read.update(_WORD.findall(getattr(site, "text", "")))
    return read
