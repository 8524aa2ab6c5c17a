"""From a file's name to a plan, whatever it is written in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import click

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.plan.codec import CodecError, from_document
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import TestPlan


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its plan, unless it could not be made, and what was found on the way.

    ``reading`` is what the importer gave, for its port report; None for the language and JSON.
    """

    path: Path
    plan: TestPlan | None
    diagnostics: tuple[Diagnostic, ...]
    reading: Any = None


def importers() -> dict[str, EntryPoint]:
    """The importers that are installed, by the ending of the files they read."""
    return {f".{point.name}": point for point in entry_points(group="silplan.importers")}


def read_source(path: Path, *, strict: bool = False) -> Source:
    """Reads a plan by the ending of its name. Raises ``click.UsageError`` for a file that is not there."""
    content = read_bytes(path)
    ending = path.suffix.lower()
    if ending == ".lplan":
        return _read_language(path, content)
    if ending == ".json":
        return _read_json(path, content)
    if point := importers().get(ending):
        reading = point.load().read(content, str(path), strict=strict)
        return Source(path, reading.plan, tuple(reading.diagnostics), reading)
    known = ", ".join([".lplan", ".json", *sorted(importers())])
    return _no_plan(path, "CL001", f"`{path.name}` is no plan", f"plans end in {known}")


def read_bytes(path: Path) -> bytes:
    """The content of a file named on the command line. Raises ``click.UsageError`` where it cannot be read."""
    try:
        if not path.is_file():
            raise click.UsageError(f"{path}: {'is no file' if path.exists() else 'no such file'}")
        return path.read_bytes()
    except OSError as fault:
        raise click.UsageError(f"{path}: {fault.strerror or fault}") from None


def _read_language(path: Path, content: bytes) -> Source:
    from silhouette_plan.language import parse

    parsing = parse(content.decode("utf-8-sig", "replace"), str(path))
    return Source(path, parsing.plan, tuple(parsing.diagnostics))


def _read_json(path: Path, content: bytes) -> Source:
    try:
        return Source(path, from_document(json.loads(content), str(path)), ())
    except CodecError as fault:
        return _no_plan(path, "CL002", f"at {fault.path}: {fault.reason}", "`silplan schema` prints what a plan holds")
    except json.JSONDecodeError as fault:
        span = Span(str(path), fault.lineno, fault.colno)
        return Source(path, None, (Diagnostic("CL002", f"not JSON: {fault.msg}", span),))
    except (UnicodeDecodeError, RecursionError) as fault:
        return _no_plan(path, "CL002", f"not JSON: {type(fault).__name__}", "a plan in JSON is UTF-8 text")


def _no_plan(path: Path, code: str, message: str, hint: str) -> Source:
    return Source(path, None, (Diagnostic(code, message, Span(str(path), 0), Severity.ERROR, hint=hint),))
