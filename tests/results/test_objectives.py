"""Objectives, measured and judged, against a naive computation over the list of all observations."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.results.figures import Unit
from silhouette_plan.results.histogram import RELATIVE_ERROR
from silhouette_plan.results.objectives import Action, Judgement, Objective, Result, Scope, Selection, Tracker
from silhouette_plan.results.objectives.metrics import SAMPLE_METRICS
from silhouette_plan.results.objectives.objective import Bound, Nature
from silhouette_plan.results.objectives.showing import objectives_table, reason_of
from silhouette_plan.results.objectives.windows import MOST_SLICES, Windows
from silhouette_plan.results.sample import Sample

# ---- what the tests are made of


def objective(
    aggregate: str = "p95", metric: str = "time", sign: str = "<", bound: float = 100.0, **more: Any
) -> Objective:
    """``aggregate(metric) sign bound``."""
    known = SAMPLE_METRICS.get("samples" if aggregate == "throughput" else metric)
    fields: dict[str, Any] = {
        "text": f"{aggregate}({metric}) {sign} {bound:g}",
        "selection": Selection("samples" if aggregate == "throughput" else metric),
        "nature": known.nature if known else Nature.NUMBER,
        "unit": known.unit if known else Unit.NONE,
        "bound": Bound(sign, bound, bound),
    }
    return Objective(**{**fields, "aggregate": aggregate, **more})


@dataclass
class Happening:
    """A sample that ends ``at`` s after the start of the run."""

    at: float
    label: str = "a"
    group: str = "G"
    elapsed: int = 10
    ok: bool = True
    checks: tuple[tuple[str, bool], ...] = ()
    metrics: tuple[tuple[str, str, float], ...] = ()
    transaction: bool = False
    inside: Sequence[Happening] = ()

    def sample(self) -> Sample:
        made = Sample(self.label, round(1000 * self.at) - self.elapsed)
        made.thread_name = f"{self.group} 1-1"
        made.elapsed, made.success, made.from_transaction = self.elapsed, self.ok, self.transaction
        made.checks, made.metrics = self.checks, self.metrics
        if self.inside:
            made.subresults = [one.sample() for one in self.inside]
        return made


class Play:
    """A tracker in a run whose time the test sets."""

    def __init__(self, *objectives: Objective) -> None:
        self.time = 100.0
        self.tracker = Tracker(objectives, lambda: self.time)
        self.tracker.on_run_started(0)

    def until(self, seconds: float) -> Play:
        self.time = 100.0 + seconds
        return self

    def take(self, *happenings: Happening) -> Play:
        for one in happenings:
            self.until(one.at).tracker.on_samples([one.sample()])
        return self

    def ended(self, at: float | None = None) -> tuple[Judgement, ...]:
        if at is not None:
            self.until(at)
        self.tracker.on_run_ended(0, "")
        return self.tracker.judgements()


def judged(one: Objective, *happenings: Happening, end: float | None = None) -> Judgement:
    return Play(one).take(*happenings).ended(end)[0]


# ---- bounds


@pytest.mark.parametrize(
    ("sign", "held"),
    [("<", [4]), ("<=", [4, 5]), (">", [6]), (">=", [5, 6]), ("==", [5]), ("!=", [4, 6])],
)
def test_comparisons(sign: str, held: list[int]) -> None:
    assert [value for value in (4, 5, 6) if Bound(sign, 5, 5).holds(value)] == held


def test_a_range_holds_its_ends() -> None:
    assert [value for value in range(8) if Bound("in", 2, 5).holds(value)] == [2, 3, 4, 5]


@given(st.sampled_from(["<", "<=", ">", ">=", "=="]), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_what_is_inside_a_bound_has_a_margin(sign: str, bound: float, value: float) -> None:
    margin = Bound(sign, bound, bound).margin(value)
    assert Bound(sign, bound, bound).holds(value) == (margin > 0 if sign in "<>" else margin >= 0)


# ---- aggregates over the whole run

HAPPENINGS = st.lists(
    st.builds(
        Happening,
        at=st.integers(0, 40 * 16).map(lambda sixteenths: sixteenths / 16),
        label=st.sampled_from("ab"),
        group=st.sampled_from(["G", "H"]),
        elapsed=st.integers(0, 5000),
        ok=st.booleans(),
        checks=st.lists(st.tuples(st.sampled_from(["c", "d"]), st.booleans()), max_size=2).map(tuple),
        metrics=st.lists(st.tuples(st.just("trend"), st.just("m"), st.floats(-1e6, 1e6)), max_size=2).map(tuple),
    ),
    max_size=40,
).map(lambda found: sorted(found, key=lambda one: one.at))

NAIVE: dict[str, Callable[[list[float]], float]] = {
    "min": min,
    "max": max,
    "avg": lambda values: sum(values) / len(values),
    "med": lambda values: sorted(values)[ceil(len(values) / 2) - 1],
    "p90": lambda values: sorted(values)[ceil(len(values) * 0.9) - 1],
    "p99.9": lambda values: sorted(values)[ceil(len(values) * 0.999) - 1],
    "count": len,
}


def same(found: float | None, exact: float) -> bool:
    return found is not None and math.isclose(found, exact, rel_tol=RELATIVE_ERROR, abs_tol=1e-6)


@settings(deadline=None)
@given(HAPPENINGS, st.sampled_from(sorted(NAIVE)), st.sampled_from([None, (0.0, 10.0), (7.5, 30.0)]))
def test_aggregates_of_times(happenings: list[Happening], aggregate: str, during: tuple[float, float] | None) -> None:
    begin, end = during or (0.0, math.inf)
    wanted = {
        Selection("time"): lambda one: True,
        Selection("time", Scope.LABEL, "b"): lambda one: one.label == "b",
        Selection("time", Scope.GROUP, "H"): lambda one: one.group == "H",
    }
    lines = [objective(aggregate, selection=selection, during=during) for selection in wanted]
    for judgement, matches in zip(Play(*lines).take(*happenings).ended(), wanted.values(), strict=True):
        values = [float(one.elapsed) for one in happenings if matches(one) and begin <= one.at < end]
        if values:
            assert same(judgement.value, NAIVE[aggregate](values))
        else:
            assert judgement.result is Result.NO_DATA


@settings(deadline=None, max_examples=60)
@given(HAPPENINGS)
def test_shares_checks_and_own_metrics(happenings: list[Happening]) -> None:
    truth: dict[str, Any] = {"aggregate": "rate", "nature": Nature.TRUTH}
    lines = {
        "failed": objective(metric="failed", **truth),
        "checks": objective(metric="checks", **truth),
        "check c": objective(metric="checks", selection=Selection("checks", Scope.CHECK, "c"), **truth),
        "count of b": objective(
            "count", "checks", nature=Nature.TRUTH, selection=Selection("checks", Scope.LABEL, "b")
        ),
        "m": objective("max", "m"),
    }
    checks = [(one, name, held) for one in happenings for name, held in one.checks]
    observed: dict[str, list[float]] = {
        "failed": [not one.ok for one in happenings],
        "checks": [held for _, _, held in checks],
        "check c": [held for _, name, held in checks if name == "c"],
        "count of b": [held for one, _, held in checks if one.label == "b"],
        "m": [value for one in happenings for _, _, value in one.metrics],
    }
    figure = {"m": max, "count of b": sum}
    for name, judgement in zip(lines, Play(*lines.values()).take(*happenings).ended(), strict=True):
        if observed[name]:
            assert same(judgement.value, figure.get(name, NAIVE["avg"])(observed[name]))
        else:
            assert judgement.value is None


def test_throughput_is_over_the_time_of_the_load() -> None:
    samples = [Happening(2 + n / 10, elapsed=100, label="ab"[n % 2]) for n in range(1, 51)]
    of_a = objective("throughput", unit=Unit.PER_SECOND, selection=Selection("samples", Scope.LABEL, "a"))
    late = objective("throughput", during=(5.0, 60.0))
    whole, half, part = Play(objective("throughput"), of_a, late).take(*samples).ended(60)
    assert (whole.value, half.value) == (pytest.approx(10.0), pytest.approx(5.0))
    assert part.value == pytest.approx(21 / 2)


def test_transactions_count_by_their_label_alone() -> None:
    parent = Happening(1, "checkout", elapsed=900, transaction=True, inside=[Happening(1, "pay", elapsed=400)])
    label = objective("max", selection=Selection("time", Scope.LABEL, "checkout"))
    group = objective("max", selection=Selection("time", Scope.GROUP, "G"))
    values = [one.value for one in Play(objective("max"), label, group).take(parent).ended()]
    assert values == [400, 900, 400]


def test_users_named_after_their_starter_are_of_the_group() -> None:
    line = objective(selection=Selection("time", Scope.GROUP, "Open load"))
    assert judged(line, Happening(1, group="Open load-ThreadStarter")).value == 10


def test_metrics_made_outside_samples() -> None:
    counter: dict[str, Any] = {"nature": Nature.AMOUNT, "unit": Unit.NONE}
    level: dict[str, Any] = {"nature": Nature.LEVEL, "unit": Unit.NONE}
    by_label = Selection("pages", Scope.LABEL, "a")
    play = Play(
        objective("count", "pages", **counter),
        objective("rate", "pages", **counter),
        objective("growth", "heap", **level),
        objective("count", "pages", selection=by_label, **counter),
    )
    for second, pages, heap in [(1, 2, 50), (2, 3, 70), (3, 5, 64)]:
        play.until(second).tracker.on_metric("counter", "pages", pages)
        play.tracker.on_metric("gauge", "heap", heap)
    play.tracker.on_metric("gauge", "heap", math.nan)
    assert [one.value for one in play.ended(9)] == [10, 5.0, 14, None]


# ---- windows

LENGTHS = st.sampled_from([0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 30.0, 90.0, 120.0])


def naive_windows(
    observations: list[tuple[float, float]], length: float, begin: float, end: float, now: float
) -> list[tuple[float, list[float]]]:
    """(begin, values) of all windows that begin with a slice, are whole by ``now``, and have observations."""
    slices = max(1, min(MOST_SLICES, round(length)))
    width = length / slices
    inside = [
        (math.floor((moment - begin) / width + 1e-9), value) for moment, value in observations if begin <= moment < end
    ]
    number = math.floor((min(now, end) - begin) / width + 1e-9)
    found = []
    for first in range(number - slices + 1):
        values = [value for index, value in inside if first <= index < first + slices]
        if values:
            found.append((begin + first * width, values))
    return found


@settings(deadline=None, max_examples=80)
@given(HAPPENINGS, LENGTHS, st.sampled_from([(0.0, math.inf), (4.0, 20.0), (1.5, 33.25)]), st.integers(0, 60))
def test_windows(happenings: list[Happening], length: float, part: tuple[float, float], idle: int) -> None:
    windows = Windows(length, *part)
    observations = [(one.at, float(one.elapsed)) for one in happenings]
    now = (observations[-1][0] if observations else 0.0) + idle
    given_out = []
    for moment, value in observations:
        given_out += windows.pass_until(moment)
        windows.add(value, moment)
    given_out += windows.pass_until(now)
    wanted = naive_windows(observations, length, *part, now)
    assert [one.begin for one in given_out] == pytest.approx([begin for begin, _ in wanted])
    assert [one.seconds for one in given_out] == pytest.approx([length] * len(wanted))
    for window, (_, values) in zip(given_out, wanted, strict=True):
        assert (window.measure.count, window.measure.total) == (len(values), sum(values))
        assert window.measure.percentile(90) == pytest.approx(NAIVE["p90"](values), rel=RELATIVE_ERROR)


@settings(deadline=None, max_examples=50)
@given(HAPPENINGS, st.sampled_from(["<", ">"]), LENGTHS)
def test_the_worst_window_is_the_judgement(happenings: list[Happening], sign: str, length: float) -> None:
    line = objective("avg", sign=sign, bound=2500, over=length)
    judgement = judged(line, *happenings, end=41)
    averages = [
        sum(values) / len(values)
        for _, values in naive_windows([(h.at, h.elapsed) for h in happenings], length, 0, math.inf, 41)
    ]
    if averages and length <= 41:
        assert judgement.windows - len(averages) in (0, 1), "the one that the end cut short may come on top"
        worst = max(averages) if sign == "<" else min(averages)
        assert judgement.value is not None
        assert line.bound.margin(judgement.value) <= line.bound.margin(worst) + 1e-6
        assert judgement.broken >= sum(not line.bound.holds(average) for average in averages)
    else:
        assert (judgement.windows, judgement.value is None) == ((1, False) if happenings else (0, True))


def test_windows_say_which_was_the_worst() -> None:
    slow = [Happening(n / 2, elapsed=900 if 20 <= n / 2 < 23 else 100) for n in range(1, 120)]
    judgement = judged(objective("avg", bound=500, over=5.0), *slow, end=60)
    assert (judgement.result, judgement.begin, judgement.end) == (Result.FAILED, 18.0, 23.0)
    assert judgement.windows == 56
    assert judgement.broken == 3


def test_a_run_shorter_than_a_window_is_one() -> None:
    samples = [Happening(n / 10) for n in range(1, 31)]
    average, rate = Play(objective("avg", over=60.0), objective("throughput", over=60.0)).take(*samples).ended(3)
    assert (average.value, average.windows) == (10, 1)
    assert rate.value == pytest.approx(10, rel=0.01)


def test_a_window_that_the_end_cuts_short_counts_only_where_its_length_does_not() -> None:
    samples = [Happening(n / 10, elapsed=n) for n in range(1, 106)]
    largest, rate = (
        Play(objective("max", over=5.0), objective("throughput", over=5.0, sign=">")).take(*samples).ended(10.5)
    )
    assert largest.value == 105
    assert rate.value is not None
    assert rate.value >= 9.8


def test_memory_of_windows_does_not_grow_with_their_length() -> None:
    windows = Windows(24 * 3600.0, 0.0, math.inf)
    for second in range(0, 30 * 3600, 60):
        for _ in windows.pass_until(second):
            pass
        windows.add(1, second)
    assert len(windows._closed) == MOST_SLICES


# ---- ending the run

FAILS = replace(objective("rate", "failed", bound=0.5), action=Action.ABORT)


def test_only_what_may_end_the_run_is_looked_at() -> None:
    play = Play(objective(bound=1)).take(Happening(1))
    assert not play.tracker.may_abort
    assert play.until(2).tracker.breach() is None


def test_a_breach_waits_for_its_time() -> None:
    play = Play(replace(FAILS, after=30.0)).take(Happening(1, ok=False))
    assert play.until(29.9).tracker.breach() is None
    breach = play.until(30.0).tracker.breach()
    assert breach is not None
    assert (breach.value, breach.aborted_at) == (1.0, 30.0)


def test_what_holds_or_has_no_data_is_no_breach() -> None:
    play = Play(FAILS)
    assert play.until(5).tracker.breach() is None
    assert play.take(Happening(6)).tracker.breach() is None


@pytest.mark.parametrize(
    ("sign", "low", "high", "breach"),
    [
        (">", 10, 10, False),
        (">=", 10, 10, False),
        ("==", 10, 10, False),
        ("in", 10, 20, False),
        ("<", 5, 5, True),
        ("in", 1, 5, True),
    ],
)
def test_a_count_that_may_still_rise_is_no_breach(sign: str, low: float, high: float, breach: bool) -> None:
    line = objective("count", "samples", action=Action.ABORT, nature=Nature.AMOUNT)
    play = Play(replace(line, bound=Bound(sign, low, high))).take(*[Happening(n) for n in range(7)])
    assert (play.tracker.breach() is not None) == breach


def test_a_window_in_breach_ends_the_run_when_it_is_over() -> None:
    line = replace(objective("avg", bound=50, over=3.0), action=Action.ABORT)
    play = Play(line).take(*[Happening(n / 4, elapsed=100) for n in range(1, 11)])
    assert play.until(2.9).tracker.breach() is None
    assert play.until(3.0).tracker.breach() is not None


def test_after_the_abort_nothing_is_measured() -> None:
    play = Play(FAILS, objective("max")).take(Happening(1, ok=False), Happening(2))
    play.tracker.abort(Judgement(FAILS, 0.5, aborted_at=2.0))
    failed, slowest = play.take(Happening(3, ok=False, elapsed=9999)).ended(4)
    assert (failed.value, failed.aborted_at, slowest.value) == (0.5, 2.0, 10)


# ---- what people see


def test_table() -> None:
    name = Selection("time", Scope.LABEL, "Sign in")
    judgements = [
        Judgement(objective(text='p95(time of "Sign in") < 1s', selection=name, bound=1000), 1000.4),
        Judgement(objective("rate", "failed", text="rate(failed) < 2%", bound=0.02), 0.019999),
        Judgement(objective(text="p99(time) < 2s over 10s", bound=2000, over=10.0), 12345, 20, 30, 51, 3),
        Judgement(
            objective(text="throughput > 100/s", bound=100, sign=">", unit=Unit.PER_SECOND, action=Action.WARN), 96.513
        ),
        Judgement(objective(text="max(size of nowhere) < 1KB", selection=Selection("size", Scope.LABEL, "nowhere"))),
        Judgement(replace(FAILS, text="rate(failed) < 50%", after=90.0), 0.75, aborted_at=93.4),
    ]
    assert objectives_table(judgements).split("\n") == [
        "objectives",
        '✗  p95(time of "Sign in") < 1s           1000.4 ms',
        "✓  rate(failed) < 2%                      1.9999 %",
        "✗  p99(time) < 2s over 10s                 12.35 s  worst 20s..30s  3 of 51 windows fail",
        "!  throughput > 100/s warn                 96.51/s",
        "?  max(size of nowhere) < 1KB              no data  no `size` of a sample called “nowhere”",
        "✗  rate(failed) < 50% abort after 1m30s       75 %  stopped the run at 1m33s",
    ]
    narrow = objectives_table(judgements, 40).split("\n")
    assert max(map(len, narrow)) <= 40
    assert narrow[3] == "✗  p99(time) < 2s over 10s       12.35 s"
    assert "\x1b[31m✗\x1b[0m" in objectives_table(judgements, colour=True)
    assert (
        reason_of(judgements[2]) == "p99(time) < 2s over 10s, measured 12.35 s (worst 20s..30s, 3 of 51 windows fail)"
    )
