"""``silplan import``: a plan of another tool in silplan's own forms, with a port report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from silhouette_plan.cli.forms import render_plan
from silhouette_plan.cli.linting import analyse_file
from silhouette_plan.cli.output import say
from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.showing import has_errors, show, terminal_width
from silhouette_plan.cli.sources import Source, read_source
from silhouette_plan.cli.writing import write_whole
from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.importers.jmx import Fate, port_report, render_text
from silhouette_plan.plan.base import Element
from silhouette_plan.results.verdict import ExitStatus

DIFFERS = "CP007"
"""The code of what JMeter itself breaks on, and silplan runs as its manual describes."""

NOT_SUPPORTED = "CP001"
"""The code of elements that are left out where the user allows it."""

FAIL_ON = {"repaired": Fate.REPAIRED, "differs": Fate.DIFFERS, "unsupported": Fate.UNSUPPORTED}


@click.command("import")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write (.lplan or .json).")
@click.option("--strict", is_flag=True, help="Mend nothing: what would be repaired is an error.")
@click.option(
    "--fail-on", type=click.Choice(list(FAIL_ON)), help="End with status 8 where the port is worse than this."
)
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Write the port report as JSON.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="No report on standard output.")
def command(
    plan: Path,
    output: Path | None,
    strict: bool,
    fail_on: str | None,
    report_file: Path | None,
    form: str,
    quiet: bool,
) -> int:
    """Read PLAN, a file of another tool (.jmx), mend what is broken in its form, and write it in silplan's own.

    The port report says what became of each element, lists every repair with its line, and warns of faults in the plan's logic.
    """
    source = read_source(plan, strict=strict)
    if source.plan is None or has_errors(source.diagnostics):
        show(source.diagnostics)
        return ExitStatus.INVALID_PLAN
    if source.reading is None:
        raise click.UsageError(f"{plan} is silplan's own form; import reads files of other tools")
    report = port_report(source.reading, _judge(source), str(plan))
    faults = [found for found in analyse_file(source.plan, plan) if found.severity is not Severity.NOTE]
    data = {**report.to_json(), "faults": [_fault(found) for found in faults]}
    if output is not None:
        write_whole(output, render_plan(source.plan, output))
    if report_file is not None:
        write_whole(report_file, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode())
    if not quiet and form == "json":
        say(json.dumps(data, indent=2, ensure_ascii=False))
    elif not quiet:
        say(render_text(report, terminal_width()))
        sys.stdout.flush()
        show(faults)
        if output is not None:
            say(f"Wrote {output}.")
    incomplete = fail_on is not None and report.reaches(FAIL_ON[fail_on])
    return ExitStatus.IMPORT_INCOMPLETE if incomplete else ExitStatus.OK


def _judge(source: Source) -> Callable[[Element], tuple[Fate, str] | None]:
    """What only the compiler knows: elements that cannot run yet, and those on which JMeter breaks."""
    found = prepare(source.plan, source.path, {}, allow_unsupported=True).diagnostics
    by_place: dict[Any, tuple[Fate, str]] = {}
    for diagnostic in found:
        if diagnostic.code == NOT_SUPPORTED or diagnostic.severity is Severity.ERROR:
            by_place[_place(diagnostic.span)] = (Fate.UNSUPPORTED, diagnostic.message)
        elif diagnostic.code == DIFFERS:
            by_place.setdefault(_place(diagnostic.span), (Fate.DIFFERS, diagnostic.message))
    return lambda element: by_place.get(_place(element.span)) if element.span else None


def _place(span: Any) -> Any:
    return (span.file, span.line, span.path) if span else None


def _fault(found: Diagnostic) -> dict[str, Any]:
    line = found.span.line if found.span else 0
    return {
        "line": line,
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
    }
