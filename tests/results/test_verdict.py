from __future__ import annotations

import json
from pathlib import Path

import pytest

from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.summary_json import render_summary
from silhouette_plan.results.verdict import SENTENCES, ExitStatus, Health, Outcome, judge

REFUSED = "Non HTTP response code: org.apache.http.conn.HttpHostConnectException"
SLOW = Health(lag_p99_ms=80, cpu_percent=50, seconds=30)
BUSY = Health(lag_p99_ms=5, cpu_percent=97, seconds=30)


@pytest.fixture
def of(sample):
    def make(*kinds: str) -> Statistics:
        statistics = Statistics()
        for kind in kinds:
            match kind:
                case "good":
                    statistics.on_sample(sample("good"))
                case "local":
                    statistics.on_sample(sample("local", url=None))
                case "bad":
                    statistics.on_sample(sample("bad", success=False, code="500"))
                case "down":
                    statistics.on_sample(sample("down", success=False, code=REFUSED, url="http://10.0.0.1:81/"))
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
        (["good"], Outcome(objectives_failed=("p95 < 5ms",)), 4, ["objective failed: p95 < 5ms"]),
        (["good"], Outcome(objectives_unmatched=("x",)), 5, ["objective matched no sample: x"]),
        (["good"], Outcome(workers_lost="1 of 2 at 4 s"), 5, ["workers were lost: 1 of 2 at 4 s"]),
        (["good"], Outcome(aborted_by="p95 < 5ms failed"), 7, ["stopped because p95 < 5ms failed"]),
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
            Outcome(health=SLOW),
            5,
            [
                "the generator was the limit: event-loop lag p99 80 ms, CPU 50 %; "
                "the times are its own, not the target's"
            ],
        ),
        (["good"], Outcome(health=Health(80, 99, seconds=1)), 0, []),
    ],
)
def test_verdicts(of, kinds: list[str], outcome: Outcome, status: int, reasons: list[str]) -> None:
    verdict = judge(of(*kinds), outcome)
    assert int(verdict.status) == status
    assert list(verdict.reasons) == reasons


def test_a_saturated_generator_outweighs_objectives(of) -> None:
    assert judge(of("good"), Outcome(health=BUSY, objectives_failed=("x",))).status is ExitStatus.NO_VERDICT
    assert judge(of("bad"), Outcome(health=BUSY)).status is ExitStatus.FAILED


def test_every_status_has_its_sentence() -> None:
    assert set(SENTENCES) == set(ExitStatus)
    assert [int(s) for s in ExitStatus] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143]


def test_transactions_alone_are_samples(sample) -> None:
    statistics = Statistics()
    parent = sample("t", from_transaction=True)
    parent.subresults = [sample("inside")]
    statistics.on_sample(parent)
    assert judge(statistics, Outcome()).status is ExitStatus.OK


def test_summary_as_json(of) -> None:
    statistics, outcome = of("good", "down"), Outcome(health=BUSY)
    summary = json.loads(render_summary(statistics, judge(statistics, outcome), outcome))
    assert summary["verdict"]["result"] == "no verdict"
    assert summary["verdict"]["exit_status"] == 5
    assert summary["total"]["count"] == 2
    assert [label["label"] for label in summary["labels"]] == ["good", "down"]
    assert summary["unanswered"] == {"10.0.0.1:81": 1}
    assert summary["generator"] == {
        "lag_p99_ms": 5,
        "cpu_percent": 97,
        "seconds": 30,
        "open_sockets": 0,
        "saturated": True,
    }
