"""The table of figures at the end of a run, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from silhouette_plan.diagnostics.colours import BOLD, DIM, RED, painted
from silhouette_plan.diagnostics.width import display_width, padded, shortened
from silhouette_plan.plan.records import record
from silhouette_plan.results.sections import GAP
from silhouette_plan.results.statistics import Row, Statistics

NARROWEST_LABEL = 12
LABEL_SHARE = 4
"""A column of figures is left out before labels have less than a quarter of the width."""


@record
class _Column:
    """A column of figures. The lowest ``rank`` stays longest when room is short."""

    title: str
    rank: int
    text: Callable[[Row], str]


_COLUMNS = (
    _Column("samples", 0, lambda row: str(row.count)),
    _Column("errors", 3, lambda row: str(row.errors)),
    _Column("err %", 1, lambda row: f"{row.error_percent:.2f}"),
    _Column("mean", 5, lambda row: f"{row.mean:.0f}"),
    _Column("median", 7, lambda row: str(row.median)),
    _Column("p90", 6, lambda row: str(row.p90)),
    _Column("p95", 2, lambda row: str(row.p95)),
    _Column("p99", 8, lambda row: str(row.p99)),
    _Column("min", 9, lambda row: str(row.minimum)),
    _Column("max", 10, lambda row: str(row.maximum)),
    _Column("per s", 4, lambda row: f"{row.throughput:.1f}"),
    _Column("recv KB/s", 11, lambda row: f"{row.received_kb:.1f}"),
    _Column("sent KB/s", 12, lambda row: f"{row.sent_kb:.1f}"),
)


def end_table(statistics: Statistics, width: int = 100, *, colour: bool = False) -> str:
    """Figures of every label and in all, times in ms, in lines of at most ``width`` characters (40 or more).

    Columns that find no room are left out, the least telling first; labels are cut in the middle. Transactions are
    marked ``▸`` and are no part of the total.
    """
    rows = [*statistics.rows(), statistics.total().row()]
    names = [f"▸ {row.label}" if row.transaction else row.label for row in rows]
    cells = {column: [column.title, *(column.text(row) for row in rows)] for column in _COLUMNS}
    widths = {column: max(map(len, texts)) for column, texts in cells.items()}
    shown = _fitting(widths, width - min(max(map(display_width, names)), max(NARROWEST_LABEL, width // LABEL_SHARE)))
    room = max(width - sum(len(GAP) + widths[column] for column in shown), 1)
    label_width = min(max(map(display_width, [*names, "label"])), room)
    lines = [
        padded(shortened(name, label_width), label_width)
        + "".join(f"{GAP}{cells[column][i]:>{widths[column]}}" for column in shown)
        for i, name in enumerate(["label", *names])
    ]
    rule = "─" * display_width(lines[0])
    if colour:
        lines = _coloured(lines, rows)
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])


def _fitting(widths: dict[_Column, int], room: int) -> list[_Column]:
    """The columns that fit into ``room``, in their order; the first to go is the one of the highest rank."""
    shown = list(widths)
    while shown and sum(len(GAP) + widths[column] for column in shown) > room:
        shown.remove(max(shown, key=lambda column: column.rank))
    return shown


def _coloured(lines: Sequence[str], rows: Sequence[Row]) -> list[str]:
    head, *body = lines
    figures = [painted(line, RED if row.errors else "") for line, row in zip(body, rows, strict=True)]
    return [painted(head, DIM), *figures[:-1], painted(figures[-1], BOLD)]
