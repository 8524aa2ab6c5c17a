"""``silplan explain``: more about a diagnostic's code."""

from __future__ import annotations

import click

from silhouette_plan.cli.codes import catalogue
from silhouette_plan.cli.output import say
from silhouette_plan.diagnostics.suggest import did_you_mean


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Tell what CODE (as in `error[LP014]`) means and how to mend it; without CODE, list all codes."""
    known = catalogue()
    if code is None:
        width = max(map(len, known))
        say("\n".join(f"{name:{width}}  {found.title}" for name, found in known.items()))
        return
    found = known.get(code.upper())
    if found is None:
        hint = did_you_mean(code.upper(), known)
        raise click.UsageError(f"There is no code `{code}`{': ' + hint if hint else ''}")
    say(f"{found.severity}[{found.code}]: {found.title}\n\n{found.explanation.strip()}")
