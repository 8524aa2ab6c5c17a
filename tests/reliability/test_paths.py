"""R29: a plan reads and writes regular files below its own folder, and what `--allow-path` names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import jmx
import pytest
from jmx import Node
from reliability import plans
from reliability.commands import called
from reliability.targets import Target

from silhouette_plan.results.verdict import ExitStatus

Use = Callable[[int, str], tuple[Node, ...]]

USES: dict[str, Use] = {
    "CSV": lambda port, file: (plans.csv_data(file), jmx.sample("s")),
    "body": lambda port, file: (plans.body_file(port, file),),
    "include": lambda port, file: (jmx.include(file), jmx.sample("s")),
    "listener": lambda port, file: (plans.listener(file), jmx.sample("s")),
    "function": lambda port, file: (jmx.sample(f"${{__FileToString({file})}}"),),
}

FRAGMENT = jmx.document(jmx.plan(jmx.fragment("Part", jmx.sample("included"))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan's folder, and beside it all that a hostile plan might name."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.jmx").write_text(FRAGMENT)
    inside = tmp_path / "plan"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path / "outside" / "secret.jmx")
    (inside / "device").symlink_to("/dev/zero")
    (inside / "folder").mkdir()
    os.mkfifo(inside / "pipe")
    return inside


def _run(use: str, folder: Path, port: int, file: str, *options: object) -> tuple[int, str]:
    plan = plans.write(folder / "p.jmx", jmx.group("Users", *USES[use](port, file)))
    done = called("run", plan, *options)
    assert "Traceback" not in done.err
    return done.status, done.err


@pytest.mark.parametrize(
    "file", ["../outside/secret.jmx", "{outside}/secret.jmx", "link", "device", "pipe", "folder", "/dev/zero"]
)
@pytest.mark.parametrize("use", USES)
def test_out_of_reach(folder: Path, target: Target, use: str, file: str) -> None:
    named = file.format(outside=folder.parent / "outside")
    status, said = _run(use, folder, target.port, named)
    assert status == ExitStatus.INVALID_PLAN
    assert "error[CP005]" in said or "error[VL003]" in said
    assert "p.jmx:" in said
    assert target.asked == 0
    assert (folder.parent / "outside" / "secret.jmx").read_text() == FRAGMENT


@pytest.mark.parametrize("use", ["CSV", "body", "include", "function"])
def test_a_folder_that_is_allowed(folder: Path, target: Target, use: str) -> None:
    outside = folder.parent / "outside"
    assert _run(use, folder, target.port, "../outside/secret.jmx", "--allow-path", outside)[0] == ExitStatus.OK


def test_a_device_that_is_allowed(folder: Path, target: Target) -> None:
    assert _run("listener", folder, target.port, "/dev/null", "--allow-path", "/dev")[0] == ExitStatus.INVALID_PLAN
    assert _run("listener", folder, target.port, "/dev/null", "--allow-path", "/dev/null")[0] == ExitStatus.OK


@pytest.mark.parametrize("options", [(), ("-f",)])
@pytest.mark.parametrize("own", ["p.jmx", "words.csv"])
def test_a_listener_never_writes_over_the_plan(folder: Path, options: tuple[str, ...], own: str) -> None:
    (folder / "words.csv").write_text("a\nb\n")
    content = (plans.csv_data("words.csv"), plans.listener(own), jmx.sample("s"))
    plan = plans.write(folder / "p.jmx", jmx.group("Users", *content))
    before = (folder / own).read_bytes()
    done = called("run", plan, *options)
    assert done.status == ExitStatus.RESULTS_LOST
    assert "RS009" in done.err
    assert (folder / own).read_bytes() == before


@pytest.mark.parametrize(
    "file", ["C:\\results\\all.jtl", "D:/all.jtl", "/home/nobody-here/all.jtl", "\\\\server\\share\\all.jtl"]
)
def test_a_listener_for_another_machine_is_told_of(folder: Path, target: Target, file: str) -> None:
    before = list(folder.iterdir())
    status, said = _run("listener", folder, target.port, file)
    assert status == ExitStatus.OK
    assert "warning[CP014]" in said
    assert {*folder.iterdir()} == {*before, folder / "p.jmx"}
