"""``silplan graph``: a plan as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from silhouette_plan.analysis.graph import render_dot, render_mermaid, render_svg
from silhouette_plan.cli.output import say
from silhouette_plan.cli.showing import show
from silhouette_plan.cli.sources import read_source
from silhouette_plan.cli.writing import write_whole
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.results.verdict import ExitStatus

FORMS: dict[str, Callable[[TestPlan], str]] = {".svg": render_svg, ".dot": render_dot, ".mmd": render_mermaid}


@click.command("graph")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write [default: PLAN with .svg].")
def command(plan: Path, output: Path | None) -> int:
    """Draw PLAN as a picture: .svg (needs nothing else), .dot (Graphviz) or .mmd (Mermaid), by the output's ending."""
    output = output or plan.with_suffix(".svg")
    render = FORMS.get(output.suffix.lower())
    if render is None:
        raise click.UsageError(f"{output.name}: pictures are drawn as {', '.join(FORMS)}")
    source = read_source(plan)
    show(source.diagnostics)
    if source.plan is None:
        return ExitStatus.INVALID_PLAN
    write_whole(output, render(source.plan).encode())
    say(f"Wrote {output}.")
    return ExitStatus.OK
