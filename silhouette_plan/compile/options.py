"""What the compiler may be told, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.elements.reads import NOTHING, Reads
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.program.program import Program

Reader = Callable[[Path], tuple[TestPlan | None, tuple[Diagnostic, ...]]]
"""Reads another plan file, in whatever format; raises ``OSError`` where it cannot be read."""


@record
class CompileOptions:
    """``folder`` is the plan's; ``file`` its path, where it has one.

    ``properties`` are JMeter's (``-J``). ``read_plan`` reads included files. ``allow_unsupported`` leaves elements out
    that silplan does not have, with a warning; ``allowed_paths`` are folders beside the plan's that it may use.
    ``observers_read`` says what the run's observers look at in a sample. ``seed`` is for values drawn before the run.
    """

    folder: Path = field(default_factory=Path)
    file: Path | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    read_plan: Reader | None = None
    allow_unsupported: bool = False
    allowed_paths: tuple[Path, ...] = ()
    observers_read: Reads = NOTHING
    seed: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)


@record
class Compilation:
    """``program`` is None where an error was found."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether the plan cannot run."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)
