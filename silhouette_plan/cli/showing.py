"""Diagnostics on the terminal, and whether it takes colour."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TextIO

from silhouette_plan.cli.output import say
from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.diagnostics.render import render_all

SHOWN = 100
"""Frames that are shown; the rest is only counted."""


def redraws(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal that obeys more than line ends; TERM=dumb is one that does not."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def takes_colour(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal that takes colour, and its user wants it (NO_COLOR)."""
    return redraws(stream) and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Columns of the terminal; 100 where there is none."""
    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def fitted(line: str, stream: TextIO) -> str:
    """``line``, broken between words where ``stream`` is a terminal too narrow for it; what follows is set in."""
    if not stream.isatty():
        return line
    begin = len(line) - len(line.lstrip())
    return textwrap.fill(line, terminal_width(), subsequent_indent=" " * (begin + 2), break_on_hyphens=False)


def show(diagnostics: Sequence[Diagnostic]) -> None:
    """Shows diagnostics on standard error, errors last so that they stand nearest to the prompt, and counts them."""
    if not diagnostics:
        return
    ordered = sorted(diagnostics, key=lambda found: found.severity is Severity.ERROR)
    say(render_all(ordered, colour=takes_colour(sys.stderr), limit=SHOWN), err=True)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them keeps a plan from running."""
    return any(found.severity is Severity.ERROR for found in diagnostics)
