"""What a plan says of the run's own figures: the interval of its summary lines, and reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reliability.commands import called, ran

from silhouette_plan.results.verdict import ExitStatus

STEPS = 'threads "T" 1 loops {loops} {{\n  dummy time "200ms"\n}}\n'


def plan(folder: Path, lines: str, loops: int = 1) -> Path:
    file = folder / "plan.lplan"
    file.write_text(f'plan "P"\nparam wait = "1s"\n{lines}\n{STEPS.format(loops=loops)}')
    return file


def test_summary_lines_come_at_the_plans_interval(tmp_path: Path) -> None:
    done = ran("run", plan(tmp_path, "summary every ${wait}", loops=12))
    assert done.returncode == ExitStatus.OK, done.stderr
    assert done.stderr.count("summary +") >= 3
    assert "summary =     12 in" in done.stderr


def test_summary_lines_come_at_jmeters_interval(tmp_path: Path) -> None:
    done = ran("run", plan(tmp_path, "", loops=12), "-Jsummariser.interval=1")
    assert done.stderr.count("summary +") >= 3


@pytest.mark.parametrize("interval", ["abc", "0", "-1", "", "²"])
def test_an_interval_that_is_none_is_the_usual_one(tmp_path: Path, interval: str) -> None:
    done = called("run", plan(tmp_path, "summariser"), f"-Jsummariser.interval={interval}")
    assert (done.status, "=      1 in" in done.err) == (ExitStatus.OK, True)


def test_a_report_in_json_is_what_the_option_writes(tmp_path: Path) -> None:
    file = plan(tmp_path, 'report json "made/figures.json"')
    assert called("run", file, "-q", "--summary", tmp_path / "s.json").status == ExitStatus.OK
    assert json.loads((tmp_path / "made" / "figures.json").read_text())["total"]["count"] == 1
    assert (tmp_path / "made" / "figures.json").read_bytes() == (tmp_path / "s.json").read_bytes()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("summary every 500ms", "CP013"),
        ("summary every 1500ms", "CP013"),
        ('summary every "${nobody}"', "CP013"),
        ('report json "${nobody}.json"', "CP013"),
        ('report json ""', "CP013"),
        ('report json "plan.lplan"', "RS009"),
        ('report json "../figures.json"', "CP005"),
    ],
)
def test_what_cannot_be_done_is_refused_before_the_run(tmp_path: Path, line: str, code: str) -> None:
    refused = called("run", plan(tmp_path, line))
    assert (refused.status, f"error[{code}]" in refused.err) == (ExitStatus.INVALID_PLAN, True)


def test_the_summary_does_not_replace_the_plan(tmp_path: Path) -> None:
    file = plan(tmp_path, "")
    before = file.read_text()
    refused = called("run", file, "--summary", file)
    assert (refused.status, "error[RS009]" in refused.err) == (ExitStatus.RESULTS_LOST, True)
    assert file.read_text() == before


def test_a_second_interval_is_told_of(tmp_path: Path) -> None:
    found = called("lint", plan(tmp_path, "summary every 1s\nsummary every 2s"), "--format", "json").out
    assert [(one["code"], one["span"]["line"]) for one in json.loads(found)] == [("CP009", 4)]


def test_a_report_that_cannot_be_written_is_a_lost_result(tmp_path: Path) -> None:
    (tmp_path / "figures").write_text("in the way")
    lost = called("run", plan(tmp_path, 'report json "figures/f.json"'))
    assert (lost.status, "could not be written" in lost.err) == (ExitStatus.RESULTS_LOST, True)
