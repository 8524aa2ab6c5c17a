"""``silplan stop``: ends a run of another process."""

from __future__ import annotations

import os
import signal

import click

from silhouette_plan.cli.output import say
from silhouette_plan.cli.running import Running, running


@click.command("stop")
@click.argument("pid", type=int, required=False)
@click.option("--now", is_flag=True, help="Interrupt samples instead of letting them end.")
@click.option("--list", "listing", is_flag=True, help="Only list what runs.")
def command(pid: int | None, now: bool, listing: bool) -> None:
    """Stop a run of another process: its users end after their sample, its results are written and judged.

    Without PID the only run of this user is stopped; where there are several, they are listed.
    """
    runs = running()
    if listing:
        say("\n".join(map(_line, runs)) or "Nothing runs.")
        return
    run = _chosen(runs, pid)
    for _ in range(2 if now else 1):
        os.kill(run.pid, signal.SIGTERM)
    say(f"Told {_line(run)} to stop{' now' if now else ''}.")


def _chosen(runs: tuple[Running, ...], pid: int | None) -> Running:
    chosen = [run for run in runs if pid in (None, run.pid)]
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise click.UsageError(f"Process {pid} is no run of silplan." if pid else "Nothing runs.")
    lines = "\n".join(f"  {_line(run)}" for run in chosen)
    raise click.UsageError(f"Several runs are alive; name one by its process:\n{lines}")


def _line(run: Running) -> str:
    return f"{run.pid}  {run.plan}"
