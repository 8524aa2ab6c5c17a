"""Plan → ``.jmx``, element by element as JMeter 5.5 writes them.

What the language has and JMeter has not is lowered to JMeter elements first (``lowering``).
"""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.importers.jmx.elements import COMMENTS
from silhouette_plan.importers.jmx.lowering.lower import lowered
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.table import writing_row
from silhouette_plan.importers.jmx.serialize import NotXml, lines, start_tag
from silhouette_plan.importers.jmx.unit_texts import in_jmeters_words

from silhouette_plan.diagnostics import Diagnostic, PlanError
from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.testplan import Foreign, TestPlan

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.5">\n'
_FOOT = "</jmeterTestPlan>\n"
_DEEPEST_INDENT = 40


def write(plan: TestPlan) -> bytes:
    """``plan`` as a JMeter plan in UTF-8.

    Raises:
        PlanError: an element that the source gave a name no XML tag can have.
    """
    return (_HEAD + "\n".join(_document(_jmeters(plan))) + "\n" + _FOOT).encode("utf-8", "replace")


def _jmeters(plan: TestPlan) -> Element:
    return in_jmeters_words(lowered(plan))


def _document(plan: Element) -> Iterator[str]:
    """The tree's lines; with a stack, for plans nest deeply."""
    yield "  <hashTree>"
    pending: list[tuple[Element | None, int]] = [(None, 1), (plan, 2)]
    while pending:
        element, depth = pending.pop()
        indent = "  " * min(depth, _DEEPEST_INDENT)
        if element is None:
            yield f"{indent}</hashTree>"
            continue
        yield from _element(element, indent)
        if not element.children:
            yield f"{indent}<hashTree/>"
            continue
        yield f"{indent}<hashTree>"
        pending.append((None, depth))
        pending.extend((child, depth + 1) for child in reversed(element.children))


def _element(element: Element, indent: str) -> Iterator[str]:
    tag, testclass, guiclass, properties = _written(element)
    attributes = (
        ("guiclass", guiclass),
        ("testclass", testclass),
        ("testname", element.name),
        ("enabled", "true" if element.enabled else "false"),
    )
    try:
        start = start_tag(tag, attributes)
        inner = [line for prop in properties for line in lines(prop, indent + "  ")]
    except NotXml as problem:
        raise PlanError([_unwritable(element, problem)]) from None
    if not inner:
        yield f"{indent}{start}/>"
        return
    yield f"{indent}{start}>"
    yield from inner
    yield f"{indent}</{tag}>"


def _unwritable(element: Element, problem: NotXml) -> Diagnostic:
    message = f"“{element.name}” cannot be written: “{problem}” is no name of XML"
    return Diagnostic("JX501", message, element.span, hint="tags have letters, digits, “.”, “_”, “-” and “$”")


def _written(element: Element) -> tuple[str, str, str, tuple[Property, ...]]:
    """Tag, testclass, guiclass and properties."""
    comment = (Property("string", COMMENTS, element.comments),) if element.comments else ()
    if isinstance(element, Foreign):
        return element.tag, element.testclass, element.guiclass, (*comment, *element.properties, *element.extra)
    row = writing_row(element)
    if row is None:
        raise AssertionError(f"{type(element).__name__} was not lowered")
    own = tuple(prop for column in row.columns for prop in column.write(element))
    extra = tuple(prop for prop in element.extra if prop.kind != "attribute")
    tag, gui = _classes(element, row)
    return tag, tag, gui, (*comment, *own, *extra)


def _classes(element: Element, row: Row) -> tuple[str, str]:
    tag = getattr(element, row.tag_field) if row.tag_field else row.tag
    gui = getattr(element, row.gui_field) if row.gui_field else row.gui
    kept = {prop.name: prop.value for prop in element.extra if prop.kind == "attribute"}
    return tag, kept.get("guiclass", gui)
