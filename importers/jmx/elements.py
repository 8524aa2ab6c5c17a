"""Raw elements to elements of the plan graph, by the rows of the tables."""

from __future__ import annotations

from typing import Any

from silhouette_plan.importers.jmx.columns.basic import Bag, Report, Unheld, scalar
from silhouette_plan.importers.jmx.findings import Findings, Refused
from silhouette_plan.importers.jmx.marker import NODE
from silhouette_plan.importers.jmx.names import canonical, identify, suggestion
from silhouette_plan.importers.jmx.raw import Forest, RawElement, RawProperty, find, simple_name
from silhouette_plan.importers.jmx.rows.row import Row

from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.codec import DEPTH_LIMIT
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import Foreign

COMMENTS = "TestPlan.comments"
"""The property that holds an element's comment, whatever the element."""


def build(forest: Forest, findings: Findings) -> tuple[Element, ...]:
    """The elements at the top of ``forest``, with all that stands below them.

    Raises:
        Refused: they nest too deeply.
    """
    check_depth(forest, findings)
    paths = _paths(forest)
    below: dict[int, list[Element]] = {}
    for index in range(len(forest) - 1, -1, -1):
        raw = forest[index]
        children = tuple(reversed(below.pop(index, [])))
        below.setdefault(raw.parent, []).append(_element(raw, children, paths[index], findings))
    return tuple(reversed(below.get(-1, [])))


def check_depth(forest: Forest, findings: Findings) -> None:
    """Refuse what nests deeper than the plan graph's other forms can hold.

    Raises:
        Refused: it does.
    """
    depths: list[int] = []
    for raw in forest:
        depths.append(depths[raw.parent] + 1 if raw.parent >= 0 else 0)
        if depths[-1] > DEPTH_LIMIT:
            findings.add("JX005", f"elements nest more than {DEPTH_LIMIT} levels deep", raw.line)
            raise Refused


def _paths(forest: Forest) -> list[str]:
    paths: list[str] = []
    for raw in forest:
        name = raw.name or simple_name(raw.tag)
        paths.append(f"{paths[raw.parent]}/{name}" if raw.parent >= 0 else name)
    return paths


def _element(raw: RawElement, children: tuple[Element, ...], path: str, findings: Findings) -> Element:
    def report(code: str, message: str, line: int) -> None:
        findings.add(code, message, line or raw.line, path=path)

    shared: dict[str, Any] = {
        "name": raw.name,
        "enabled": _enabled(raw, report),
        "comments": _comments(raw),
        "children": children,
        "span": Span(findings.file, raw.line, path=path),
    }
    row = identify(raw, report)
    if row is None:
        if find(raw.properties, NODE) is None and raw.tag != "WorkBench":
            findings.add("JX401", f"{raw.tag} “{raw.name}” is not known", raw.line, path=path)
        return _foreign(raw, shared)
    try:
        return _known(raw, row, shared, findings, report)
    except Unheld as reason:
        report("JX402", str(reason), reason.line)
        return _foreign(raw, shared)


def _known(raw: RawElement, row: Row, shared: dict[str, Any], findings: Findings, report: Report) -> Element:
    bag = Bag(canonical(raw, row, report).values(), report)
    comment = bag.take(COMMENTS)
    if comment is not None:
        scalar(comment, report)
    values: dict[str, Any] = {**row.constants, **row.implied}
    for column in row.columns:
        values.update(column.read(bag))
    if row.tag_field:
        values[row.tag_field] = raw.tag
    if row.gui_field:
        values[row.gui_field] = raw.guiclass
    extra = (*_kept_gui(raw, row), *(prop.kept() for prop in bag.left.values()))
    if not row.open_ended:
        for prop in bag.left.values():
            _report_unknown(prop, row, shared["span"].path, findings)
    return row.kind(**shared, **values, extra=extra)


def _report_unknown(prop: RawProperty, row: Row, path: str, findings: Findings) -> None:
    if prop.name not in row.known and not prop.name.startswith("silplan."):
        message = f"{row.tag} reads no property “{prop.name}”"
        findings.add("JX304", message, prop.line, path=path, hint=suggestion(prop.name, row))


def _kept_gui(raw: RawElement, row: Row) -> tuple[Property, ...]:
    gui = simple_name(raw.guiclass)
    return (Property("attribute", "guiclass", gui),) if gui in row.other_guis else ()


def _foreign(raw: RawElement, shared: dict[str, Any]) -> Foreign:
    properties = tuple(prop.kept() for prop in raw.properties if prop.name != COMMENTS)
    return Foreign(**shared, tag=raw.tag, testclass=raw.testclass, guiclass=raw.guiclass, properties=properties)


def _enabled(raw: RawElement, report: Report) -> bool:
    """As ``ConversionHelp.restoreSpecialProperties``: anything but ``true`` is off; an absent attribute is on."""
    if raw.enabled is None or raw.enabled == "true":
        return True
    if raw.enabled != "false":
        report("JX310", f"enabled=“{raw.enabled}” is not true, so the element is off", raw.line)
    return False


def _comments(raw: RawElement) -> str:
    """The element's comment; without one, the XML comments before it, so that their words survive."""
    prop = find(raw.properties, COMMENTS)
    return prop.value if prop and prop.value else raw.remarks
