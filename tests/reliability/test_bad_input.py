"""Whatever a plan is, it gets one clear diagnostic: code, file, line where there is one, hint; at once, and no traceback."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jmx
import pytest
from jmx import Node
from reliability import plans
from reliability.commands import Called, called

from silhouette_plan.results.verdict import ExitStatus

QUICK = 2.0
"""Seconds that a refusal may take, on a machine that does other work too."""


def _group(*content: Node, **settings: int | str) -> str:
    return jmx.document(jmx.plan(jmx.group("Users", *content, **settings), variables={"many": "a lot"}))  # type: ignore[arg-type]


def _laughs() -> str:
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return f'<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a0 "ha">{entities}]>\n<jmeterTestPlan>&a9;</jmeterTestPlan>'


@dataclass(frozen=True)
class Bad:
    """A file, and what is said of it. ``line``: the diagnostic names one."""

    name: str
    content: str | bytes | Callable[[Path], object]
    code: str
    says: str
    hint: str = ""
    line: bool = True
    status: ExitStatus = ExitStatus.INVALID_PLAN


_XXE = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<jmeterTestPlan>&x;</jmeterTestPlan>'

CASES: dict[str, Bad] = {
    "missing": Bad("plan.jmx", os.remove, "CL004", "there is no file", line=False, status=ExitStatus.USAGE),
    "folder": Bad(
        "plan.jmx",
        lambda path: (path.unlink(), path.mkdir()),
        "CL004",
        "it is a folder",
        line=False,
        status=ExitStatus.USAGE,
    ),
    "pipe": Bad(
        "plan.jmx",
        lambda path: (path.unlink(), os.mkfifo(path)),
        "CL004",
        "it is no regular file",
        line=False,
        status=ExitStatus.USAGE,
    ),
    "empty": Bad("plan.jmx", "", "JX001", "the file is empty"),
    "binary": Bad("plan.jmx", random.Random(1).randbytes(5000), "JX002", "not XML", "JMeter saves"),
    "not XML": Bad("plan.jmx", "Users: 5\n", "JX002", "the file is not XML", "JMeter saves"),
    "100 MB": Bad(
        "plan.jmx",
        lambda path: os.truncate(path, 100 << 20),
        "CL005",
        "the file has 100 MB",
        "files of their own",
        line=False,
    ),
    "external entity": Bad("plan.jmx", _XXE, "JX006", "a document type", "delete it"),
    "billion laughs": Bad("plan.jmx", _laughs(), "JX006", "a document type", "delete it"),
    "missing data": Bad(
        "plan.jmx", _group(plans.csv_data("nope.csv"), jmx.sample("s")), "EL007", "nope.csv", "relative paths"
    ),
    "text for a number": Bad(
        "plan.jmx", _group(jmx.sample("s"), users="${many}"), "CP006", "users is `a lot`", "whole number"
    ),
    "unknown element": Bad(
        "plan.jmx", _group(Node("com.acme.Sampler", "G", "Ours")), "CP001", "com.acme.Sampler", "--allow-unsupported"
    ),
    "unknown ending": Bad("plan.txt", "x", "CL001", "`plan.txt` is no plan", ".jmx", line=False),
    "other JSON": Bad("plan.json", '{"name": 1}', "CL002", '"silplan"', "silplan schema", line=False),
    "broken JSON": Bad("plan.json", '{\n  "silplan": 1,,\n}', "CL002", "not JSON"),
    "a number as JSON": Bad("plan.json", "7", "CL002", "at", line=False),
    "deep JSON": Bad("plan.json", "[" * 200_000, "CL002", "not JSON", line=False),
    "Latin-1": Bad("plan.lplan", b'plan "x"\nparam a = "caf\xe9"\n', "CL007", "0xE9", "UTF-8"),
    "UTF-16": Bad("plan.lplan", 'plan "x"\n'.encode("utf-16"), "CL007", "not UTF-8", "UTF-8"),
    "not UTF-8": Bad("plan.json", b"\xff\xfe\xff", "CL002", "not JSON", "UTF-8", line=False),
    "included file missing": Bad("plan.jmx", _group(jmx.include("nope.jmx")), "CP004", "nope.jmx"),
    "includes itself": Bad("plan.jmx", _group(jmx.include("plan.jmx")), "CP003", "plan.jmx"),
}


@pytest.mark.parametrize("case", CASES)
def test_one_clear_diagnostic(tmp_path: Path, case: str) -> None:
    bad = CASES[case]
    path = tmp_path / bad.name
    path.write_bytes(
        bad.content.encode() if isinstance(bad.content, str) else b"" if callable(bad.content) else bad.content
    )
    if callable(bad.content):
        bad.content(path)
    started = time.monotonic()
    done = called("run", path)
    assert time.monotonic() - started < QUICK
    assert done.status == bad.status
    assert _codes(done) == [bad.code]
    assert "Traceback" not in done.err
    assert bad.says in done.err
    assert bad.name in done.err
    assert not bad.line or re.search(rf"{bad.name}:\d+", done.err)
    assert bad.hint in done.err
    assert done.out == ""


def _codes(done: Called) -> list[str]:
    return re.findall(r"^(?:error|warning|note)\[(\w+)\]", done.err, re.MULTILINE)


@pytest.mark.parametrize(
    "empty", ["<stringProp name='ThreadGroup.num_threads'/>", "<intProp name='ThreadGroup.num_threads'></intProp>"]
)
def test_a_property_without_a_value(tmp_path: Path, empty: str) -> None:
    """No users, as JMeter reads it."""
    path = tmp_path / "p.jmx"
    path.write_text(_group(jmx.sample("s")).replace('<stringProp name="ThreadGroup.num_threads">1</stringProp>', empty))
    assert empty in path.read_text()
    done = called("run", path)
    assert (done.status, "no sample was taken" in done.out) == (ExitStatus.NO_VERDICT, True)


def test_a_property_option_without_a_value(tmp_path: Path) -> None:
    path = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("<${__P(word,none)}>")))
    assert called("run", path, "-Jword", "-l", tmp_path / "r.jtl").status == ExitStatus.OK
    assert ",<>," in (tmp_path / "r.jtl").read_text()


@pytest.mark.parametrize("option", ["-J=1", "-J", "--set==1", "--set=users"])
def test_a_setting_has_a_name_and_a_value(tmp_path: Path, option: str) -> None:
    path = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s")), variables={"users": "1"})
    done = called("run", path, option)
    assert (done.status, done.out) == (ExitStatus.USAGE, "")
    assert option[:2] in done.err


def test_an_unknown_parameter_is_named(tmp_path: Path) -> None:
    path = plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s")), variables={"users": "1"})
    done = called("run", path, "--set", "user=2")
    assert (done.status, _codes(done)) == (ExitStatus.INVALID_PLAN, ["CL003"])
    assert "did you mean “users”?" in done.err


@pytest.mark.parametrize("name", ["", ".lplan", "folder/"])
def test_a_new_plan_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert called("new", name).status == ExitStatus.USAGE
    assert not any(tmp_path.iterdir())


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "p.jmx", jmx.group("Users", jmx.sample("s")))


def _refused(done: Called, code: str) -> None:
    assert (done.status, _codes(done), done.out) == (ExitStatus.RESULTS_LOST, [code], "")


@pytest.mark.parametrize("place", ["", "nowhere/s.json", "p.jmx/s.json"])
def test_a_summary_without_a_place_is_told_of_before_the_run(plan: Path, place: str) -> None:
    refused = called("run", plan, "--summary", plan.parent / place)
    assert (refused.status, refused.out) == (ExitStatus.RESULTS_LOST, "")
    assert "could not be written" in refused.err


def test_results_where_nothing_can_be_written(plan: Path) -> None:
    _refused(called("run", plan, "-l", plan / "r.jtl"), "RS002")
    _refused(called("run", plan, "-l", plan.parent), "RS002")


@pytest.mark.parametrize("options", [(), ("-f",)])
def test_results_over_the_plan(plan: Path, options: tuple[str, ...]) -> None:
    before = plan.read_bytes()
    _refused(called("run", plan, "-l", plan, *options), "RS009")
    assert plan.read_bytes() == before


def test_results_after_those_of_other_columns(plan: Path) -> None:
    other = plan.with_name("r.jtl")
    other.write_text("name,price\n")
    done = called("run", plan, "-l", other)
    _refused(done, "RS003")
    assert "-f" in done.err
    assert other.read_text() == "name,price\n"
    assert called("run", plan, "-l", other, "-f").status == ExitStatus.OK


def test_a_second_run_adds_its_rows(plan: Path) -> None:
    results = plan.with_name("r.jtl")
    for _ in range(2):
        assert called("run", plan, "-l", results).status == ExitStatus.OK
    assert len(results.read_text().splitlines()) == 3


def test_outputs_that_cannot_be_written(plan: Path) -> None:
    for command in (["import", plan, "-q", "-o"], ["graph", plan, "-o"], ["run", plan, "-q", "--summary"]):
        done = called(*command, plan / "out.svg" if command[0] == "graph" else plan / "out.json")
        assert (done.status, "could not be written" in done.err) == (ExitStatus.RESULTS_LOST, True), command


@pytest.mark.parametrize("command", ["run", "lint", "export", "import", "graph", "diff"])
def test_every_command_takes_bad_files_alike(tmp_path: Path, command: str) -> None:
    (tmp_path / "p.jmx").write_text("nothing")
    more = {"export": ["-o", tmp_path / "o.jmx"], "diff": [tmp_path / "p.jmx"]}.get(command, [])
    broken, missing = called(command, tmp_path / "p.jmx", *more), called(command, tmp_path / "q.jmx", *more)
    assert (broken.status, "JX002" in broken.err) == (ExitStatus.INVALID_PLAN, True)
    assert (missing.status, "CL004" in missing.err) == (ExitStatus.USAGE, True)


def test_findings_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "p.jmx"
    path.write_text("nothing")
    found = json.loads(called("lint", path, "--format", "json").out)
    assert [one["code"] for one in found] == ["JX002"]
    assert found[0]["span"]["file"] == str(path)
