"""What a reading found: a collector that every stage of the reader reports to."""

from __future__ import annotations

from silhouette_plan.importers.jmx.codes import CODES

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.plan.span import Span


class Findings:
    """Diagnostics of one file. With ``strict``, what would be mended is an error."""

    def __init__(self, file: str, strict: bool = False) -> None:
        self.file = file
        self.strict = strict
        self.items: list[Diagnostic] = []

    def add(self, code: str, message: str, line: int = 1, *, path: str = "", hint: str = "") -> None:
        """Report ``code`` at ``line`` (from 1); ``path`` is the element path."""
        severity = CODES[code].severity
        if self.strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        self.items.append(Diagnostic(code, message, Span(self.file, max(line, 1), path=path), severity, hint=hint))

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All of them in the order of the file."""
        return tuple(sorted(self.items, key=lambda item: item.span.line if item.span else 0))


class Refused(Exception):
    """The file cannot be read at all; the reason has been reported."""
