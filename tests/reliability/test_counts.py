"""R21: requests in the target's log = rows in the results file = samples in the summary, for any plan and any end."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import jmx
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from reliability import plans
from reliability.commands import called, rows
from reliability.targets import Target, serving

from silhouette_plan.results.verdict import ExitStatus

TARGET_PORT = jmx.prop("HTTPSampler.port", "0")
"""Stands for the target's port in the plans that are drawn."""

STOP_NOW = jmx.prop("ActionProcessor.action", 2)


@dataclass(frozen=True)
class Stop:
    """What ends the run before its time: ``signals`` come while the target has its ``at``-th request under way."""

    at: int
    signals: int


def nests(inner: st.SearchStrategy[list[jmx.Node]]) -> st.SearchStrategy[jmx.Node]:
    """A controller over some steps.

    Random gives whole children. The other style may leave a parent transaction for good after one of its samples, which is
    then in no row: JMeter 5.5 loses it too.
    """

    def over(make: Callable[..., jmx.Node]) -> st.SearchStrategy[jmx.Node]:
        return inner.map(lambda steps: make(*steps))

    return st.one_of(
        over(lambda *steps: jmx.loop(2, *steps)),
        over(lambda *steps: jmx.if_("true", *steps)),
        over(lambda *steps: jmx.if_("false", *steps)),
        over(lambda *steps: jmx.random(*steps, style=1)),
        over(jmx.once),
        over(lambda *steps: jmx.transaction("T", *steps)),
        over(lambda *steps: jmx.transaction("P", *steps, parent=True)),
    )


requests = st.sampled_from([plans.http(0, path) for path in ("/a", "/b", "/c")])
pauses = st.just(jmx.pause("3"))
endings = st.sampled_from([(0, 0), (0, 2), (2, 2), (3, 0), (5, 0)]).map(lambda action: jmx.action(*action))
"""Flow control: stop this user, all, all now; the next iteration; out of the loop."""

steps = st.recursive(
    st.lists(st.one_of(requests, requests, requests, pauses, endings), min_size=1, max_size=3),
    lambda inner: st.lists(st.one_of(requests, nests(inner)), min_size=1, max_size=3),
    max_leaves=8,
)


@st.composite
def groups(draw: st.DrawFn, endless: bool) -> jmx.Node:
    users, loops = draw(st.integers(1, 4)), -1 if endless else draw(st.integers(1, 3))
    return jmx.group("Users", draw(requests), *draw(steps), users=users, loops=loops, same_user=draw(st.booleans()))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[jmx.Node], Stop | None]:
    """Groups that end by themselves, or go on for ever until they are stopped."""
    stop = draw(st.one_of(st.none(), st.builds(Stop, st.integers(1, 25), st.sampled_from([1, 2]))))
    return draw(st.lists(groups(stop is not None), min_size=1, max_size=2)), stop


@pytest.fixture(scope="module")
def patient() -> Iterator[Target]:
    """A signal that comes when the run is over already does no harm."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    with serving(delay=0.001) as target:
        yield target
    signal.signal(signal.SIGINT, before)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_log_rows_and_summary_count_the_same(patient: Target, case: tuple[list[jmx.Node], Stop | None]) -> None:
    content, stop = case
    patient.forget()
    if stop is not None:
        patient.asking = lambda count: interrupt(stop) if count == stop.at else None
    with TemporaryDirectory() as name:
        folder = Path(name)
        plan = plans.write(folder / "p.jmx", *content)
        text = plan.read_text("utf-8").replace(TARGET_PORT, jmx.prop("HTTPSampler.port", str(patient.port)))
        plan.write_text(text, "utf-8")
        note(text)
        abrupt = (stop is not None and stop.signals > 1) or STOP_NOW in text
        done = called("run", plan, "-q", "-l", folder / "r.jtl", "--summary", folder / "s.json")
        samples = [row for row in rows(folder / "r.jtl") if row["label"] not in ("T", "P")]
        summary = json.loads((folder / "s.json").read_text("utf-8"))
    assert done.status in (ExitStatus.OK, ExitStatus.INTERRUPTED)
    assert summary["total"]["count"] == len(samples)
    by_label = Counter(row["label"] for row in samples)
    assert {row["label"]: row["count"] for row in summary["labels"] if not row["transaction"]} == by_label
    cut_short = [row for row in samples if row["success"] == "false"]
    assert summary["total"]["errors"] == len(cut_short)
    assert abrupt or not cut_short
    answered = by_label - Counter(row["label"] for row in cut_short)
    asked = Counter({f"GET {path}": count for path, count in patient.requests.items()})
    assert answered <= asked <= by_label


def interrupt(stop: Stop) -> None:
    for _ in range(stop.signals):
        os.kill(os.getpid(), signal.SIGINT)
