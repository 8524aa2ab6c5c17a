"""Which variables an element reads."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.functions import ASKS, LOOKS_UP
from silhouette_plan.analysis.references import CallReference, VariableReference, references
from silhouette_plan.analysis.script_names import script_names
from silhouette_plan.analysis.setters import file_script
from silhouette_plan.analysis.texts import ExpressionSite, Site, TextSite, is_script, parts, property_texts
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.variables import Use
from silhouette_plan.plan import controllers, processors, samplers, testplan
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Call, IsKind, Name, TextLiteral

SAMPLE_WORDS = frozenset(
    {
        "status", "message", "time", "latency", "connect", "size", "rows", "body", "headers", "url", "ok",
        "passed", "user", "thread", "iteration", "request-headers", "unescaped", "document",
    }
)  # fmt: skip
"""Bare words of an expression that are no variables."""


def uses_of(node: Node) -> tuple[Use, ...]:
    """What ``node`` reads."""
    found = [use for site in node.sites for use in _uses_of_site(site, node.element)]
    found += [
        Use(reference.name, f"property `{name}`", "extra", text=False, asks=True)
        for name, text in property_texts(node.element.extra)
        for reference in references(text)
        if isinstance(reference, VariableReference)
    ]
    for field, name in _names_read(node.element):
        found.append(Use(name, field.replace("_", " "), field, text=False))
    return tuple(found)


def reads_anything(node: Node) -> bool:
    """Whether ``node`` may read variables by names that are not to be seen."""
    element = node.element
    if isinstance(element, (samplers.DebugSampler, processors.DebugPostProcessor)):
        return True
    if file_script(element).reads_anything:
        return True
    return any(
        script_names(site.text).reads_anything or _computed_look_up(site.text)
        for site in node.sites
        if isinstance(site, TextSite)
    )


def _names_read(element: Element) -> Iterator[tuple[str, str]]:
    """Fields that hold the name of a variable to read."""
    scope_variable: str = getattr(element, "scope_variable", "")
    if scope_variable and getattr(element, "scope", "") == "variable" and "${" not in scope_variable:
        yield "scope_variable", scope_variable.strip()
    if isinstance(element, controllers.ForeachController) and element.source and "${" not in element.source:
        yield "source", f"{element.source}{'_' if element.use_separator is not False else ''}1"


def _uses_of_site(site: Site, element: Element) -> Iterator[Use]:
    if isinstance(site, ExpressionSite):
        yield from _uses_of_expression(site)
        return
    lenient = is_script(site) or isinstance(element, testplan.Foreign)
    yield from _uses_of_text(site, lenient)
    yield from (Use(name, site.place, site.field, text=False, asks=True) for name in script_names(site.text).reads)


def _uses_of_text(site: TextSite, lenient: bool) -> Iterator[Use]:
    for reference in references(site.text):
        if isinstance(reference, VariableReference):
            asks = lenient or f"\\${{{reference.name}}}" in site.text or f"$\\{{{reference.name}}}" in site.text
            yield Use(reference.name, site.place, site.field, asks=asks)
            continue
        for table, asks in ((LOOKS_UP, False), (ASKS, True)):
            index = table.get(reference.function)
            if index is not None and index < len(reference.constants) and (name := reference.constants[index]):
                asks = asks or (reference.function == "__V" and len(reference.constants) > 1)
                for one in name.split("|") if reference.function == "__RandomFromMultipleVars" else (name,):
                    yield Use(one.strip(), site.place, site.field, text=False, asks=asks)


def _uses_of_expression(site: ExpressionSite) -> Iterator[Use]:
    asked: set[int] = set()
    for part in parts(site.expression):
        match part:
            case IsKind(operand=operand):
                asked.add(id(operand))
            case Name(name) if name not in SAMPLE_WORDS:
                yield Use(name, site.place, site.field, text=False, asks=id(part) in asked)
            case Call("var", (TextLiteral(text), *_)):
                yield Use(text, site.place, site.field, text=False, asks=id(part) in asked)
            case TextLiteral(text):
                yield from _uses_of_text(TextSite(text, site.place, site.field), lenient=False)
            case _:
                pass


def _computed_look_up(text: str) -> bool:
    return any(
        isinstance(reference, CallReference)
        and (reference.function == "__eval" or _argument_is_live(reference, LOOKS_UP.get(reference.function)))
        for reference in references(text)
    )


def _argument_is_live(reference: CallReference, index: int | None) -> bool:
    return index is not None and index < len(reference.constants) and reference.constants[index] is None
