"""The lines are compared with those that JMeter 5.5 prints."""

from __future__ import annotations

from silhouette_plan.results.summariser import Summariser

MINUTE = 1_700_000_040_000
"""A full minute of the wall clock, in ms."""


def test_lines_of_a_short_run(sample) -> None:
    lines: list[str] = []
    summariser = Summariser(lines.append)
    summariser.on_run_started(MINUTE + 10_000)
    for elapsed, success in ((0, False), (703, True), (5, True)):
        summariser.on_samples([sample(start=MINUTE + 10_000, elapsed=elapsed, success=success)])
    summariser.on_samples([sample(start=MINUTE + 10_000, elapsed=9999, from_transaction=True)])
    summariser.on_run_ended(MINUTE + 11_250, "")
    assert lines == [
        "summary =      3 in 00:00:01 =    2.4/s Avg:   236 Min:     0 Max:   703 Err:     1 (33.33%)",
    ]


def test_lines_come_after_each_half_minute(sample) -> None:
    lines: list[str] = []
    summariser = Summariser(lines.append)
    summariser.on_run_started(MINUTE + 20_000)
    for name in ("T 1-1", "T 1-2", "T 1-3"):
        summariser.on_user_started(name)
    summariser.on_user_ended("T 1-1")
    for second in range(20, 100):
        summariser.on_samples([sample(start=MINUTE + 1000 * second, elapsed=10)])
    summariser.on_run_ended(MINUTE + 100_000, "")
    assert lines == [
        "summary +     11 in 00:00:10 =    1.1/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)"
        " Active: 2 Started: 3 Finished: 1",
        "summary +     30 in 00:00:30 =    1.0/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)"
        " Active: 2 Started: 3 Finished: 1",
        "summary =     41 in 00:00:40 =    1.0/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)",
        "summary +     30 in 00:00:30 =    1.0/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)"
        " Active: 2 Started: 3 Finished: 1",
        "summary =     71 in 00:01:10 =    1.0/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)",
        "summary +      9 in 00:00:10 =    0.9/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)"
        " Active: 2 Started: 3 Finished: 1",
        "summary =     80 in 00:01:20 =    1.0/s Avg:    10 Min:    10 Max:    10 Err:     0 (0.00%)",
    ]


def test_a_short_interval_gives_a_line_each_time(sample) -> None:
    lines: list[str] = []
    summariser = Summariser(lines.append, "mine", interval=2)
    summariser.on_run_started(MINUTE)
    for tenth in range(60):
        summariser.on_samples([sample(start=MINUTE + 100 * tenth, elapsed=0)])
    assert [line[:6] for line in lines] == ["mine +", "mine +", "mine =", "mine +", "mine ="]


def test_a_run_without_samples() -> None:
    lines: list[str] = []
    summariser = Summariser(lines.append)
    summariser.on_run_started(MINUTE)
    summariser.on_run_ended(MINUTE + 5000, "")
    assert lines == ["summary =      0 in 00:00:00 = ******/s Avg:     0 Min:     0 Max:     0 Err:     0 (0.00%)"]
