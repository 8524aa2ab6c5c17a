"""What the pages say holds: commands run, and the table of exit statuses is the one in use."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import jmx
import pytest
from reliability import plans
from reliability.commands import called

from silhouette_plan.cli.main import COMMANDS
from silhouette_plan.results.verdict import SENTENCES, ExitStatus

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/running.md", "docs/exit-status.md")
NEEDS_MORE = {"demo", "stop"}
"""Commands that need a database, or a run beside them; they have tests of their own."""


def _examples() -> list[str]:
    found = []
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL):
            found += [line.partition(" #")[0].strip() for line in block.splitlines() if line.startswith("silplan ")]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the examples run, one after another: with the plan they name."""
    place = tmp_path_factory.mktemp("docs")
    (place / "data").mkdir()
    (place / "here").mkdir()
    content = jmx.group("Users", jmx.sample("${greeting}"), users="${__P(users,1)}")
    plans.write(place / "here" / "plan.jmx", content, variables={"greeting": "welcome"})
    return place / "here"


@pytest.mark.parametrize("example", [line for line in _examples() if line.split()[1] not in NEEDS_MORE])
def test_an_example_runs(folder: Path, monkeypatch: pytest.MonkeyPatch, example: str) -> None:
    monkeypatch.chdir(folder)
    if "plan.lplan" in example and not Path("plan.lplan").exists():
        assert called("import", "plan.jmx", "-o", "plan.lplan").status == ExitStatus.OK
    done = called(*shlex.split(example)[1:])
    assert done.status == ExitStatus.OK, done.err


def test_examples_of_every_kind_are_found() -> None:
    assert {line.split()[1] for line in _examples()} >= {
        "run",
        "stop",
        "lint",
        "import",
        "export",
        "graph",
        "explain",
        "diff",
    }
    assert {line.split()[1] for line in _examples()} <= set(COMMANDS)


def test_the_table_of_exit_statuses_is_the_one_in_use() -> None:
    page = (ROOT / "docs" / "exit-status.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d+) \| (.*) \|$", page, re.MULTILINE))
    assert rows == {str(int(status)): sentence for status, sentence in SENTENCES.items()}
    assert set(SENTENCES) == set(ExitStatus)


def test_every_option_of_a_run_is_told_of() -> None:
    """What is left out here is told in the page's own words."""
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z-]+", called("run", "--help").out)) - {"--help", "--log", "--force", "--quiet"}
    assert {option for option in options if option not in page} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = called(command, "--help")
    assert (done.status, done.out.startswith(f"Usage: silplan {command}")) == (ExitStatus.OK, True)
