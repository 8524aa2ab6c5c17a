"""``silplan export``: a plan as a JMeter file."""

from __future__ import annotations

from pathlib import Path

import click

from silhouette_plan.cli.forms import render_plan
from silhouette_plan.cli.output import say
from silhouette_plan.cli.showing import has_errors, show
from silhouette_plan.cli.sources import read_source
from silhouette_plan.cli.writing import write_whole
from silhouette_plan.results.verdict import ExitStatus


@click.command("export")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write (.jmx).")
def command(plan: Path, output: Path) -> int:
    """Write PLAN as a file that JMeter opens.

    What only the language has is written as JMeter elements that do the same job, or kept in comments that a later import reads
    back.
    """
    source = read_source(plan)
    show(source.diagnostics)
    if source.plan is None or has_errors(source.diagnostics):
        return ExitStatus.INVALID_PLAN
    write_whole(output, render_plan(source.plan, output))
    say(f"Wrote {output}.")
    return ExitStatus.OK
