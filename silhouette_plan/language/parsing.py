"""A file's text to its plan and all its problems."""

from __future__ import annotations

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.language.problems import Problems
from silhouette_plan.language.reading import Reader
from silhouette_plan.language.syntax import read_form
from silhouette_plan.language.tokens import Source
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import TestPlan


@record
class Parsing:
    """What became of a file: ``plan`` is None where ``diagnostics`` hold an error."""

    plan: TestPlan | None
    diagnostics: tuple[Diagnostic, ...]


def parse(source: str | bytes, file: str = "") -> Parsing:
    """The plan that ``source`` describes. All problems of a file are found in one go; nothing is raised, whatever the input."""
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        return Parsing(None, (_not_text(error, file),))
    problems = Problems(Source(text, file))
    plan = Reader(problems).plan(read_form(problems))
    found = problems.finished()
    broken = any(problem.severity is Severity.ERROR for problem in found)
    return Parsing(None if broken else plan, found)


def _not_text(error: UnicodeDecodeError, file: str) -> Diagnostic:
    before = Source(error.object[: error.start].decode("utf-8", "replace"), file)
    span = before.span(len(before.text), len(before.text) + 1)
    return Diagnostic("LP021", "the file is not text in UTF-8", span, hint="save it as UTF-8")
