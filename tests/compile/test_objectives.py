"""Lines of `slo`: computed before the run, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from silhouette_plan.compile import CompileOptions, compile_plan
from silhouette_plan.compile.options import Compilation
from silhouette_plan.diagnostics import Severity
from silhouette_plan.language import parse
from silhouette_plan.results.figures import Unit
from silhouette_plan.results.objectives import Action, Objective, Scope, Selection
from silhouette_plan.results.objectives.objective import Bound

PLAN = """plan "P"
param limit = 800ms
param least = 20
param users = 5
slo {
  %s
}
threads "Users" {
  record trend bytes = size
  record rate slow = time > 1s
  record counter traffic = size
  get "http://127.0.0.1/" as "Sign in" { check status == 200 as "answers" }
  transaction "checkout" { get "http://127.0.0.1/pay" }
  add gauge heap = 5
}
threads "Others ${users}" { debug as "Others" }
threads "Sign in" { debug }
"""


def compiled(line: str, plan: str = PLAN, **options: Any) -> Compilation:
    parsing = parse(plan % line, "p.lplan")
    assert parsing.plan is not None, parsing.diagnostics
    return compile_plan(parsing.plan, CompileOptions(**options))


def objective(line: str, **options: Any) -> Objective:
    found = compiled(line, **options)
    assert found.program is not None, found.diagnostics
    (one,) = found.program.objectives
    return one


@pytest.mark.parametrize(
    ("line", "bound", "unit"),
    [
        ("p95(time) < 1.5s", Bound("<", 1500, 1500), Unit.MILLISECONDS),
        ("p95(time) < 800", Bound("<", 800, 800), Unit.MILLISECONDS),
        ("max(size) <= 4KB", Bound("<=", 4096, 4096), Unit.BYTES),
        ("avg(sent) > 10B", Bound(">", 10, 10), Unit.BYTES),
        ("rate(failed) < 2%", Bound("<", 0.02, 0.02), Unit.SHARE),
        ("rate(ok) >= 0.98", Bound(">=", 0.98, 0.98), Unit.SHARE),
        ("rate(checks) == 100%", Bound("==", 1, 1), Unit.SHARE),
        ("rate(slow) in 10%..50%", Bound("in", 0.1, 0.5), Unit.SHARE),
        ("count(samples) != 0", Bound("!=", 0, 0), Unit.NONE),
        ("throughput > 600/min", Bound(">", 10, 10), Unit.PER_SECOND),
        ("rate(samples) > 10/s", Bound(">", 10, 10), Unit.PER_SECOND),
        ("rate(traffic) < 5MB/s", Bound("<", 5 * 2**20, 5 * 2**20), Unit.BYTES_PER_SECOND),
        ("rate(traffic) < 100/s", Bound("<", 100, 100), Unit.PER_SECOND),
        ("count(traffic) < 1GB", Bound("<", 2**30, 2**30), Unit.BYTES),
        ("p99.9(bytes) < 50KB", Bound("<", 51200, 51200), Unit.BYTES),
        ("med(bytes) > 7", Bound(">", 7, 7), Unit.NONE),
        ("growth(heap) < 100", Bound("<", 100, 100), Unit.NONE),
        ("p95(time) < ${limit}", Bound("<", 800, 800), Unit.MILLISECONDS),
        ("p95(time) < limit", Bound("<", 800, 800), Unit.MILLISECONDS),
        ("p95(time) < ${least}ms", Bound("<", 20, 20), Unit.MILLISECONDS),
        ("p95(time) < 2 * least + 1", Bound("<", 41, 41), Unit.MILLISECONDS),
        ("p95(time) in ${least}ms..1s", Bound("in", 20, 1000), Unit.MILLISECONDS),
        ('p95(time) < "${__P(bound,2s)}"', Bound("<", 2000, 2000), Unit.MILLISECONDS),
    ],
)
def test_bounds(line: str, bound: Bound, unit: Unit) -> None:
    found = objective(line)
    assert (found.bound, found.unit) == (bound, unit)


def test_bounds_from_outside() -> None:
    assert objective('p95(time) < "${__P(bound,2s)}"', properties={"bound": "3s"}).bound.high == 3000
    assert objective("p95(time) < ${limit}", properties={"limit": "1m"}).bound.high == 60_000


def test_a_whole_line() -> None:
    found = objective('p95(time of "Sign in") < ${limit} during 1m..90s over ${least}s abort after 1.5s')
    assert found.text == 'p95(time of "Sign in") < 800ms during 1m..1m30s over 20s'
    assert (found.during, found.over, found.action, found.after) == ((60, 90), 20, Action.ABORT, 1.5)


@pytest.mark.parametrize(
    ("line", "selection"),
    [
        ("p95(time) < 1s", Selection("time")),
        ("p95(time of checkout) < 1s", Selection("time", Scope.LABEL, "checkout")),
        ("p95(time of Users) < 1s", Selection("time", Scope.GROUP, "Users")),
        ('p95(time of "Others 5") < 1s', Selection("time", Scope.GROUP, "Others 5")),
        ('p95(time of "Sign in") < 1s', Selection("time", Scope.LABEL, "Sign in")),
        ("rate(checks of answers) > 99%", Selection("checks", Scope.CHECK, "answers")),
        ("rate(checks of Users) > 99%", Selection("checks", Scope.GROUP, "Users")),
        ("rate(slow of Others) < 1%", Selection("slow", Scope.LABEL, "Others")),
        ("throughput of Users > 1/s", Selection("samples", Scope.GROUP, "Users")),
    ],
)
def test_whose_observations(line: str, selection: Selection) -> None:
    assert objective(line).selection == selection


def test_a_label_that_shows_in_the_run_may_be_any() -> None:
    plan = PLAN.replace('as "Others"', 'as "${__threadNum}"')
    found = compiled("p95(time of nobody) < 1s", plan).program
    assert found is not None
    assert found.objectives[0].selection == Selection("time", Scope.LABEL, "nobody")


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("p95(tme) < 1s", "no metric is called `tme`", "did you mean “time”?"),
        ('p95(time of "Sing in") < 1s', "no step or group is called “Sing in”", "did you mean “Sign in”?"),
        ("rate(checks of answer) > 1%", "no step, check or group is called “answer”", "did you mean “answers”?"),
        ("rate(time) < 1s", "`time` has no `rate`", "it has min avg med max stddev pNN count"),
        ("p95(failed) < 1s", "`failed` has no `p95`", "it has rate count"),
        ("avg(traffic) < 1KB", "`traffic` has no `avg`", "it has count rate"),
        ("growth(time) < 1s", "`time` has no `growth`", "it has min avg med max stddev pNN count"),
        ("p95(time) < 10%", "the bound has the wrong unit", "`p95` is compared with a duration such as `500ms` here"),
        ("rate(failed) < 1s", "the bound has the wrong unit", "`rate` is compared with a share such as `1%` here"),
        (
            "throughput > 5MB/s",
            "the bound has the wrong unit",
            "`throughput` is compared with a rate such as `100/s` here",
        ),
        ("count(slow) > 1s", "the bound has the wrong unit", "`count` is compared with a number here"),
        ("rate(failed) < 5", "`failed` has a share between 0% and 100%, which 5 is not", "did you mean `5%`?"),
        ("rate(failed) < 120%", "`failed` has a share between 0% and 100%, which 120% is not", ""),
        ("p95(time) < tokn", "the bound is no number that is known before the run", ""),
        ("p95(time) < latency", "the bound is no number that is known before the run", ""),
        ('p95(time) < "soon"', "the bound is no number that is known before the run: it reads `soon`", ""),
        ("p95(time) in [1, 2]", "`in` takes a range such as `10%..50%` here", ""),
        ("p95(time) in 2s..1s", "nothing is between 2s and 1s", "the smaller one stands first"),
        ("p95(time) in 1s..50%", "1s and 50% have not the same unit", ""),
        ("p95(time) < 1s during 2m..1m", "nothing is between 2m and 1m", "the earlier one stands first"),
        ("p95(time) < 1s over 0s", "a window of no length holds nothing", "such as `over 10s`"),
        ("p95(time) < 1s over ${least}", "`${least}` is no duration: `20` has no unit", "such as `30s`"),
    ],
)
def test_what_cannot_be_judged_is_refused(line: str, message: str, hint: str) -> None:
    found = compiled(line)
    assert found.program is None
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    assert [(one.code, one.message, one.hint) for one in errors] == [("CP011", message, hint)]
    assert errors[0].span is not None
    assert (errors[0].span.file, errors[0].span.line) == ("p.lplan", 6)


def test_a_metric_has_one_kind() -> None:
    found = compiled("rate(slow) < 1%", PLAN.replace("add gauge heap", "add trend slow"))
    assert [one.message for one in found.diagnostics if one.code == "CP012"] == [
        "`slow` is a rate elsewhere in the plan, and a trend here"
    ]


def test_processes_are_not_measured_yet() -> None:
    plan = PLAN + 'monitor "server" process "node"\n'
    for line in ("max(rss of server) < 1GB", "max(cpu of generator) < 90"):
        refused = [one for one in compiled(line, plan).diagnostics if one.code == "CP001"]
        assert [one.severity for one in refused] == [Severity.ERROR]
        left_out = compiled(line, plan, allow_unsupported=True)
        assert left_out.program is not None
        assert left_out.program.objectives == ()
        assert Severity.ERROR not in [one.severity for one in left_out.diagnostics]
        assert compiled(f"{line} warn", plan).program is not None


def test_lines_that_are_off_are_not_judged() -> None:
    found = compiled("off p95(nothing) < 1s\n  p95(time) < 1s").program
    assert found is not None
    assert [one.text for one in found.objectives] == ["p95(time) < 1s"]


def test_a_plan_that_measures_nothing_is_not_measured() -> None:
    parsing = parse('plan "P"\nthreads "T" { debug }\n', "p.lplan")
    assert parsing.plan is not None
    program = compile_plan(parsing.plan, CompileOptions()).program
    assert program is not None
    assert (program.objectives, program.measures_itself) == ((), False)
    measured = compiled("p95(time) < 1s").program
    assert measured is not None
    assert measured.measures_itself
