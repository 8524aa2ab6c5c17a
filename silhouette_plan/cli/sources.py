"""From a file's name to a plan, whatever it is written in."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from silhouette_plan.cli.showing import show
from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.diagnostics.suggest import nearest
from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.results.verdict import ExitStatus

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@record
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
    from importlib.metadata import entry_points

    return {f".{point.name}": point for point in entry_points(group="silplan.importers")}


LARGEST = 32 << 20
"""Bytes of the largest file that is read as a plan."""


class Unreadable(click.ClickException):
    """A file named on the command line that cannot be read; shown as a diagnostic."""

    exit_code = int(ExitStatus.USAGE)

    def __init__(self, path: Path, fault: OSError) -> None:
        self.diagnostic = _describe(path, fault)
        super().__init__(self.diagnostic.message)

    def show(self, file: IO[Any] | None = None) -> None:
        """Shows it on standard error."""
        show([self.diagnostic])


def read_source(path: Path, *, strict: bool = False) -> Source:
    """Reads a plan by the ending of its name. Raises ``Unreadable``."""
    try:
        return parse_source(path, strict=strict)
    except OSError as fault:
        raise Unreadable(path, fault) from None


def parse_source(path: Path, *, strict: bool = False) -> Source:
    """As ``read_source``, but raises ``OSError`` where the file cannot be read."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is a folder" if path.is_dir() else "it is no regular file")
    size = path.stat().st_size
    if size > LARGEST:
        message = f"the file has {size >> 20} MB; plans up to {LARGEST >> 20} MB are read"
        return _no_plan(path, "CL005", message, "a plan reads its data from files of their own")
    content = path.read_bytes()
    ending = path.suffix.lower()
    if ending == ".lplan":
        return _read_language(path, content)
    if ending == ".json":
        return _read_json(path, content)
    if point := importers().get(ending):
        reading = point.load().read(content, str(path), strict=strict)
        found = tuple(reading.diagnostics)
        return Source(path, reading.plan, found if reading.plan else _errors_alone(found), reading)
    known = ", ".join([".lplan", ".json", *sorted(importers())])
    return _no_plan(path, "CL001", f"`{path.name}` is no plan", f"plans end in {known}")


def read_text(path: Path) -> str | Diagnostic:
    """The text of a file in the language, or why it is none. Raises ``Unreadable``."""
    try:
        return _text(path, path.read_bytes())
    except OSError as fault:
        raise Unreadable(path, fault) from None


def _text(path: Path, content: bytes) -> str | Diagnostic:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8-sig", "replace")
        span = Span(str(path), before.count("\n") + 1, len(before) - before.rfind("\n"))
        found = f"the file is not UTF-8: the byte 0x{content[fault.start]:02X} belongs to no character"
        return Diagnostic("CL007", found, span, hint="save it with the encoding UTF-8")


def _read_language(path: Path, content: bytes) -> Source:
    from silhouette_plan.language import parse

    text = _text(path, content)
    if isinstance(text, Diagnostic):
        return Source(path, None, (text,))
    parsing = parse(text, str(path))
    return Source(path, parsing.plan, tuple(parsing.diagnostics))


def _read_json(path: Path, content: bytes) -> Source:
    from silhouette_plan.plan.codec import CodecError, from_document

    try:
        return Source(path, from_document(json.loads(content), str(path)), ())
    except CodecError as fault:
        return _no_plan(path, "CL002", f"at {fault.path}: {fault.reason}", "`silplan schema` prints what a plan holds")
    except json.JSONDecodeError as fault:
        span = Span(str(path), fault.lineno, fault.colno)
        return Source(path, None, (Diagnostic("CL002", f"not JSON: {fault.msg}", span),))
    except (UnicodeDecodeError, RecursionError) as fault:
        return _no_plan(path, "CL002", f"not JSON: {type(fault).__name__}", "a plan in JSON is UTF-8 text")


def _errors_alone(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Where nothing was read, what was mended on the way is of no interest."""
    return tuple(one for one in found if one.severity is Severity.ERROR) or found


def _describe(path: Path, fault: OSError) -> Diagnostic:
    if not isinstance(fault, FileNotFoundError):
        return Diagnostic("CL004", f"{path} cannot be read: {fault.strerror or fault}")
    if not path.parent.is_dir():
        return Diagnostic("CL004", f"there is no file {path}", hint=f"there is no folder {path.parent} either")
    beside = {one.stem: one.name for one in path.parent.iterdir() if one.is_file()}
    meant = nearest(path.stem, beside)
    return Diagnostic("CL004", f"there is no file {path}", hint=f"did you mean “{beside[meant]}”?" if meant else "")


def _no_plan(path: Path, code: str, message: str, hint: str) -> Source:
    return Source(path, None, (Diagnostic(code, message, Span(str(path), 0), Severity.ERROR, hint=hint),))
