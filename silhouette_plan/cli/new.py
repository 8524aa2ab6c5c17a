"""``silplan new``: a commented starter plan."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from silhouette_plan.cli.writing import write_whole
from silhouette_plan.language.starter import starter_plan


@click.command("new")
@click.argument("name")
@click.option("-f", "--force", is_flag=True, help="Replace a file that is there already.")
def command(name: str, force: bool) -> None:
    """Write NAME.lplan, a plan with a comment on each of its parts, that runs against the demo target."""
    path = Path(name if name.endswith(".lplan") else f"{name}.lplan")
    if not path.suffix:
        raise click.UsageError("A plan needs a name.")
    if path.exists() and not force:
        raise click.UsageError(f"{path} is there already; --force replaces it")
    write_whole(path, starter_plan(path.stem).encode())
    click.echo(
        f"Wrote {path}. Start the target with `silplan demo --serve`, then: silplan run {shlex.quote(str(path))}"
    )
