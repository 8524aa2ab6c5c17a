"""``silplan``: the command line. Each command lives in a module of its own, loaded when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import traceback
from typing import Any

import click

from silhouette_plan import __version__
from silhouette_plan.cli.output import say, silence

COMMANDS = {
    "run": "Run a plan and judge it.",
    "import": "Turn a plan of another tool into silplan's language or JSON, with a port report.",
    "export": "Write a plan as a JMeter .jmx file.",
    "fmt": "Format .lplan files.",
    "lint": "Find what is wrong with plans before they run.",
    "explain": "Tell more about a diagnostic's code.",
    "graph": "Draw a plan as SVG, DOT or Mermaid.",
    "diff": "Show how two plans differ in meaning.",
    "schema": "Print the JSON Schema of plans in JSON.",
    "new": "Write a commented starter plan.",
    "demo": "Start the demo target and run a plan against it.",
    "stop": "Stop a run of another process.",
}
"""Every command with its one-line help, so that the overview needs no command's module."""

_MODULES = {"import": "importing", "lint": "linting", "diff": "differing"}

_THRESHOLDS = (100_000, 20, 100)
"""Of the garbage collector: loading a command and reading a plan make many objects, and next to no garbage."""


class Commands(click.Group):
    """The group of commands; imports a command's module only when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All commands, in the order of the overview."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command called ``name``, or None."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"silhouette_plan.cli.{_MODULES.get(name, name)}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, context: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """As click does, with a suggestion for a misspelt command."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from silhouette_plan.diagnostics.suggest import did_you_mean

            hint = did_you_mean(name, COMMANDS)
            raise click.UsageError(f"There is no command `{name}`{': ' + hint if hint else '.'}", context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="silplan")
def silplan() -> None:
    """Load-test plans as text: write them, port them from JMeter, run them with JMeter's exact semantics."""


def main() -> None:
    """Runs the command line and ends the process with its status (docs/exit-status.md)."""
    gc.set_threshold(*_THRESHOLDS)
    _open_closed_streams()
    status = _status()
    gc.freeze()  # what is left ends with the process, and need not be searched for garbage first
    sys.exit(status)


def _open_closed_streams() -> None:
    """Standard streams that the caller closed lead nowhere, so that no file of ours takes their place."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115


def _status() -> int:
    try:
        outcome = silplan.main(standalone_mode=False, prog_name="silplan")
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 128 + signal.SIGINT
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    except OSError as fault:
        say(f"silplan: {fault.filename or 'output'}: {fault.strerror or fault}", err=True)
        return 6
    except Exception as bug:
        return _report(bug)


def _report(bug: BaseException) -> int:
    while isinstance(bug, BaseExceptionGroup) and len(bug.exceptions) == 1:
        bug = bug.exceptions[0]
    if os.environ.get("SILPLAN_DEBUG"):
        traceback.print_exception(bug)
    frames = traceback.extract_tb(bug.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    say(
        f"silplan: internal error{where}: {type(bug).__name__}: {bug}\n"
        "This is a bug of silplan's; please report it with the command and the plan. SILPLAN_DEBUG=1 shows more.",
        err=True,
    )
    return 1
