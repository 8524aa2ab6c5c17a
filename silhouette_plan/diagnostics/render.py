"""Diagnostics for people: a frame with the source line, as compilers draw it, or a line each.

A frame needs no source: without it, or where the file has changed since, place and hint are shown alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.diagnostics.model import Diagnostic, Severity
from silhouette_plan.diagnostics.width import display_width, printable
from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span

Source = Callable[[str], str | None]
"""The text of a file by the name that spans carry; None where it cannot be had."""

WIDEST_LINE = 120
"""Columns of a source line that are shown; a longer one is cut around what is marked."""

_MANY = 4
"""So many alike have one frame."""

_LINES_LISTED = 8

_TAB = "    "


@record
class _Palette:
    """What switches the terminal's colours on, and off again."""

    error: str = ""
    warning: str = ""
    note: str = ""
    frame: str = ""
    strong: str = ""
    plain: str = ""

    def of(self, severity: Severity) -> str:
        return {Severity.ERROR: self.error, Severity.WARNING: self.warning, Severity.NOTE: self.note}[severity]


_WITHOUT = _Palette()
_COLOURED = _Palette("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m")


def source_on_disk(name: str) -> str | None:
    """The text of the file ``name``, or None."""
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def render(diagnostic: Diagnostic, source: Source = source_on_disk, *, colour: bool = False) -> str:
    """The frame of one diagnostic, without a line end."""
    paint = _COLOURED if colour else _WITHOUT
    return "\n".join(_frame(diagnostic, source, paint))


def render_all(
    diagnostics: Iterable[Diagnostic],
    source: Source = source_on_disk,
    *,
    colour: bool = False,
    limit: int | None = None,
) -> str:
    """The last ``limit`` frames of ``diagnostics`` with an empty line between, and a last line that counts them all.

    What is said the same at many places of a file has one frame, which lists the lines of the others.
    """
    found = list(diagnostics)
    texts: dict[str, str | None] = {}

    def once(name: str) -> str | None:
        if name not in texts:
            texts[name] = source(name)
        return texts[name]

    gathered = _gathered(found)
    hidden = max(len(gathered) - limit, 0) if limit is not None else 0
    frames = [render(each, once, colour=colour) for each in gathered[hidden:]]
    told = f", of which {hidden} are not shown; `silplan lint --format json` lists all" if hidden else ""
    return "\n\n".join([*frames, count_line(found) + told])


def _gathered(found: list[Diagnostic]) -> list[Diagnostic]:
    """One for those that differ in nothing but their lines, where they are many."""
    alike: dict[object, list[Diagnostic]] = {}
    for one in found:
        alike.setdefault((replace(one, span=None), one.span and one.span.file), []).append(one)
    return [one for group in alike.values() for one in (group if len(group) < _MANY else [_first_of(group)])]


def _first_of(group: list[Diagnostic]) -> Diagnostic:
    first, *others = group
    lines = sorted({one.span.line for one in others if one.span is not None})
    shown = ", ".join(map(str, lines[:_LINES_LISTED])) + (", …" if len(lines) > _LINES_LISTED else "")
    return replace(first, notes=(*first.notes, f"the same {len(others)} times more, in lines {shown}"))


def count_line(diagnostics: Iterable[Diagnostic]) -> str:
    """``2 errors, 1 warning``, or ``no problems found``."""
    found = list(diagnostics)
    counts = ((severity, sum(each.severity is severity for each in found)) for severity in Severity)
    parts = [counted(count, severity) for severity, count in counts if count]
    return ", ".join(parts) or "no problems found"


def _frame(diagnostic: Diagnostic, source: Source, paint: _Palette) -> Iterator[str]:
    mark = paint.of(diagnostic.severity)
    head = f"{mark}{diagnostic.severity}[{diagnostic.code}]{paint.plain}{paint.strong}: "
    yield f"{head}{printable(diagnostic.message)}{paint.plain}"
    span = diagnostic.span
    gutter = " " * len(str(span.line)) if span else ""
    edge = f"{gutter} {paint.frame}|{paint.plain}"
    if span is not None:
        yield f"{gutter}{paint.frame}-->{paint.plain} {printable(_place(span))}"
        line = _line_of(source(span.file), span.line)
        if line is not None and (span.column or line.strip()):
            shown, start, width = _excerpt(line, span)
            label = printable(diagnostic.label)
            yield edge
            yield f"{paint.frame}{span.line} |{paint.plain} {shown}".rstrip()
            if span.column:
                yield f"{edge} {' ' * start}{mark}{'^' * width}{' ' * bool(label)}{label}{paint.plain}"
            elif label:
                yield f"{edge} {' ' * start}{mark}{label}{paint.plain}"
        elif diagnostic.label:
            yield f"{edge} {printable(diagnostic.label)}"
    for kind, text in (*(("note", note) for note in diagnostic.notes), ("help", diagnostic.hint)):
        if text:
            yield f"{gutter} {paint.frame}={paint.plain} {paint.strong}{kind}{paint.plain}: {printable(text)}"


def _place(span: Span) -> str:
    return f"{span} ({span.path})" if span.path else str(span)


def _line_of(text: str | None, number: int) -> str | None:
    if text is None or number < 1:
        return None
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if not start:
            return None
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].rstrip("\r")


def _excerpt(line: str, span: Span) -> tuple[str, int, int]:
    """The line as shown, the column at which the carets begin, and how many there are."""
    start, end = _marked(line, span)
    first = max(0, end - WIDEST_LINE + 1 if end - start < WIDEST_LINE else start) if end > WIDEST_LINE else 0
    cut = line[first : first + WIDEST_LINE]
    before = "…" if first else ""
    after = "…" if first + WIDEST_LINE < len(line) else ""
    marked = _shown(line[start : min(end, first + WIDEST_LINE)])
    return (
        f"{before}{_shown(cut)}{after}",
        len(before) + display_width(_shown(line[first:start])),
        max(display_width(marked), 1),
    )


def _marked(line: str, span: Span) -> tuple[int, int]:
    """First and last (exclusive) character marked; nothing is marked where the column is not known, as in XML."""
    if not span.column:
        start = len(line) - len(line.lstrip())
        return start, start
    start = min(span.column - 1, len(line))
    if span.end_line > span.line:
        return start, len(line.rstrip())
    return start, max(min(span.end_column - 1, len(line)), start + 1)


def _shown(text: str) -> str:
    return printable(text.replace("\t", _TAB))
