"""``silplan demo``: the demo target, and a plan against it."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import click

from silhouette_plan.cli.output import say
from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.run import refusal_status, report, run_watched
from silhouette_plan.cli.showing import show
from silhouette_plan.cli.sources import read_source
from silhouette_plan.demo.options import DemoError, DemoOptions
from silhouette_plan.demo.plan import PLAN_NAME, demo_plan
from silhouette_plan.demo.process import DemoProcess, start
from silhouette_plan.diagnostics import PlanError
from silhouette_plan.execution import ExecutionOptions
from silhouette_plan.results.jtl.opening import Existing
from silhouette_plan.results.verdict import ExitStatus


class NoTarget(click.ClickException):
    """The demo target did not start."""

    exit_code = int(ExitStatus.USAGE)


PORT = 8000
"""Where ``--serve`` listens unless told otherwise: the port that the plans of ``plans/`` talk to."""


@click.command("demo")
@click.option("--serve", is_flag=True, help="Only keep the target up, until Ctrl-C.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port of the target [default: {PORT} with --serve, else a free one]."
)
@click.option("--users", type=click.IntRange(1, 2000), default=20, show_default=True, help="Users of the demo plan.")
@click.option(
    "--duration", type=click.IntRange(1, 3600), default=15, show_default=True, help="Seconds of the demo plan."
)
@click.option(
    "-l", "--log", type=click.Path(path_type=Path), default=Path("demo.jtl"), show_default=True, help="Results."
)
@click.option(
    "--auth", type=click.Choice(["any", "strict"]), default="any", show_default=True, help="Tokens that are taken."
)
@click.option("--dsn", default="", help="A PostgreSQL of your own, instead of the embedded one.")
@click.option("--rate-limit", type=float, default=0.0, help="Requests a second of one client before it gets 429.")
@click.option("--latency", type=float, default=0.0, help="Milliseconds added to every answer.")
@click.option("--latency-spread", type=float, default=0.0, help="Milliseconds added at random on top.")
@click.option("--error-rate", type=click.FloatRange(0, 1), default=0.0, help="Share of requests answered 500.")
@click.option("--leak", type=int, default=0, help="Bytes kept for ever of each request.")
def command(
    serve: bool,
    port: int | None,
    users: int,
    duration: int,
    log: Path,
    auth: str,
    dsn: str,
    rate_limit: float,
    latency: float,
    latency_spread: float,
    error_rate: float,
    leak: int,
) -> int:
    """Start the demo target, a workflow API on a real PostgreSQL, run a plan against it, and judge that.

    The target's faults (rate limit, latency, errors, a memory leak) give each kind of test something to find.
    """
    options = DemoOptions(
        port=port if port is not None else PORT if serve else 0,
        auth=auth,
        dsn=dsn,
        rate_limit=rate_limit,
        latency=latency,
        latency_spread=latency_spread,
        error_rate=error_rate,
        leak=leak,
    )
    say("Starting the demo target …", err=True)
    try:
        with start(options) as target:
            say(f"It answers at {target.url}", err=True)
            return _keep_up(target) if serve else _run_plan(target, users, duration, log)
    except DemoError as fault:
        raise NoTarget(f"{fault}{' (' + fault.hint + ')' if fault.hint else ''}") from None


def _keep_up(target: DemoProcess) -> int:
    say("Ctrl-C ends it.", err=True)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(ExitStatus.TERMINATED))
    try:
        target.wait()
    except KeyboardInterrupt:
        return ExitStatus.OK
    say("The demo target ended by itself.", err=True)
    return ExitStatus.INTERNAL


def _run_plan(target: DemoProcess, users: int, duration: int, log: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PLAN_NAME
        path.write_bytes(demo_plan())
        source = read_source(path)
        properties = {"port": str(target.port), "users": str(users), "duration": str(duration)}
        prepared = prepare(source.plan, path, properties)
        show([*source.diagnostics, *prepared.diagnostics])
        if prepared.program is None:
            return ExitStatus.INVALID_PLAN
        try:
            execution = run_watched(prepared, ExecutionOptions(jtl=log, existing=Existing.REPLACE), path, quiet=False)
        except PlanError as refused:
            show(refused.diagnostics)
            return refusal_status(refused)
    report(execution, quiet=False)
    say(f"results: {log}")
    return execution.verdict.status
