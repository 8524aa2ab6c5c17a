"""What a person sees: the end table and the live lines."""

from __future__ import annotations

import pytest

from silhouette_plan.diagnostics.width import display_width
from silhouette_plan.results.live import LiveCounts, LiveState, live_lines
from silhouette_plan.results.own_measures import OwnMeasures, checks_table, metrics_table
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.table import end_table


@pytest.fixture
def statistics(sample) -> Statistics:
    statistics = Statistics()
    for n in range(200):
        statistics.on_samples([sample("List workflows", 10**9 + 50 * n, elapsed=n % 50, success=n % 40 != 0)])
    statistics.on_samples([sample("GET /api/workflows/{id}/executions?page=1&limit=20", 10**9, elapsed=1234)])
    statistics.on_samples([sample("会話を開く", 10**9 + 4000, elapsed=7)])
    statistics.on_samples([sample("journey", 10**9, elapsed=1300, from_transaction=True)])
    return statistics


def test_whole_table(statistics: Statistics) -> None:
    assert end_table(statistics, 140).split("\n") == [
        "label                                        samples  errors  err %  mean  median   p90   p95   p99   min   max  per s  recv KB/s  sent KB/s",
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "List workflows                                   200       5   2.50    24      24    44    47    49     0    49   20.0       24.1        6.7",
        "GET /api/workflows/{id}/exec…age=1&limit=20        1       0   0.00  1234    1234  1234  1234  1234  1234  1234    0.1        0.1        0.0",
        "会話を開く                                         1       0   0.00     7       7     7     7     7     7     7    0.1        0.1        0.0",
        "▸ journey                                          1       0   0.00  1300    1300  1300  1300  1300  1300  1300    0.1        0.1        0.0",
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "TOTAL                                            202       5   2.48    30      24    45    47    49     0  1234   20.2       24.3        6.8",
    ]


def test_table_of_forty_columns(statistics: Statistics) -> None:
    assert end_table(statistics, 40).split("\n") == [
        "label               samples  err %   p95",
        "────────────────────────────────────────",
        "List workflows          200   2.50    47",
        "GET /api/wor…it=20        1   0.00  1234",
        "会話を開く                1   0.00     7",
        "▸ journey                 1   0.00  1300",
        "────────────────────────────────────────",
        "TOTAL                   202   2.48    47",
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160, 300])
def test_lines_keep_to_the_width(statistics: Statistics, width: int) -> None:
    lines = end_table(statistics, width).split("\n")
    assert len({display_width(line) for line in lines}) == 1
    assert display_width(lines[0]) <= width


def test_colour_only_when_asked(statistics: Statistics) -> None:
    plain, painted = end_table(statistics, 80), end_table(statistics, 80, colour=True)
    assert "\x1b" not in plain
    red = [line for line in painted.split("\n") if line.startswith("\x1b[31m")]
    assert [line[5:19] for line in red] == ["List workflows"]


def test_control_characters_do_not_reach_the_terminal(sample) -> None:
    statistics = Statistics()
    statistics.on_samples([sample("a\n\x1b[2Jb")])
    assert "\x1b" not in end_table(statistics)
    assert len(end_table(statistics).split("\n")) == 5


def test_live_lines() -> None:
    state = LiveState("demo", 20, 61.0, 120.0, 1234, 12, 98.6, 45, planned_users=50)
    assert live_lines(state) == [
        "██████████░░░░░░░░░░  51%  1:01, 59 s left  demo",
        "users 20/50  99/s  1234 samples  12 failed (1.0 %)  p95 45 ms",
    ]
    assert live_lines(state, 40) == ["██████████░░░░░░░░░░  51%", "users 20/50  99/s  1234 samples"]


def test_live_lines_of_a_run_without_end() -> None:
    state = LiveState("soak", 3, 3725.4, None, 0, 0, 0.0, 0, stopping=True)
    assert live_lines(state) == ["soak  1:02:05 stopping", "users 3  0/s  0 samples  0 failed (0.0 %)  p95 0 ms"]


def test_counts_make_the_state(sample) -> None:
    counts = LiveCounts("x", planned=10)
    counts.on_group_started("g", 4)
    counts.on_user_started("g 1-1")
    for elapsed in range(100):
        counts.on_samples([sample(elapsed=elapsed, success=elapsed > 9)])
    assert counts.state(2.0) == LiveState("x", 1, 2.0, 10, 100, 10, 50.0, 94, planned_users=4)
    counts.on_samples([sample()])
    assert counts.state(3.0).rate == 1.0
    counts.on_group_started("open", None)
    assert counts.state(4.0).planned_users is None


def test_checks_and_metrics(sample) -> None:
    own = OwnMeasures()
    inside = [sample(checks=[("fast", n % 1000 != 0)], metrics=[("rate", "slow", n % 4 == 0)]) for n in range(2000)]
    parent = sample("t", from_transaction=True)
    parent.subresults = inside
    own.on_samples(
        [parent, sample(checks=[("has data", True)], metrics=[("trend", "bytes", 10.25), ("trend", "bytes", 12)])]
    )
    for kind, name, value in [
        ("counter", "pages", 2),
        ("counter", "pages", 3),
        ("gauge", "heap", 70),
        ("gauge", "heap", 64.5),
    ]:
        own.on_metric(kind, name, value)
    own.on_metric("gauge", "heap", float("nan"))
    assert checks_table(own.checks).split("\n") == [
        "checks",
        "fast      99.9 %  1998 of 2000",
        "has data   100 %  1 of 1",
    ]
    assert metrics_table(own.metrics, 10).split("\n") == [
        "metrics",
        "slow   rate     25 %  500 of 2000",
        "bytes  trend    avg 11.12  p95 12  min 10.25  med 10.25  max 12  count 2",
        "pages  counter  5  0.5/s",
        "heap   gauge    last 64.5  min 64.5  max 70",
    ]
    assert metrics_table(own.metrics, 10, 40).split("\n")[2] == "bytes  trend    avg 11.12  p95 12"
    assert "\x1b[31mfast" in checks_table(own.checks, colour=True)


def test_a_check_that_hardly_ever_fails_is_not_shown_as_whole(sample) -> None:
    own = OwnMeasures()
    own.on_samples([sample(checks=[("a", n > 0)]) for n in range(50_000)])
    assert checks_table(own.checks).endswith("a  99.998 %  49999 of 50000")
