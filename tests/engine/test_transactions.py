"""Transaction Controllers, plain and parent."""

from __future__ import annotations

from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.timers import ConstantTimer

COUNTS = "Number of samples in transaction : {}, number of failing samples : {}"


def test_plain_reports_after_its_samples(play, group, sampler):
    transaction = c.TransactionController(name="T", children=(sampler("a"), sampler("b", ok=False, code="500")))
    played = play(group(transaction, sampler("z")))
    assert played.labels == ["a", "b", "T", "z"]
    row = played.recorder.samples[2]
    assert (row.code, row.success, row.message) == ("", False, COUNTS.format(2, 1))
    assert row.from_transaction


def test_plain_counts_a_child_controller_that_gave_nothing_once_more(play, group, sampler):
    inner = c.TransactionController(name="I", children=(sampler("b"),))
    outer = c.TransactionController(name="O", children=(sampler("a"), inner, sampler("c")))
    messages = {one.label: one.message for one in play(group(outer)).recorder.samples}
    assert (messages["I"], messages["O"]) == (COUNTS.format(1, 0), COUNTS.format(4, 0))


def test_timers_count_only_where_asked(play, group, sampler):
    timer = ConstantTimer(delay="300")

    def elapsed(include: bool, parent: bool) -> tuple[int, int]:
        steps = (timer, sampler("a", ms=100), sampler("b", ms=100))
        transaction = c.TransactionController(name="T", include_timers=include, parent=parent, children=steps)
        (row,) = [one for one in play(group(transaction)).recorder.samples if one.label == "T"]
        return round(row.elapsed, -1), round(row.idle, -1)

    assert elapsed(False, False) == (200, 600)
    assert elapsed(True, False) == (800, 0)
    assert elapsed(False, True) == (200, 600)
    assert elapsed(True, True) == (800, 0)


def test_parent_holds_its_samples(play, group, sampler):
    steps = (sampler("a"), sampler("b", ok=False, code="404"), sampler("c", ok=False, code="500"))
    played = play(group(c.TransactionController(name="T", parent=True, children=steps), sampler("z")))
    assert played.labels == ["T", "z"]
    row = played.recorder.samples[0]
    assert [sub.label for sub in row.subresults] == ["a", "b", "c"]
    assert (row.code, row.success, row.message) == ("404", False, COUNTS.format(3, 2))
    assert {sub.thread_name for sub in row.subresults} == {"TG 1-1"}


def test_parent_in_parent_is_one_tree(play, group, sampler):
    inner = c.TransactionController(name="I", parent=True, children=(sampler("a"),))
    outer = c.TransactionController(name="O", parent=True, children=(inner, sampler("b")))
    (row,) = play(group(outer)).recorder.samples
    assert [sub.label for sub in row.subresults] == ["I", "b"]
    assert [sub.label for sub in row.subresults[0].subresults] == ["a"]


def test_a_failed_sample_ends_open_transactions_where_the_loop_starts_again(play, group, sampler):
    plain = c.TransactionController(name="T", children=(sampler("a", ok=False), sampler("b")))
    played = play(group(plain, loops="2", on_error="startnextloop"))
    assert played.labels == ["a", "T"] * 2
    assert played.recorder.samples[1].message == COUNTS.format(1, 1)
    parent = c.TransactionController(name="T", parent=True, children=(sampler("a", ok=False), sampler("b")))
    played = play(group(parent, loops="2", on_error="startnextloop"))
    assert [[sub.label for sub in row.subresults] for row in played.recorder.samples] == [["a"], ["a"]]


def test_a_stopped_user_still_reports_its_parent_transaction(play, group, sampler):
    transaction = c.TransactionController(name="T", parent=True, children=(sampler("a", ok=False), sampler("b")))
    (row,) = play(group(transaction, on_error="stopthread")).recorder.samples
    assert [sub.label for sub in row.subresults] == ["a"]
