"""From a plan to the text of a file, by the ending of its name."""

from __future__ import annotations

import json
from pathlib import Path

import click

from silhouette_plan.cli.sources import importers
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.codec import to_document
from silhouette_plan.plan.testplan import TestPlan


def render_plan(plan: TestPlan, path: Path) -> bytes:
    """The content of ``path`` for ``plan``.

    Raises:
        click.UsageError: nothing writes files of this ending.
        PlanError: the file's form cannot hold the plan.
    """
    ending = path.suffix.lower()
    if ending == ".lplan":
        from silhouette_plan.language import print_plan

        return print_plan(plan).encode()
    if ending == ".json":
        return (json.dumps(to_document(plan), indent=2, ensure_ascii=False) + "\n").encode()
    if point := importers().get(ending):
        written: bytes = point.load().write(plan)
        return written
    known = ", ".join([".lplan", ".json", *sorted(importers())])
    raise click.UsageError(f"{path.name}: plans are written as {known}")


def unportable(plan: TestPlan, path: Path) -> tuple[Diagnostic, ...]:
    """A note for each element of ``plan`` that the tool whose file ``path`` is cannot run."""
    point = importers().get(path.suffix.lower())
    return tuple(point.load().unportable(plan)) if point else ()
