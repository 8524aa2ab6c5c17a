from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from silhouette_plan.results.figures import Unit
from silhouette_plan.results.health import Health, Stretch
from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.objectives import Action, Judgement, Objective, Selection
from silhouette_plan.results.objectives.objective import Bound, Nature
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.summary_json import render_summary
from silhouette_plan.results.verdict import SENTENCES, ExitStatus, Outcome, judge

REFUSED = "Non HTTP response code: org.apache.http.conn.HttpHostConnectException"
STORM = Health(
    cpu_percent=50,
    cpu_peak_percent=99,
    lag_p99_ms=5,
    lag_peak_ms=81,
    seconds=60,
    open_sockets=40,
    limited_seconds=12,
    limited_share=0.21,
    limited=(Stretch(50, 62, 99, 81),),
)
TWO_STORMS = replace(STORM, limited_seconds=12.9, limited=(Stretch(5, 8, 95, 81), Stretch(50, 59, 99, 2)))
HICCUP = replace(STORM, limited_seconds=1.0, limited_share=0.05, limited=(Stretch(14, 15, 99, 81),))


def judged(value: float | None, *, action: Action = Action.FAIL, metric: str = "time") -> Judgement:
    """A judgement on `p95(time) < 5ms`."""
    objective = Objective(
        text="p95(time) < 5ms",
        aggregate="p95",
        selection=Selection(metric),
        nature=Nature.NUMBER,
        bound=Bound("<", 5.0, 5.0),
        unit=Unit.MILLISECONDS,
        action=action,
    )
    return Judgement(objective, value)


@pytest.fixture
def of(sample):
    def make(*kinds: str) -> Statistics:
        statistics = Statistics()
        for kind in kinds:
            match kind:
                case "good":
                    statistics.on_samples([sample("good")])
                case "local":
                    statistics.on_samples([sample("local", url=None)])
                case "bad":
                    statistics.on_samples([sample("bad", success=False, code="500")])
                case "down":
                    statistics.on_samples([sample("down", success=False, code=REFUSED, url="http://10.0.0.1:81/")])
        return statistics

    return make


@pytest.mark.parametrize(
    ("kinds", "outcome", "status", "reasons"),
    [
        (["good"], Outcome(), 0, []),
        (["good", "bad"], Outcome(), 0, []),
        (["good", "bad"], Outcome(fail_on_error=True), 4, ["1 sample failed"]),
        (["bad", "bad"], Outcome(), 4, ["every sample failed (2)"]),
        ([], Outcome(), 5, ["no sample was taken"]),
        (["down"] * 3, Outcome(), 5, ["the target never answered: 10.0.0.1:81, 3 samples"]),
        (["down", "local"], Outcome(), 5, ["the target never answered: 10.0.0.1:81, 1 sample"]),
        (["down", "good"], Outcome(), 0, ["10.0.0.1:81 gave no answer to 1 sample"]),
        (["good"], Outcome(objectives=(judged(4.0),)), 0, []),
        (["good"], Outcome(objectives=(judged(5.0),)), 4, ["objective failed: p95(time) < 5ms, measured 5 ms"]),
        (["good"], Outcome(objectives=(judged(5.0, action=Action.WARN),)), 0, []),
        (
            ["good"],
            Outcome(objectives=(judged(None),)),
            5,
            ["objective matched no sample: p95(time) < 5ms: no `time` was observed"],
        ),
        (["good"], Outcome(objectives=(judged(None, action=Action.WARN),)), 0, []),
        (
            ["good"],
            Outcome(objectives=(judged(None), judged(9.0))),
            4,
            [
                "objective failed: p95(time) < 5ms, measured 9 ms",
                "objective matched no sample: p95(time) < 5ms: no `time` was observed",
            ],
        ),
        (["bad", "bad"], Outcome(objectives=(judged(4.0),)), 4, ["every sample failed (2)"]),
        (["bad", "bad"], Outcome(objectives=(judged(4.0, metric="failed"),)), 0, []),
        (
            ["good"],
            Outcome(objectives=(replace(judged(9.0), aborted_at=31.2),)),
            7,
            ["objective stopped the run at 31.2s: p95(time) < 5ms, measured 9 ms"],
        ),
        (["good"], Outcome(interrupted="SIGHUP"), 129, ["interrupted by SIGHUP"]),
        (["good"], Outcome(interrupted="SIGINT"), 130, ["interrupted by SIGINT"]),
        (["good"], Outcome(interrupted="SIGTERM"), 143, ["interrupted by SIGTERM"]),
        (["good"], Outcome(interrupted="stop"), 0, []),
        (
            ["good"],
            Outcome(results_lost=(ResultsLost(Path("r.csv"), "disk full"),), interrupted="SIGINT"),
            6,
            ["results could not be written to r.csv: disk full", "interrupted by SIGINT"],
        ),
        (
            ["good"],
            Outcome(health=STORM),
            5,
            [
                "the generator was the limit for 12 s of 1:00, from 50 s to 1:02 (CPU 99 %, event-loop lag p99 81 ms): "
                "times taken then are its own, not the target's"
            ],
        ),
        (
            ["good"],
            Outcome(health=TWO_STORMS),
            5,
            [
                "the generator was the limit for 12 s of 1:00, the longest stretch from 50 s to 59 s "
                "(CPU 99 %, event-loop lag p99 2 ms): times taken then are its own, not the target's"
            ],
        ),
        (
            ["good"],
            Outcome(health=HICCUP),
            0,
            ["the generator was at its limit for 1 s of 1:00, from 14 s to 15 s (CPU 99 %, event-loop lag p99 81 ms)"],
        ),
    ],
)
def test_verdicts(of, kinds: list[str], outcome: Outcome, status: int, reasons: list[str]) -> None:
    verdict = judge(of(*kinds), outcome)
    assert int(verdict.status) == status
    assert list(verdict.reasons) == reasons


def test_a_saturated_generator_outweighs_objectives(of) -> None:
    assert judge(of("good"), Outcome(health=STORM, objectives=(judged(9.0),))).status is ExitStatus.NO_VERDICT
    assert judge(of("bad"), Outcome(health=STORM)).status is ExitStatus.FAILED


def test_every_status_has_its_sentence() -> None:
    assert set(SENTENCES) == set(ExitStatus)
    assert [int(s) for s in ExitStatus] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 129, 130, 143]


def test_transactions_alone_are_samples(sample) -> None:
    statistics = Statistics()
    parent = sample("t", from_transaction=True)
    parent.subresults = [sample("inside")]
    statistics.on_samples([parent])
    assert judge(statistics, Outcome()).status is ExitStatus.OK


def test_summary_as_json(of) -> None:
    statistics, outcome = of("good", "down"), Outcome(health=STORM)
    summary = json.loads(render_summary(statistics, judge(statistics, outcome), outcome))
    assert summary["verdict"]["result"] == "no verdict"
    assert summary["verdict"]["exit_status"] == 5
    assert summary["total"]["count"] == 2
    assert [label["label"] for label in summary["labels"]] == ["good", "down"]
    assert summary["unanswered"] == {"10.0.0.1:81": 1}
    assert summary["generator"] == {
        "cpu_percent": 50,
        "cpu_peak_percent": 99,
        "lag_p99_ms": 5,
        "lag_peak_ms": 81,
        "seconds": 60,
        "open_sockets": 40,
        "limited_seconds": 12,
        "limited_share": 0.21,
        "limited": [{"start": 50, "end": 62, "cpu_percent": 99, "lag_p99_ms": 81}],
        "saturated": True,
    }
