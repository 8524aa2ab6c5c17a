"""``silplan run``: a plan, run and judged."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import click

from silhouette_plan.cli.live import LiveView
from silhouette_plan.cli.output import say
from silhouette_plan.cli.parameters import set_parameters
from silhouette_plan.cli.preparing import Prepared, prepare
from silhouette_plan.cli.running import announced
from silhouette_plan.cli.showing import fitted, has_errors, show, takes_colour, terminal_width
from silhouette_plan.cli.sources import Source, read_source
from silhouette_plan.cli.writing import require_place, write_whole
from silhouette_plan.diagnostics import Diagnostic, PlanError
from silhouette_plan.diagnostics.counting import counted
from silhouette_plan.execution import Execution, ExecutionOptions, execute
from silhouette_plan.results.jtl.opening import Existing
from silhouette_plan.results.objectives.showing import objectives_table
from silhouette_plan.results.own_measures import checks_table, metrics_table
from silhouette_plan.results.secrets import Mask, masking, nothing_secret
from silhouette_plan.results.summariser import interval_of
from silhouette_plan.results.summary_json import render_summary
from silhouette_plan.results.table import end_table
from silhouette_plan.results.verdict import ExitStatus


def pairs(context: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """``name=value`` options as a dict; a name alone has the value ``""``, as JMeter reads it."""
    split = [(name.strip(), text) for name, _, text in (value.partition("=") for value in values)]
    if any(not name for name, _ in split):
        raise click.BadParameter("there is no name before the value")
    return dict(split)


def assignments(context: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """``name=value`` options as a dict, each with its value."""
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f"`{value}` has no value: write `{value}=…`")
    return pairs(context, option, values)


@click.command("run")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("-l", "--log", type=click.Path(path_type=Path), help="Write every sample to this JTL file.")
@click.option("-f", "--force", is_flag=True, help="Replace result files that are there already, instead of appending.")
@click.option("-J", "properties", multiple=True, callback=pairs, metavar="NAME=VALUE", help="Set a JMeter property.")
@click.option(
    "--set", "values", multiple=True, callback=assignments, metavar="NAME=VALUE", help="Set a parameter of the plan."
)
@click.option("--summary", type=click.Path(path_type=Path), help="Write figures and verdict as JSON.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of all random draws.")
@click.option("--fail-on-error", is_flag=True, help="Any failed sample fails the run.")
@click.option("--no-verdict", is_flag=True, help="End with status 0 whatever was measured.")
@click.option(
    "--allow-unsupported", is_flag=True, help="Leave out what silplan cannot run, instead of refusing the plan."
)
@click.option(
    "--allow-path",
    "allowed",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder, or a file, beside the plan's folder that it may use.",
)
@click.option(
    "--on-results-error",
    type=click.Choice(["stop", "continue"]),
    default="stop",
    show_default=True,
    help="What a run does whose results cannot be written; it ends with status 6 either way.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only the verdict.")
def command(
    plan: Path,
    log: Path | None,
    force: bool,
    properties: dict[str, str],
    values: dict[str, str],
    summary: Path | None,
    seed: int,
    fail_on_error: bool,
    no_verdict: bool,
    allow_unsupported: bool,
    allowed: tuple[Path, ...],
    on_results_error: str,
    quiet: bool,
) -> int:
    """Run PLAN (.lplan, .jmx or .json) and judge it.

    The exit status is the verdict: 0 pass, 4 fail, 5 no verdict; 3 where the plan does not compile. Ctrl-C lets users end their sample
    and writes all results; a second one ends at once.
    """
    source = read_source(plan)
    changed, problems = set_parameters(source.plan, values) if source.plan else (None, ())
    prepared = prepare(changed, plan, properties, allow_unsupported, allowed, seed)
    show([*_of_reading(source), *problems, *prepared.diagnostics])
    if prepared.program is None or problems:
        return ExitStatus.INVALID_PLAN
    if summary is not None and summary.resolve() in prepared.program.files_read:
        message = f"the plan is read from {summary}; no summary is written there"
        show([Diagnostic("RS009", message, hint="choose another name")])
        return ExitStatus.RESULTS_LOST
    if summary is not None:
        require_place(summary)
    for file in prepared.program.reports:
        require_place(file, make_folder=True)
    options = ExecutionOptions(
        jtl=log,
        existing=Existing.REPLACE if force else Existing.APPEND,
        fail_on_error=fail_on_error,
        stop_when_lost=on_results_error == "stop",
        secrets=prepared.secrets,
        seed=seed,
    )
    try:
        execution = run_watched(prepared, options, plan, quiet)
    except PlanError as refused:
        show(refused.diagnostics)
        return refusal_status(refused)
    mask = masking(prepared.secrets)
    try:
        report(execution, quiet, mask)
    finally:  # the file is there even where nobody reads what is printed
        told = mask(render_summary(execution.statistics, execution.verdict, execution.outcome, execution.own)).encode()
        if summary is not None:
            write_whole(summary, told)
        for file in prepared.program.reports:
            write_whole(file, told, make_folder=True)
    if no_verdict and execution.verdict.status in (ExitStatus.FAILED, ExitStatus.NO_VERDICT):
        return ExitStatus.OK
    return execution.verdict.status


def refusal_status(refused: PlanError) -> ExitStatus:
    """The status of a run that did not start: a machine too small, or a results file that cannot be opened."""
    generator = any(found.code in ("CL006", "CL008") for found in refused.diagnostics)
    return ExitStatus.NO_VERDICT if generator else ExitStatus.RESULTS_LOST


def _of_reading(source: Source) -> tuple[Diagnostic, ...]:
    """What reading found: all of it where the plan cannot run, else one line, since `silplan import` tells the rest."""
    if not source.diagnostics or has_errors(source.diagnostics):
        return source.diagnostics
    mends = counted(len(source.diagnostics), "mend")
    say(f"{source.path}: {mends} while reading; `silplan import {source.path}` lists them", err=True)
    return ()


def run_watched(prepared: Prepared, options: ExecutionOptions, plan: Path, quiet: bool) -> Execution:
    """Runs with a live view on a terminal, JMeter's summary lines elsewhere, or silently."""
    assert prepared.program is not None
    program = prepared.program
    interval = interval_of(program.properties)
    view = LiveView(program.name, prepared.duration, quiet, masking(prepared.secrets), program.summary_every, interval)

    async def beside() -> AsyncIterator[None]:
        """The run is announced while signals stop it gracefully, and no longer."""
        with announced(plan):
            async for _ in view.refresh():
                yield

    return execute(program, options, view.observers, beside)


def _tables(execution: Execution, colour: bool) -> Iterator[str]:
    """Figures of the labels; of checks and metrics, where the plan has any; and its objectives."""
    width = terminal_width()
    yield end_table(execution.statistics, width, colour=colour)
    own = execution.own
    if own is not None and own.checks:
        yield checks_table(own.checks, width, colour=colour)
    if own is not None and own.metrics:
        yield metrics_table(own.metrics, execution.statistics.total().duration, width, colour=colour)
    if execution.outcome.objectives:
        yield objectives_table(execution.outcome.objectives, width, colour=colour)


def report(execution: Execution, quiet: bool, mask: Mask = nothing_secret) -> None:
    """The end table, the generator's health and the verdict with its reasons; ``mask`` hides secrets."""
    colour = takes_colour(sys.stdout)
    if not quiet:
        tables = list(_tables(execution, colour))
        say(mask("\n\n".join(tables)) + ("\n" if len(tables) > 1 else ""))
        health = execution.outcome.health
        if health is not None:
            told = (
                f"generator: CPU {health.cpu_percent:.0f} % (at most {health.cpu_peak_percent:.0f} %), "
                f"event-loop lag p99 {health.lag_p99_ms:.1f} ms (at most {health.lag_peak_ms:.1f} ms), "
                f"{counted(health.open_sockets, 'socket')}, {counted(execution.run.users, 'user')} in {health.seconds:.1f} s"
            )
            say(fitted(told, sys.stdout))
    if execution.rows_lost:
        say(
            f"{counted(execution.rows_lost, 'row')} did not reach {'its' if execution.rows_lost == 1 else 'their'} file",
            err=True,
        )
    verdict = execution.verdict
    word = verdict.word
    if colour:
        word = click.style(word, fg="green" if verdict.status is ExitStatus.OK else "red", bold=True)
    say("\n".join([f"verdict: {word}", *(fitted(f"  {mask(reason)}", sys.stdout) for reason in verdict.reasons)]))
