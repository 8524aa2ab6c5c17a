"""The whole way: a JMeter plan is imported, runs against the demo target, and its results are read back."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from reliability.commands import Called, called, rows

from silhouette_plan.demo.plan import demo_plan
from silhouette_plan.demo.process import DemoProcess
from silhouette_plan.results.jtl.reader import read_jtl
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.verdict import ExitStatus

SEED = "concurrent-users.jmx"
BROKEN_LINES = (53, 65, 83, 125, 168, 172, 199, 236)
"""Lines of the seed plan with one fault each."""


def _answered(demo: DemoProcess) -> int:
    """What the target says it has answered, this question not counted."""
    with urllib.request.urlopen(f"{demo.url}/metrics", timeout=10) as answer:
        return int(json.load(answer)["data"]["requests"])


def _all_agree(results: Path, summary: Path, served: int) -> dict[str, Any]:
    """Rows, figures and the server tell of the same requests; gives the figures.

    A URL that holds a variable which is not set is never sent.
    """
    told: dict[str, Any] = json.loads(summary.read_text())
    recorded = rows(results)
    read = Statistics()
    for sample in read_jtl(results):
        read.on_samples([sample])
    assert len(recorded) == told["total"]["count"] == read.total().count
    assert sum("URISyntaxException" not in row["responseCode"] for row in recorded) == served
    assert Counter(row["label"] for row in recorded) == {one["label"]: one["count"] for one in told["labels"]}
    assert sum(row["success"] == "false" for row in recorded) == told["total"]["errors"] == read.total().errors
    assert max(int(row["elapsed"]) for row in recorded) == told["total"]["maximum"]
    return told


@pytest.mark.parametrize("form", ["plan.json", "demo.jmx"])
def test_import_and_run(tmp_path: Path, demo: DemoProcess, form: str) -> None:
    (tmp_path / "demo.jmx").write_bytes(demo_plan())
    assert called("import", tmp_path / "demo.jmx", "-o", tmp_path / "plan.json").status == ExitStatus.OK
    files = ["-l", tmp_path / "r.jtl", "--summary", tmp_path / "s.json"]
    settings = [f"-Jport={demo.port}", "-Jusers=4", "-Jduration=2", "-Jrampup=1"]
    before = _answered(demo)
    done = called("run", tmp_path / form, *files, *settings)
    served = _answered(demo) - before - 1
    assert (done.status, "verdict: pass" in done.out) == (ExitStatus.OK, True)
    told = _all_agree(tmp_path / "r.jtl", tmp_path / "s.json", served)
    assert told["total"]["errors"] == 0
    assert len(told["labels"]) > 3


def test_the_import_tells_of_every_mend(tmp_path: Path, shared: Path) -> None:
    report = tmp_path / "report.json"
    done = called("import", shared / "seeds" / SEED, "-o", tmp_path / "plan.json", "--report", report)
    assert done.status == ExitStatus.OK
    told = json.loads(report.read_text())
    mended = {repair["line"] for repair in told["repairs"]}
    assert mended >= set(BROKEN_LINES)
    assert {fault["code"] for fault in told["faults"]} >= {"AN101", "AN103", "AN104"}
    assert "?page=1&limit=20&sort=createdAt&order=desc" in (tmp_path / "plan.json").read_text()


def test_the_import_can_be_strict(tmp_path: Path, shared: Path) -> None:
    seed = shared / "seeds" / SEED
    strict = called("import", seed, "--strict", "-o", tmp_path / "plan.json")
    assert (strict.status, "error[JX" in strict.err) == (ExitStatus.INVALID_PLAN, True)
    assert not (tmp_path / "plan.json").exists()
    assert called("import", seed, "-q", "--fail-on", "repaired").status == ExitStatus.IMPORT_INCOMPLETE
    assert called("import", seed, "-q", "--fail-on", "unsupported").status == ExitStatus.OK


def test_the_export_tells_what_jmeter_cannot_do(tmp_path: Path) -> None:
    plan = tmp_path / "plan.lplan"
    plan.write_text(
        'plan "P"\nslo { p95(time) < 1s }\nthreads "T" 1 { get "http://h/" { check status == 200 as "well" } }\n'
    )
    told = called("export", plan, "-o", tmp_path / "back.jmx")
    assert (told.status, told.err) == (ExitStatus.OK, "")
    assert "What JMeter cannot do (3)" in told.out
    assert "“well” is switched off" in told.out
    data = json.loads(called("export", plan, "-o", tmp_path / "back.jmx", "--format", "json").out)
    assert [(one["code"], one["span"]["line"]) for one in data] == [("JX502", 2), ("JX502", 2), ("JX502", 3)]
    assert called("import", tmp_path / "back.jmx", "-q", "-o", tmp_path / "again.lplan").status == ExitStatus.OK
    assert "check status == 200" in (tmp_path / "again.lplan").read_text()


def test_a_plan_that_no_xml_can_hold_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.lplan"
    plan.write_text('plan "P"\nthreads "T" 1 { element "a b" { } }\n')
    refused = called("export", plan, "-o", tmp_path / "back.jmx")
    assert (refused.status, "error[JX501]" in refused.err) == (ExitStatus.INVALID_PLAN, True)
    assert not (tmp_path / "back.jmx").exists()


def _run_seed(plan: Path, folder: Path, demo: DemoProcess, **values: object) -> Called:
    data = folder / "load-tests" / "data"
    data.mkdir(parents=True)
    users = "".join(f"user{number}@example.com,secret,User {number},0,0\n" for number in range(7))
    (data / "concurrent-users.csv").write_text(f"email,password,name,workflowCount,executionCount\n{users}")
    values = {"concurrentUsers": 40, "rampUpTime": 1, "testDuration": 3, "baseUrl": demo.url, **values}
    settings = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    files = ["-l", folder / "r.jtl", "--summary", folder / "s.json"]
    return called("run", plan, *settings, f"-Jworkspace={folder}", *files)


@pytest.mark.parametrize("form", ["plan.json", SEED])
def test_the_seed_plan_runs(tmp_path: Path, shared: Path, demo: DemoProcess, form: str) -> None:
    (tmp_path / SEED).write_bytes((shared / "seeds" / SEED).read_bytes())
    assert called("import", tmp_path / SEED, "-q", "-o", tmp_path / "plan.json").status == ExitStatus.OK
    before = _answered(demo)
    done = _run_seed(tmp_path / form, tmp_path, demo)
    served = _answered(demo) - before - 1
    assert done.status == ExitStatus.OK
    told = _all_agree(tmp_path / "r.jtl", tmp_path / "s.json", served)
    assert {one["label"] for one in told["labels"]} <= {
        "Create Workflow",
        "List Workflows",
        "Execute Workflow",
        "Get User Profile",
        "Get Analytics Dashboard",
        "User Logout",
    }
    listeners = tmp_path / "load-tests" / "results"
    assert len(rows(listeners / "concurrent-load-test.jtl")) == told["total"]["count"]
