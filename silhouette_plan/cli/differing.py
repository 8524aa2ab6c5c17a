"""``silplan diff``: how two plans differ in meaning."""

from __future__ import annotations

from pathlib import Path

import click

from silhouette_plan.analysis.difference import differences, render_differences
from silhouette_plan.cli.output import say
from silhouette_plan.cli.showing import show
from silhouette_plan.cli.sources import read_source
from silhouette_plan.language.expressions import show_expression
from silhouette_plan.results.verdict import ExitStatus


@click.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--exit-code", is_flag=True, help="End with status 3 where the plans differ.")
def command(before: Path, after: Path, exit_code: bool) -> int:
    """Show how the plans BEFORE and AFTER, in whatever form, differ in meaning: what a run could show, not their bytes."""
    first, second = read_source(before), read_source(after)
    show([*first.diagnostics, *second.diagnostics])
    if first.plan is None or second.plan is None:
        return ExitStatus.INVALID_PLAN
    found = differences(first.plan, second.plan, show_expression)
    say(render_differences(found).rstrip("\n") if found else "The plans mean the same.")
    return ExitStatus.INVALID_PLAN if found and exit_code else ExitStatus.OK
