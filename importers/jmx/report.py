"""The port report: what became of each element of a ``.jmx``, and every repair with its line, as data and as text."""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field
from textwrap import wrap
from typing import Any

from silhouette_plan.importers.jmx.raw import simple_name
from silhouette_plan.importers.jmx.reader import Reading

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign
from silhouette_plan.plan.walk import walk


class Fate(enum.StrEnum):
    """What became of an element, from best to worst."""

    EXACT = "carried exactly"
    REPAIRED = "repaired"
    DIFFERS = "runs differently"
    UNSUPPORTED = "cannot run yet"
    FOREIGN = "kept foreign"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Fate).index(self)


Judge = Callable[[Element], tuple[Fate, str] | None]
"""Says of an element that it runs differently or not at all, and why; None where it runs as in JMeter."""

_OF_THE_FILE = frozenset({"JX104", "JX108", "JX109", "JX110", "JX111", "JX201", "JX204", "JX205", "JX208"})
"""Repairs between elements: they change none."""


@record
class KindCount:
    """How many elements of a kind met which fate."""

    kind: str
    counts: tuple[tuple[Fate, int], ...]


@record
class Remark:
    """A repair, or a reason why an element runs differently or not at all. ``line`` counts from 1."""

    line: int
    code: str
    message: str
    element: str = ""
    hint: str = ""


@record
class PortReport:
    """The whole report. ``refused`` holds the errors of a file that could not be read (then there are no kinds)."""

    file: str
    kinds: tuple[KindCount, ...] = ()
    repairs: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()
    total: Counter[Fate] = field(default_factory=Counter)

    def reaches(self, fate: Fate) -> bool:
        """Whether any element met ``fate`` or a worse one, or the file was refused."""
        return bool(self.refused) or any(count and met.rank >= fate.rank for met, count in self.total.items())

    def to_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "file": self.file,
            "kinds": [
                {"kind": one.kind, **{fate.name.lower(): count for fate, count in one.counts}} for one in self.kinds
            ],
            "total": {fate.name.lower(): self.total[fate] for fate in Fate},
            **{
                name: [{"line": r.line, "code": r.code, "message": r.message, "element": r.element} for r in remarks]
                for name, remarks in (
                    ("repairs", self.repairs), ("remarks", self.remarks), ("refused", self.refused)
                )
            },
        }  # fmt: skip


def port_report(reading: Reading, judge: Judge | None = None, file: str = "") -> PortReport:
    """The report of ``reading``. ``judge`` adds what only the rooms that run a plan know."""
    remarks = [_remark(one) for one in reading.diagnostics]
    if reading.plan is None:
        return PortReport(file or _file(reading.diagnostics), refused=tuple(remarks))
    elements = list(walk(reading.plan))
    mended = _mended(elements, reading.diagnostics)
    kinds: dict[str, Counter[Fate]] = {}
    reasons: list[Remark] = []
    for element in elements:
        fate, reason = _fate(element, id(element) in mended, judge)
        kinds.setdefault(_kind(element), Counter())[fate] += 1
        if reason:
            line, path = (element.span.line, element.span.path) if element.span else (1, "")
            reasons.append(Remark(line, "", reason, path))
    repairs = tuple(r for r, d in zip(remarks, reading.diagnostics, strict=True) if d.severity is not Severity.NOTE)
    notes = tuple(r for r, d in zip(remarks, reading.diagnostics, strict=True) if d.severity is Severity.NOTE)
    return PortReport(
        file or (reading.plan.span.file if reading.plan.span else ""),
        tuple(KindCount(kind, tuple(sorted(counts.items(), key=_by_rank))) for kind, counts in kinds.items()),
        repairs,
        tuple(sorted((*notes, *reasons), key=lambda remark: remark.line)),
        total=sum(kinds.values(), Counter()),
    )


def render_notes(title: str, notes: Iterable[Diagnostic], width: int = 100) -> str:
    """Diagnostics in the report's form, a line each below ``title``, for a terminal ``width`` columns wide."""
    remarks = [_remark(one) for one in notes]
    return "\n".join([f"{title} ({len(remarks)})", *_remark_lines(remarks, width), ""])


def _by_rank(item: tuple[Fate, int]) -> int:
    return item[0].rank


def _fate(element: Element, mended: bool, judge: Judge | None) -> tuple[Fate, str]:
    if isinstance(element, Foreign):
        return Fate.FOREIGN, ""
    judged = judge(element) if judge else None
    if judged:
        return judged
    return (Fate.REPAIRED if mended else Fate.EXACT), ""


def _mended(elements: list[Element], diagnostics: Iterable[Diagnostic]) -> set[int]:
    """The elements that a repair touched: a repair belongs to the last element that begins before its line."""
    placed = sorted((e for e in elements if e.span), key=lambda e: e.span.line if e.span else 0)
    lines = [e.span.line if e.span else 0 for e in placed]
    found: set[int] = set()
    for one in diagnostics:
        if one.span is None or one.severity is Severity.NOTE or one.code in _OF_THE_FILE:
            continue
        index = bisect_right(lines, one.span.line) - 1
        if index >= 0:
            found.add(id(placed[index]))
    return found


def _kind(element: Element) -> str:
    return simple_name(element.tag) if isinstance(element, Foreign) else type(element).__name__


def _remark(one: Diagnostic) -> Remark:
    line, path = (one.span.line, one.span.path) if one.span else (1, "")
    return Remark(line, one.code, one.message, path, one.hint)


def _file(diagnostics: tuple[Diagnostic, ...]) -> str:
    return next((one.span.file for one in diagnostics if one.span), "")


def render_text(report: PortReport, width: int = 100) -> str:
    """The report for a terminal ``width`` columns wide."""
    if report.refused:
        return "\n".join([f"{report.file}: not read", *_remark_lines(report.refused, width), ""])
    total = sum(report.total.values())
    parts = [f"{report.total[fate]} {fate}" for fate in Fate if report.total[fate]]
    blocks = [f"{report.file}: {total} elements: {', '.join(parts)}", *_kind_lines(report)]
    for title, remarks in (("Repairs", report.repairs), ("Remarks", report.remarks)):
        if remarks:
            blocks += ["", f"{title} ({len(remarks)})", *_remark_lines(remarks, width)]
    return "\n".join([*blocks, ""])


def _kind_lines(report: PortReport) -> list[str]:
    longest = max((len(one.kind) for one in report.kinds), default=0)
    return [
        f"  {one.kind:<{longest}}  " + ", ".join(f"{count} {fate}" for fate, count in one.counts)
        for one in report.kinds
    ]


def _remark_lines(remarks: Iterable[Remark], width: int) -> list[str]:
    lines: list[str] = []
    for one in remarks:
        head = f"  {one.line:>5}  {one.code:<5}  "
        text = f"{one.message} ({one.hint})" if one.hint else one.message
        lines += wrap(text, max(width, 40), initial_indent=head, subsequent_indent=" " * len(head)) or [head.rstrip()]
    return lines
