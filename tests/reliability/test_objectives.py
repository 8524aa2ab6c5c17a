"""R3, R6: what `slo` says of a run that is on, against a target that is slow, fails, or hangs."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from reliability.commands import Called, called, environment, ran, rows, running
from reliability.targets import Target

from silhouette_plan.results.verdict import ExitStatus

STOPPED_WITHIN = 2.0
"""Seconds from a breach until the load is over (R6)."""

LOAD_LASTS = "20s"

NEVER = 'if 1 == 2 { get "http://127.0.0.1/" as "Never" }'
"""A step that is there, and that no user comes to."""


def _plan(place: Path, slo: str, *groups: str, head: str = 'plan "P"') -> Path:
    path = place / "p.lplan"
    path.write_text("\n".join([head, f"slo {{\n  {slo}\n}}", *groups, ""]), encoding="utf-8")
    return path


def _users(port: int, *lines: str, group: str = 'threads "Users" 3 loops 4') -> str:
    steps = lines or (f'get "http://127.0.0.1:{port}/items" as "Items"',)
    return "\n  ".join([f"{group} {{", *steps]) + "\n}"


def _run(place: Path, slo: str, *groups: str) -> Called:
    return called("run", _plan(place, slo, *groups), "--summary", place / "s.json")


# ---- R3


def test_what_holds_passes(tmp_path: Path, target: Target) -> None:
    slo = 'p95(time of "Items") < 5s; rate(failed) < 1%; count(samples of Users) == 12; throughput > 1/s'
    done = _run(tmp_path, slo, _users(target.port))
    assert (done.status, "verdict: pass" in done.out) == (ExitStatus.OK, True)
    told = json.loads((tmp_path / "s.json").read_text())["objectives"]
    assert [one["result"] for one in told] == ["held"] * 4
    assert (
        told[2] | {"value": 12, "unit": "", "metric": "samples", "of": "Users", "bound": 12, "action": "fail"}
        == told[2]
    )


def test_what_does_not_hold_fails(tmp_path: Path, target: Target) -> None:
    target.delay = 0.05
    done = _run(tmp_path, 'max(time of "Items") < 40ms; rate(failed) < 1%; min(time) > 1m warn', _users(target.port))
    assert done.status == ExitStatus.FAILED
    assert "objective failed: max(time of Items) < 40ms, measured " in done.out
    marks = [line[0] for line in done.out.split("objectives\n")[1].split("\n\n")[0].split("\n")]
    assert marks == ["✗", "✓", "!"]
    assert done.out.count("objective failed") == 1


def test_a_label_without_a_sample_gives_no_verdict_and_is_named(tmp_path: Path, target: Target) -> None:
    steps = (f'get "http://127.0.0.1:{target.port}/" as "Items"', NEVER)
    done = _run(tmp_path, 'rate(failed) < 1%; p95(time of "Never") < 1s', _users(target.port, *steps))
    assert done.status == ExitStatus.NO_VERDICT
    assert "objective matched no sample: p95(time of Never) < 1s: no `time` of a sample called “Never”" in done.out
    assert called("run", tmp_path / "p.lplan", "--no-verdict").status == ExitStatus.OK


def test_a_label_that_is_nowhere_is_refused_before_the_run(tmp_path: Path, target: Target) -> None:
    done = _run(tmp_path, 'p95(time of "Itmes") < 1s', _users(target.port))
    assert done.status == ExitStatus.INVALID_PLAN
    assert "no step or group is called “Itmes”" in done.err
    assert "did you mean “Items”?" in done.err
    assert target.total == 0


def test_only_warned_of_it_passes(tmp_path: Path, target: Target) -> None:
    steps = (f'get "http://127.0.0.1:{target.port}/" as "Items"', NEVER)
    done = _run(tmp_path, 'p95(time of "Never") < 1s warn; max(time) < 0ms warn', _users(target.port, *steps))
    assert done.status == ExitStatus.OK


def test_failures_that_are_wanted_pass(tmp_path: Path, target: Target) -> None:
    """Where the plan says how many samples may fail, that stands for the gate that all may not."""
    target.mode = "500"
    assert _run(tmp_path, "rate(failed) >= 90%", _users(target.port)).status == ExitStatus.OK
    assert _run(tmp_path, "p95(time) < 1m", _users(target.port)).status == ExitStatus.FAILED


def test_checks_and_own_metrics_are_judged_and_shown(tmp_path: Path, target: Target) -> None:
    steps = (
        "record trend bytes = size",
        "record rate slow = time > 1m",
        f'get "http://127.0.0.1:{target.port}/" {{',
        '  check status == 200 as "answers"',
        '  check body contains "sorry" as "apologises"',
        "}",
        "add counter pages = 2",
        "add gauge heap = 7",
    )
    slo = (
        'rate(checks) == 50%; rate(checks of "answers") == 100%; p95(bytes) < 1KB; rate(slow) == 0%; count(pages) == 24'
    )
    done = _run(tmp_path, f"{slo}; growth(heap) == 0; rate(pages) > 1/s", _users(target.port, *steps))
    assert done.status == ExitStatus.OK, done.out
    assert "answers     100 %  12 of 12\napologises    0 %  0 of 12\n" in done.out
    assert "pages  counter  24  " in done.out
    assert "heap   gauge    last 7  min 7  max 7\n" in done.out
    told = json.loads((tmp_path / "s.json").read_text())
    assert told["checks"][1] == {"check": "apologises", "count": 12, "held": 0}
    assert [one["metric"] for one in told["metrics"]] == ["bytes", "slow", "pages", "heap"]


def test_without_unicode_and_colour(tmp_path: Path, target: Target) -> None:
    plan = _plan(tmp_path, "p95(time) < 1m\n  max(time) < 0ms", _users(target.port))
    done = ran("run", plan, env=environment(PYTHONIOENCODING="ascii", NO_COLOR="1"))
    assert done.returncode == ExitStatus.FAILED
    assert done.stdout.isascii()
    assert "\n+  p95(time) < 1m" in done.stdout
    assert "\nx  max(time) < 0ms" in done.stdout


# ---- R6

ABORT = "rate(failed) < 10% abort after 1s"


def _load(port: int) -> tuple[str, str]:
    """Users that load the target for long, and a tearDown group that says good-bye once."""
    load = _users(
        port,
        f'get "http://127.0.0.1:{port}/items" as "Items"',
        "pause 10ms",
        group=f'threads "Users" 3 for {LOAD_LASTS}',
    )
    return load, _users(port, f'get "http://127.0.0.1:{port}/bye" as "Bye"', group='teardown "Clean"')


def test_an_objective_stops_the_run(tmp_path: Path, target: Target) -> None:
    target.mode = "500"
    results = tmp_path / "r.jtl"
    began = time.monotonic()
    done = called("run", _plan(tmp_path, ABORT, *_load(target.port)), "-l", results, "--summary", tmp_path / "s.json")
    assert time.monotonic() - began < 1 + STOPPED_WITHIN
    assert done.status == ExitStatus.ABORTED
    assert "objective stopped the run at 1" in done.out
    assert "RS010" in done.err
    recorded = rows(results)
    assert len(recorded) == target.total
    assert [row["label"] for row in recorded].count("Bye") == target.served["/bye"] == 1
    assert recorded[-1]["label"] == "Bye"
    (told,) = json.loads((tmp_path / "s.json").read_text())["objectives"]
    assert told["result"] == "failed"
    assert 1 <= told["aborted_at"] < 1 + STOPPED_WITHIN


def test_samples_that_do_not_end_are_interrupted_and_kept(tmp_path: Path, target: Target) -> None:
    """The target fails at first and then hangs: what is under way at the abort is a row, too."""
    results = tmp_path / "r.jtl"
    target.mode = "500"
    with running(
        "run", _plan(tmp_path, "rate(failed) < 10% abort after 2s", *_load(target.port)), "-l", results
    ) as process:
        target.wait_served(20)
        target.mode = "stall"
        asked = target.asked
        target.wait(lambda one: one.asked >= asked + 3)
        hanging = time.monotonic()
        target.wait(lambda one: one.asked >= asked + 4)  # the tearDown group's
        assert time.monotonic() - hanging < 2 + STOPPED_WITHIN
        target.go()
        out, _ = process.communicate(timeout=30)
    assert process.returncode == ExitStatus.ABORTED
    recorded = rows(results)
    interrupted = [row for row in recorded if row["label"] == "Items" and row["responseCode"] != "500"]
    assert len(interrupted) == 3
    assert all(int(row["elapsed"]) > 500 for row in interrupted)
    assert len(recorded) == target.asked
    assert "measured 100 %" in out


def test_a_window_stops_the_run(tmp_path: Path, target: Target) -> None:
    target.delay = 0.06
    began = time.monotonic()
    done = _run(tmp_path, "p95(time of Users) < 50ms over 1s abort", *_load(target.port))
    assert done.status == ExitStatus.ABORTED
    assert time.monotonic() - began < 1 + STOPPED_WITHIN
    assert target.served["/bye"] == 1


@pytest.mark.parametrize(("flag", "byes"), [("teardown-on-stop", 1), ("no-teardown-on-stop", 0)])
def test_tear_down_groups_run_as_after_any_stop(tmp_path: Path, target: Target, flag: str, byes: int) -> None:
    target.mode = "500"
    done = called("run", _plan(tmp_path, "rate(failed) < 10% abort", *_load(target.port), head=f'plan "P" {flag}'))
    assert (done.status, target.served["/bye"]) == (ExitStatus.ABORTED, byes)


def test_tear_down_groups_are_not_stopped(tmp_path: Path, target: Target) -> None:
    """A breach that comes in a tearDown group fails the run when it has cleaned up."""
    steps = (f'get "http://127.0.0.1:{target.port}/bye" as "Bye"', "assert time < 0ms", "pause 100ms")
    cleaning = "\n  ".join(['teardown "Clean" loops 8 {', steps[1], steps[0], steps[2]]) + "\n}"
    done = _run(tmp_path, "rate(failed) < 10% abort", _users(target.port, group='threads "Users"'), cleaning)
    assert done.status == ExitStatus.FAILED
    assert target.served["/bye"] == 8
