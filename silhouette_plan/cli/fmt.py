"""``silplan fmt``: .lplan files in their canonical form."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from silhouette_plan.cli.showing import has_errors, show
from silhouette_plan.cli.sources import read_text
from silhouette_plan.cli.writing import write_whole
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.language import format_source, parse
from silhouette_plan.results.verdict import ExitStatus


@click.command("fmt")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; end with status 3 where a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
def command(files: tuple[Path, ...], check: bool, diff: bool) -> int:
    """Format FILES in place: indentation, order of clauses, quotes. Comments and groups of lines stay."""
    status = ExitStatus.OK
    for file in files:
        before = read_text(file)
        found = [before] if isinstance(before, Diagnostic) else parse(before, str(file)).diagnostics
        if isinstance(before, Diagnostic) or has_errors(found):
            show(found)
            status = ExitStatus.INVALID_PLAN
            continue
        after = format_source(before, str(file))
        if after == before:
            continue
        if diff:
            click.echo(_difference(before, after, str(file)), nl=False)
        if not (check or diff):
            write_whole(file, after.encode())
        if check:
            status = ExitStatus.INVALID_PLAN
        click.echo(f"{file}: {'would change' if check or diff else 'formatted'}", err=diff)
    return status


def _difference(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} (formatted)")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
