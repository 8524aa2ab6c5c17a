from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.results.statistics import Statistics, address_of

REFUSED = "Non HTTP response code: org.apache.http.conn.HttpHostConnectException"


def counted(samples) -> Statistics:
    statistics = Statistics()
    for sample in samples:
        statistics.on_samples([sample])
    return statistics


def test_figures_of_a_label(sample) -> None:
    start = 1_000_000
    statistics = counted(
        sample("a", start + 100 * n, elapsed=n, received=1024, sent=512, success=n % 10 != 0) for n in range(1, 101)
    )
    row = statistics.labels["a"].row()
    assert (row.count, row.errors, row.minimum, row.maximum) == (100, 10, 1, 100)
    assert (row.median, row.p90, row.p95, row.p99) == (50, 90, 95, 99)
    assert row.mean == 50.5
    assert (row.first, row.last) == (start + 100, start + 10_100)
    assert row.throughput == 100 / 10.0
    assert (row.received_kb, row.sent_kb) == (10.0, 5.0)


def test_percentiles_stay_within_what_was_seen(sample) -> None:
    row = counted([sample(elapsed=123_457)]).total().row()
    assert row.minimum == row.median == row.p99 == row.maximum == 123_457


def test_transactions_are_rows_of_their_own(sample) -> None:
    plain = sample("checkout", from_transaction=True)
    parent = sample("session", from_transaction=True, success=False)
    parent.subresults = [sample("login"), sample("logout", success=False)]
    statistics = counted([sample("pay"), plain, parent])
    assert [(r.label, r.transaction) for r in statistics.rows()] == [
        ("pay", False),
        ("login", False),
        ("logout", False),
        ("checkout", True),
        ("session", True),
    ]
    total = statistics.total().row()
    assert (total.count, total.errors) == (3, 1)


def test_sub_results_are_part_of_their_request(sample) -> None:
    redirected = sample("page")
    redirected.subresults = [sample("page-0"), sample("page-1")]
    assert counted([redirected]).total().count == 1


def test_unanswered_samples_are_told_by_address(sample) -> None:
    statistics = counted(
        [
            sample("a", success=False, code=REFUSED, url="http://[::1]:81/x"),
            sample("a", success=False, code=REFUSED, url="https://example.org/x"),
            sample("b", success=False, code="08001 0", url=None),
            sample("c", success=False, code="Non HTTP response code: java.net.URISyntaxException"),
            sample("d", success=False, code="500"),
        ]
    )
    assert dict(statistics.unanswered) == {"[::1]:81": 1, "example.org:443": 1, "b": 1}


def test_address_of_an_unreadable_url(sample) -> None:
    assert address_of(sample("x", url="http://h:port/")) == "h:80"


def test_no_samples_have_figures_too() -> None:
    row = Statistics().total().row()
    assert (row.count, row.mean, row.minimum, row.p99, row.throughput) == (0, 0.0, 0, 0, 0.0)


rows = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 10**6), st.integers(0, 5000), st.booleans()), max_size=30
)


@settings(max_examples=40, deadline=None)
@given(rows)
def test_the_total_is_as_if_all_had_one_label(sample, drawn) -> None:
    apart = counted(sample(label, 10**9 + at, elapsed=ms, success=ok) for label, at, ms, ok in drawn)
    together = counted(sample("all", 10**9 + at, elapsed=ms, success=ok) for _, at, ms, ok in drawn)
    assert replace(apart.total().row(), label="") == replace(together.total().row(), label="")
    assert [replace(row, label="") for row in together.rows()] == (
        [replace(apart.total().row(), label="")] if drawn else []
    )
