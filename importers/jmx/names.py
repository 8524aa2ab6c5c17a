"""Name-level repair: which element is meant, and which property.

Rules, in order, for an element whose tag no row has: a guiclass that only one row has; a known lookalike; the nearest
tag. For a property that its row does not have: a listed rename; the row's property with the same last part; the nearest
name. A mend never takes the place of a property that is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from silhouette_plan.importers.jmx.columns.basic import Report
from silhouette_plan.importers.jmx.raw import RawElement, RawProperty, simple_name
from silhouette_plan.importers.jmx.rows.row import Row
from silhouette_plan.importers.jmx.rows.table import BY_GUI, BY_TAG, JMETER_ONLY, ROWS, row_for

from silhouette_plan.plan.base import Scoped

_LOOKALIKES = {name: row for row in ROWS for name in row.lookalikes}
_CLOSE = 0.85
"""How alike a misspelling must be (``difflib`` ratio) to be mended."""


def identify(raw: RawElement, report: Report) -> Row | None:
    """The row of ``raw``; None for an element that is not known here."""
    row = row_for(raw.tag, raw.guiclass)
    if row is not None:
        return _check_gui(raw, row, report)
    row = _meant(raw)
    if row is not None and "." in raw.tag and raw.tag in row.lookalikes:
        report("JX309", f"JMeter's own {row.tag} took the place of “{raw.tag}”", raw.line)
    elif row is not None:
        report("JX301", f"there is no “{raw.tag}” ({raw.guiclass}); {row.tag} is meant", raw.line)
    return row


def holds_nothing(raw: RawElement) -> bool:
    """Whether nothing can stand below ``raw``: it applies to its parent's samplers."""
    row = identify(raw, lambda code, message, line: None)
    return row is not None and issubclass(row.kind, Scoped)


def _meant(raw: RawElement) -> Row | None:
    gui = simple_name(raw.guiclass)
    found = BY_GUI.get(gui) or _LOOKALIKES.get(gui) or _LOOKALIKES.get(raw.tag)
    if found or "." in raw.tag or raw.tag in JMETER_ONLY:
        return found
    names = {tag.lower(): row for tag, row in BY_TAG.items() if "." not in tag}
    return names.get(_only(get_close_matches(raw.tag.lower(), names, 2, _CLOSE)))


def _only(matches: list[str]) -> str:
    """The best match; a second one that is as good would make it a guess."""
    return matches[0] if matches else ""


def _check_gui(raw: RawElement, row: Row, report: Report) -> Row:
    """``row``, or the row that a foreign guiclass of a generic element asks for."""
    gui = simple_name(raw.guiclass)
    if raw.testclass and simple_name(raw.testclass) != simple_name(raw.tag) and not row.tag_field:
        known = row_for(raw.testclass, raw.guiclass)
        if known is not row:
            report("JX311", f"testclass “{raw.testclass}” contradicts the tag “{raw.tag}”, which counts", raw.line)
    if row.gui_field or gui in {simple_name(row.gui), *row.old_guis, *row.other_guis}:
        return row
    if not gui:
        report("JX311", f"“{raw.name or raw.tag}” has no guiclass; JMeter would refuse it", raw.line)
    else:
        report("JX302", f"guiclass “{raw.guiclass}” does not belong to {row.tag}; {row.gui} is meant", raw.line)
    return row


def canonical(raw: RawElement, row: Row, report: Report) -> dict[str, RawProperty]:
    """The properties of ``raw`` by the names that ``row`` reads; the last of two with one name counts."""
    named: dict[str, RawProperty] = {}
    for prop in raw.properties:
        if prop.name in named:
            _report_double(named[prop.name], prop, report)
        named[prop.name] = prop
    known = row.properties
    for name in [name for name in named if name not in known]:
        meant = row.renames.get(name) or _nearest(name, known)
        if meant and meant not in named:
            prop = named.pop(name)
            old = name in row.renames and name in _UPGRADED
            report("JX309" if old else "JX303", f"{row.tag} reads “{meant}”, not “{name}”", prop.line)
            named[meant] = replace(prop, name=meant)
    return named


_UPGRADED = frozenset(
    {
        "ConstantThroughputTimer.throughput",
        "JDBCSampler.query",
        "JDBCSampler.url",
        "JDBCSampler.driver",
        "JDBCSampler.maxuse",
        "ConfigTestElement.username",
        "ConfigTestElement.password",
        "BSFSampler.filename",
        "BSFSampler.language",
        "BSFSampler.parameters",
        "BSFSampler.query",
    }
)
"""Renames of JMeter's own ``upgrade.properties``: old files, not faults."""


def _report_double(first: RawProperty, second: RawProperty, report: Report) -> None:
    same = replace(first, line=0) == replace(second, line=0)
    what = "twice, alike" if same else f"before in line {first.line}; that one has no effect"
    lost = "" if same else _summary(first)
    report("JX306", f"“{second.name}” stands {what}{lost}{_misread(first, second)}", second.line)


def _misread(lost: RawProperty, kept: RawProperty) -> str:
    """Says where the text that stays refers to arguments that went: ``${name}`` reads a variable, never an argument."""
    said = " ".join(_scalars(kept))
    names = [name for name in _texts(lost) if f"${{{name}}}" in said]
    if not names:
        return ""
    references = ", ".join(f"${{{name}}}" for name in names)
    return f"; {references} in the text that stays names an argument, not a variable"


def _scalars(prop: RawProperty) -> Iterable[str]:
    yield prop.value
    for item in prop.items:
        yield from _scalars(item)


def _summary(prop: RawProperty) -> str:
    texts = [one for one in _texts(prop) if one]
    return f": {', '.join(texts[:6])}" if texts else ""


def _texts(prop: RawProperty) -> Iterable[str]:
    """What a property says, for a message: names of arguments, or its text."""
    if prop.scalar:
        yield prop.value if len(prop.value) <= 40 else f"{prop.value[:39]}…"
    for item in prop.items:
        if item.kind == "element" and item.name:
            yield item.name
        elif not item.scalar:
            yield from _texts(item)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    last = name.rpartition(".")[2].lower()
    prefixed = [one for one in known if "." in one]
    same_end = [one for one in prefixed if "." in name and one.rpartition(".")[2].lower() == last]
    if len(same_end) == 1:
        return same_end[0]
    lower = {one.lower(): one for one in known}
    return lower.get(_only(get_close_matches(name.lower(), lower, 1, _CLOSE)))


def suggestion(name: str, row: Row) -> str:
    """A hint that names the property most like ``name``, or nothing."""
    matches = get_close_matches(name, row.properties, 1, 0.6)
    return f"did you mean “{matches[0]}”?" if matches else ""
