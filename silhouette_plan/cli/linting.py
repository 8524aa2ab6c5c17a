"""``silplan lint``: what is wrong with plans before they run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from silhouette_plan import __version__
from silhouette_plan.analysis import Surroundings, analyse
from silhouette_plan.cli.output import say
from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.showing import show
from silhouette_plan.cli.sources import read_source
from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.results.verdict import ExitStatus

TWINS = {"CP006": "AN110", "CP007": "AN306", "CP011": "AN502", "CP015": "AN306", "VL001": "AN402"}
"""What the compiler finds and the analysis says better; both at one place are shown once."""

OF_THE_PARENT = "AN306"
"""Said once of a controller, where the compiler says it of each child."""

LEVELS = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "note": tuple(Severity)}


@click.command("lint")
@click.argument("plans", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(list(LEVELS)),
    default="warning",
    show_default=True,
    help="The least that fails the check.",
)
def command(plans: tuple[Path, ...], form: str, fail_on: str) -> int:
    """Check PLANS without running them. Ends with status 3 where something was found."""
    found = [diagnostic for plan in plans for diagnostic in check(plan)]
    _PRINTERS[form](found)
    return ExitStatus.INVALID_PLAN if any(one.severity in LEVELS[fail_on] for one in found) else ExitStatus.OK


def check(path: Path) -> list[Diagnostic]:
    """Everything that reading, analysis and compilation find in the file, in the order of its lines."""
    source = read_source(path)
    found = list(source.diagnostics)
    if source.plan is not None:
        found += analyse_file(source.plan, path)
        found += prepare(source.plan, path, {}).diagnostics
    said = {(one.code, one.span) for one in found} | {(one.code, None) for one in found if one.code == OF_THE_PARENT}
    unique = dict.fromkeys(
        one for one in found if not {(TWINS.get(one.code), one.span), (TWINS.get(one.code), None)} & said
    )
    return sorted(unique, key=lambda one: (one.span.line, one.span.column) if one.span else (0, 0))


def analyse_file(plan: TestPlan, path: Path) -> tuple[Diagnostic, ...]:
    """The analysis of ``plan``, read from ``path``; included plans and data files are found in its folder."""
    folder = path.resolve().parent
    return analyse(plan, Surroundings(lambda name: _included(folder / name), lambda name: _first_line(folder / name)))


def _included(path: Path) -> TestPlan | None:
    return read_source(path).plan if path.is_file() else None


def _first_line(path: Path) -> str | None:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(65_536).rstrip("\r\n")
    except OSError:
        return None


def _print_text(found: list[Diagnostic]) -> None:
    show(found)
    if not found:
        say("no problems found")


def _print_json(found: list[Diagnostic]) -> None:
    from silhouette_plan.diagnostics.machine import render_json

    say(render_json(found))


def _print_sarif(found: list[Diagnostic]) -> None:
    from silhouette_plan.cli.codes import catalogue
    from silhouette_plan.diagnostics.machine import render_sarif

    say(render_sarif(found, catalogue(), __version__))


_PRINTERS: dict[str, Callable[[list[Diagnostic]], None]] = {
    "text": _print_text,
    "json": _print_json,
    "sarif": _print_sarif,
}
