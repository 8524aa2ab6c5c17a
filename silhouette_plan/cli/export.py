"""``silplan export``: a plan as a JMeter file."""

from __future__ import annotations

from pathlib import Path

import click

from silhouette_plan.cli.forms import render_plan, unportable
from silhouette_plan.cli.output import say
from silhouette_plan.cli.showing import has_errors, show, terminal_width
from silhouette_plan.cli.sources import read_source
from silhouette_plan.cli.writing import write_whole
from silhouette_plan.diagnostics import PlanError
from silhouette_plan.diagnostics.machine import render_json
from silhouette_plan.importers.jmx import render_notes
from silhouette_plan.results.verdict import ExitStatus


@click.command("export")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write (.jmx).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(plan: Path, output: Path, form: str) -> int:
    """Write PLAN as a file that JMeter opens.

    What only the language has is written as JMeter elements that do the same job. What JMeter cannot do is written switched off,
    with a note for each, and a later import reads it back as it was.
    """
    source = read_source(plan)
    show(source.diagnostics)
    if source.plan is None or has_errors(source.diagnostics):
        return ExitStatus.INVALID_PLAN
    try:
        content = render_plan(source.plan, output)
    except PlanError as fault:
        show(fault.diagnostics)
        return ExitStatus.INVALID_PLAN
    notes = unportable(source.plan, output)
    write_whole(output, content)
    if form == "json":
        say(render_json(notes))
        return ExitStatus.OK
    if notes:
        say(render_notes("What JMeter cannot do", notes, terminal_width()))
    say(f"Wrote {output}.")
    return ExitStatus.OK
