"""Calls of functions that do not exist, and references that JMeter cannot compile (AN401, AN402)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.functions import KNOWN_FUNCTIONS, count_fault
from silhouette_plan.analysis.references import CallReference, references, template_fault
from silhouette_plan.analysis.texts import TextSite, is_script
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean

_LOOKS_LIKE_CALL = re.compile(r"\s*(__[A-Za-z]\w*)(\s*)(?:\(|\Z)")


def function_calls(view: PlanView) -> Iterator[Diagnostic]:
    """Every call that JMeter would leave as text."""
    for node in view.active:
        for site in node.sites:
            if isinstance(site, TextSite) and "${__" in site.text.replace("${ ", "${"):
                yield from _of_site(view, node, site)


def _of_site(view: PlanView, node: Node, site: TextSite) -> Iterator[Diagnostic]:
    fault = template_fault(site.text)
    if fault:
        yield _cannot_compile(node, site, fault)
        return
    for reference in references(site.text):
        if isinstance(reference, CallReference):
            takes = count_fault(reference.function, len(reference.arguments))
            if takes:
                message = f"`{reference.function}` takes {takes} arguments, not {len(reference.arguments)}"
                yield _cannot_compile(node, site, message)
        elif not is_script(site) and not view.names.mask_of(reference.name):
            yield from _unknown(node, site, reference.name)


def _cannot_compile(node: Node, site: TextSite, fault: str) -> Diagnostic:
    return found(
        "AN402",
        node,
        f"the {site.place} of `{node.name}` cannot be compiled: {fault}",
        label="JMeter sends every reference of this element as text",
    )


def _unknown(node: Node, site: TextSite, name: str) -> Iterator[Diagnostic]:
    match = _LOOKS_LIKE_CALL.match(name)
    if match is None or name.startswith(("__jm__", "__jmv_")):
        return
    function, blank = match[1], match[2]
    if function in KNOWN_FUNCTIONS:
        why = "a blank before `(`" if blank else "a blank before the name"
        yield found(
            "AN401", node, f"`{function}` is not called in the {site.place} of `{node.name}`: {why}", hint="remove it"
        )
        return
    yield found(
        "AN401",
        node,
        f"unknown function `{function}` in the {site.place} of `{node.name}`",
        label="JMeter leaves the text as it stands",
        hint=did_you_mean(function, KNOWN_FUNCTIONS),
    )
