"""The short tables at the end of a run: a name, a figure, and facts behind it as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from silhouette_plan.diagnostics.colours import DIM, painted
from silhouette_plan.diagnostics.width import display_width, padded, shortened

GAP = "  "
NARROWEST_NAME = 12

Entry = tuple[str, str, Sequence[str]]
"""A name, a figure, and facts, the most telling one first."""


def headed(title: str, lines: Sequence[str], *, colour: bool) -> str:
    """The lines below their title."""
    return "\n".join([painted(title, DIM if colour else ""), *lines])


def aligned(entries: Sequence[Entry], width: int, *, right: bool = True) -> list[str]:
    """A line for each entry, of at most ``width`` characters where names can be cut so far; figures end, or begin, in one column."""
    figure_width = max(display_width(figure) for _, figure, _ in entries)
    room = max(width - figure_width - len(GAP), NARROWEST_NAME)
    names = [shortened(name, room) for name, _, _ in entries]
    name_width = max(map(display_width, names))
    lines = []
    for name, (_, figure, facts) in zip(names, entries, strict=True):
        line = padded(name, name_width) + GAP
        line += figure.rjust(figure_width) if right else figure.ljust(figure_width)
        for fact in facts:
            if display_width(line) + len(GAP) + display_width(fact) > width:
                break
            line += GAP + fact
        lines.append(line.rstrip())
    return lines
