"""Where the stages of the language put what they find: diagnostics of one file, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.language.codes import CODES
from silhouette_plan.language.tokens import Source, Token


class Mistake(Exception):
    """What is wrong with a value, at a token; reading of that value ends here."""

    def __init__(self, code: str, message: str, token: Token, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.token = token
        self.hint = hint


LIMIT = 100
"""More problems than this in one file are counted, not shown."""


@dataclass
class Problems:
    """Collects diagnostics; ``unshown`` counts what goes beyond ``LIMIT``."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    unshown: int = 0

    def report(self, code: str, message: str, start: int, end: int, *, hint: str = "", label: str = "") -> None:
        """Add a problem at the offsets ``start`` to ``end``."""
        if len(self.found) >= LIMIT:
            self.unshown += 1
            return
        span = self.source.span(start, end)
        self.found.append(Diagnostic(code, message, span, CODES[code].severity, label, hint))

    def at(self, code: str, message: str, token: Token, *, hint: str = "", label: str = "") -> None:
        """Add a problem at a token."""
        self.report(code, message, token.start, token.end, hint=hint, label=label)

    def mistake(self, mistake: Mistake) -> None:
        """Add what a reader raised."""
        self.at(mistake.code, mistake.message, mistake.token, hint=mistake.hint)

    def finished(self) -> tuple[Diagnostic, ...]:
        """All problems in the order of the file, with a last one that counts the rest."""
        ordered = sorted(
            self.found, key=lambda problem: (problem.span.line, problem.span.column) if problem.span else (0, 0)
        )
        if self.unshown:
            ordered.append(Diagnostic("LP030", f"{self.unshown} more problems are not shown"))
        return tuple(ordered)
