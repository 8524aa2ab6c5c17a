"""The Parallel Controller: branches of a user at the same time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trio
import trio.testing

from silhouette_plan.elements.reads import EVERYTHING
from silhouette_plan.engine import RunControl, RunOptions, run
from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.configs import CookieManager
from silhouette_plan.plan.processors import RegexExtractor, SampleTimeout
from silhouette_plan.plan.samplers import FlowControl, HttpRequest
from silhouette_plan.plan.timers import ConstantTimer
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import UserError
from silhouette_plan.values.user import GroupState, Run, User


def parallel(*steps, **fields):
    return c.ParallelController(name="Par", children=steps, **fields)


def loop(times, *steps, name="L"):
    return c.LoopController(name=name, loops=str(times), children=steps)


NEXT_ITERATION, NEXT_LOOP, BREAK = 3, 4, 5


@pytest.mark.parametrize(("limit", "seconds"), [("", 0.1), ("0", 0.1), ("3", 0.1), ("2", 0.2), ("1", 0.3)])
def test_branches_run_at_once_as_far_as_the_limit_lets(play, group, sampler, limit, seconds):
    played = play(group(parallel(*(sampler(name, ms=100) for name in "abc"), limit=limit), sampler("z")))
    assert (played.duration, sorted(played.labels[:3]), played.labels[3]) == (seconds, ["a", "b", "c"], "z")
    assert {sample.thread_name for sample in played.recorder.samples} == {"TG 1-1"}


def test_a_branch_keeps_the_order_of_its_steps(play, group, sampler):
    block = c.SimpleController(name="S", children=(sampler("a1", ms=100), sampler("a2", ms=100)))
    played = play(group(parallel(block, sampler("b", ms=150))))
    assert (played.labels, played.duration) == (["a1", "b", "a2"], 0.2)


def test_nested_in_every_way(play, group, sampler):
    inner = parallel(sampler("c", ms=30), sampler("d", ms=50))
    branch = loop(2, sampler("a", ms=100))
    played = play(group(loop(3, parallel(branch, inner, sampler("b", ms=10)))))
    assert played.labels == ["b", "c", "d", "a", "a"] * 3
    assert played.duration == 0.6


def test_it_starts_afresh_each_time(play, group, sampler):
    once = c.OnceOnlyController(name="O", children=(sampler("o"),))
    played = play(group(parallel(once, sampler("a", ms=10)), loops="2"))
    assert played.labels == ["o", "a"] * 2


def test_without_children_it_does_nothing(play, group, sampler):
    played = play(group(parallel(), sampler("z"), parallel(parent_sample=True)))
    assert (played.labels, played.recorder.findings) == (["z", "Par"], [])


def test_timers_run_once_before_and_in_each_branch(play, group, sampler):
    played = play(group(ConstantTimer(delay="1000"), parallel(sampler("a", ms=100), sampler("b", ms=100))))
    assert (played.recorder.moments, played.duration) == ([2.1, 2.1], 2.1)


def test_a_common_sample_holds_those_of_the_branches(play, group, sampler):
    ok = parallel(sampler("a", ms=100), sampler("b", ms=300), sampler("c", ms=200), parent_sample=True)
    (row,) = play(group(ok)).recorder.samples
    assert (row.label, row.code, row.message, row.success) == ("Par", "200", "OK", True)
    assert [sub.label for sub in row.subresults] == ["a", "c", "b"]
    assert {sub.thread_name for sub in row.subresults} == {row.thread_name} == {"TG 1-1"}
    assert round(row.elapsed, -1) == 300
    failing = parallel(sampler("a", ok=False), sampler("b", ms=10), parent_sample=True)
    assert not play(group(failing)).recorder.samples[0].success


def test_common_samples_nest(play, group, sampler):
    inner = parallel(sampler("a"), parallel(sampler("b", ms=10)), parent_sample=True)
    (row,) = play(group(parallel(inner, sampler("c", ms=50), parent_sample=True))).recorder.samples
    assert [sub.label for sub in row.subresults] == ["Par", "c"]
    assert [sub.label for sub in row.subresults[0].subresults] == ["a", "b"]


def test_a_parent_transaction_around_holds_the_samples(play, group, sampler):
    around = c.TransactionController(
        name="T", parent=True, include_timers=True, children=(parallel(sampler("a", ms=100), sampler("b", ms=200)),)
    )
    (row,) = play(group(around)).recorder.samples
    assert ([sub.label for sub in row.subresults], round(row.elapsed, -1)) == (["a", "b"], 200)


@pytest.mark.parametrize(("include", "elapsed"), [(True, 200), (False, 300)])
def test_a_plain_transaction_around_adds_up_its_samples_or_takes_the_time(play, group, sampler, include, elapsed):
    steps = (parallel(sampler("a", ms=100), sampler("b", ms=200, ok=False)),)
    played = play(group(c.TransactionController(name="T", include_timers=include, children=steps)))
    assert played.labels == ["a", "b", "T"]
    row = played.recorder.samples[-1]
    assert (round(row.elapsed, -1), row.success) == (elapsed, False)


@pytest.mark.parametrize("parent", [True, False])
def test_a_transaction_in_a_branch_counts_that_branch_alone(play, group, sampler, parent):
    inside = c.TransactionController(name="T", parent=parent, children=(sampler("a", ms=100), sampler("b", ms=100)))
    played = play(group(parallel(inside, sampler("x", ms=50, ok=False))))
    assert played.labels == (["x", "T"] if parent else ["x", "a", "b", "T"])
    assert played.recorder.samples[-1].success
    held = play(group(parallel(inside, sampler("x", ms=50), parent_sample=True))).recorder.samples
    assert [sub.label for sub in held[0].subresults] == played.labels


def test_variables_are_shared(play, group, sampler):
    keep = RegexExtractor(name="keep", variable="v", regex="(.+)", template="$1$", match="1", source="code")
    reader = c.SimpleController(name="S", children=(sampler("wait", ms=200), sampler("${v}")))
    played = play(group(parallel(sampler("a", keep, ms=100, code="777"), reader), sampler("after ${v}")))
    assert played.labels == ["a", "wait", "777", "after 777"]


def test_the_last_sample_is_a_branchs_own_and_then_that_which_ended_last():
    user = User(Run({}, Path(), "P", 1), GroupState("TG", 1, 1), 0, "TG 1-1", {"v": "1"})
    one, two = user.branch(), user.branch()
    one.sampler_name = "one"
    assert (user.sampler_name, two.sampler_name) == ("", "")
    assert one.random is two.random is user.random
    assert one.variables is user.variables


def test_limits_of_samples_do_not_mix(play, group, sampler):
    limit = SampleTimeout(timeout="150")
    steps = tuple(
        sampler(name, limit, ConstantTimer(delay=delay), ms=1000) for name, delay in (("a", "10"), ("b", "30"))
    )
    played = play(group(parallel(*steps)))
    assert (played.labels, played.recorder.moments) == (["a", "b"], [0.16, 0.18])


def test_a_lock_is_held_by_one_branch(play, group, sampler):
    sections = [c.CriticalSectionController(name=n, lock="k", children=(sampler(n, ms=100),)) for n in "ab"]
    assert play(group(parallel(*sections), loops="2")).duration == 0.4


# --- ends and turns ---


class Kept(Observer):
    """Keeps samples and counts the users that ended."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self.findings: list[str] = []
        self.started = self.ended = 0

    def on_sample(self, sample: Sample) -> None:
        self.samples.append(sample)

    def on_finding(self, code: str, message: str) -> None:
        self.findings.append(code)

    def on_user_started(self, thread_name: str) -> None:
        self.started += 1

    def on_user_ended(self, thread_name: str) -> None:
        self.ended += 1


def test_a_branch_that_stops_the_user_ends_the_others_after_their_samples(play, group, sampler):
    other = c.SimpleController(name="S", children=(sampler("a", ms=200), sampler("never")))
    sleeping = sampler("never", ConstantTimer(delay="60000"))
    played = play(
        group(parallel(parallel(sampler("x", ms=100, ok=False)), other, sleeping), sampler("z"), on_error="stopthread")
    )
    assert (played.labels, played.duration) == (["x", "a"], 0.2)


def test_branches_that_wait_for_their_turn_do_not_start_once_the_user_is_stopped(play, group, sampler):
    steps = (sampler("x", ms=100, ok=False), sampler("never"), sampler("never"))
    assert play(group(parallel(*steps, limit="1"), on_error="stopthread")).labels == ["x"]


@pytest.mark.parametrize("on_error", ["stoptest", "stoptestnow"])
def test_a_branch_may_stop_the_test(play, group, sampler, on_error):
    played = play(group(parallel(sampler("x", ms=100, ok=False), sampler("a", ms=200)), users="2", on_error=on_error))
    assert played.duration == (0.2 if on_error == "stoptest" else 0.1)
    assert sorted(played.labels) == (["a", "a", "x", "x"] if on_error == "stoptest" else sorted(played.labels))


def test_a_failed_sample_starts_the_users_next_loop(play, group, sampler):
    other = c.TransactionController(name="T", children=(sampler("a", ms=200), sampler("never")))
    plan = group(parallel(sampler("x", ms=100, ok=False), other), sampler("z"), loops="2", on_error="startnextloop")
    assert play(plan).labels == ["x", "a", "T"] * 2


def test_a_turn_of_a_loop_inside_stays_inside(play, group, sampler):
    inside = loop(5, sampler("a", ms=10), FlowControl(action=BREAK), sampler("never"))
    assert play(group(parallel(inside, sampler("b", ms=100)), sampler("z"))).labels == ["a", "b", "z"]


@pytest.mark.parametrize(
    ("action", "labels"),
    [(BREAK, ["a", "b", "z"]), (NEXT_LOOP, ["a", "b"] * 2 + ["z"]), (NEXT_ITERATION, ["a", "b"])],
)
def test_a_turn_of_a_loop_around_ends_all_branches(play, group, sampler, action, labels):
    turning = c.SimpleController(name="S", children=(sampler("a", ms=10), FlowControl(action=action), sampler("never")))
    other = c.SimpleController(name="O", children=(sampler("b", ms=50), sampler("never")))
    assert play(group(loop(2, parallel(turning, other), sampler("never")), sampler("z"))).labels == labels


def test_a_branch_that_breaks_down_ends_the_user(compile_program, group, sampler):
    program, kept = compile_program(group(parallel(sampler("a", ms=10), sampler("bad")), sampler("z"))), Kept()
    (only,) = program.groups
    spec, after = only.body.children
    bad = replace(spec.children[1], before=(break_down,))
    body = replace(only.body, children=(replace(spec, children=(spec.children[0], bad)), after))
    trio.run(
        lambda: run(replace(program, groups=(replace(only, body=body),)), RunOptions(), [kept]),
        clock=trio.testing.MockClock(autojump_threshold=0),
    )
    assert ([sample.label for sample in kept.samples], kept.findings) == (["a"], ["RN002"])


def break_down(user: User) -> None:
    raise UserError("no")


@pytest.mark.parametrize("now", [True, False])
@pytest.mark.parametrize("at", [0.0, 0.05, 0.1, 0.15, 0.25, 0.35])
def test_a_stop_at_any_moment_leaves_nothing_behind(compile_program, group, sampler, now, at):
    steps = (
        c.TransactionController(
            name="T", parent=True, children=(parallel(sampler("a", ms=100), sampler("b", ms=200)),)
        ),
        parallel(sampler("c", ConstantTimer(delay="100")), parallel(sampler("d", ms=300)), limit="1"),
        parallel(sampler("e", ms=100), parent_sample=True),
    )
    program, control, kept = compile_program(group(*steps, loops="-1")), RunControl(), Kept()

    async def main() -> float:
        before = trio.lowlevel.current_statistics().tasks_living
        async with trio.open_nursery() as nursery:
            nursery.start_soon(stop)
            start = trio.current_time()
            await run(program, RunOptions(seed=7), [kept], control=control)
            nursery.cancel_scope.cancel()
        assert trio.lowlevel.current_statistics().tasks_living == before
        return round(trio.current_time() - start, 3)

    async def stop() -> None:
        await trio.sleep(at)
        control.stop(now)

    duration = trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))
    assert kept.ended == kept.started
    assert duration <= at + (0 if now else 0.3)


def test_who_is_interrupted_has_a_sample_of_each_branch(play, group, sampler):
    async def stop(control, recorder):
        await trio.sleep(0.05)
        control.stop(True)

    steps = (sampler("a", ms=100), sampler("b", ms=200))
    played = play(group(parallel(*steps)), stop)
    assert (sorted(played.labels), {one.success for one in played.recorder.samples}) == (["a", "b"], {False})
    (row,) = play(group(parallel(*steps, parent_sample=True)), stop).recorder.samples
    assert (row.label, row.success, sorted(sub.label for sub in row.subresults)) == ("Par", False, ["a", "b"])
    around = c.TransactionController(name="T", parent=True, children=(parallel(*steps),))
    (row,) = play(group(around), stop).recorder.samples
    assert (row.label, row.success, sorted(sub.label for sub in row.subresults)) == ("T", False, ["a", "b"])


def test_the_end_of_the_groups_time_ends_the_branches(play, group, sampler):
    steps = (loop(-1, sampler("a", ms=400)), loop(-1, sampler("b", ms=300)))
    played = play(group(parallel(*steps), scheduler=True, duration="1", loops="-1"))
    assert (sorted(played.labels), played.duration) == (["a"] * 3 + ["b"] * 4, 1.2)


# --- over HTTP ---


class Doors:
    """Answers a request only when ``parties`` connections wait for one; sets a cookie, and notes who sent which."""

    def __init__(self, parties: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.listener.getsockname()[1])
        self.gate = threading.Barrier(parties)
        self.seen: list[tuple[int, str, bool]] = []
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(sock, self.connections), daemon=True).start()

    def serve(self, sock: socket.socket, number: int) -> None:
        with sock, sock.makefile("rb") as stream:
            while head := b"".join(iter(stream.readline, b"\r\n")) if stream.peek(1) else b"":
                path = head.split()[1].decode()
                self.seen.append((number, path, b"cookie: k=v" in head.lower()))
                if path.startswith("/together"):
                    self.gate.wait(10)
                body = path.encode()
                cookie = b"Set-Cookie: k=v\r\n" if path == "/first" else b""
                sock.sendall(b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (cookie, len(body), body))


@pytest.fixture
def doors() -> Iterator[Doors]:
    made = Doors(3)
    yield made
    made.listener.close()


@pytest.mark.parametrize("same", [True, False])
def test_requests_in_flight_have_connections_of_their_own_and_the_users_cookies(doors, group, compile_program, same):
    def get(path: str) -> HttpRequest:
        return HttpRequest(name=path, domain="127.0.0.1", port=doors.port, path=path)

    steps = (CookieManager(name="C"), get("/first"), parallel(*(get(f"/together{n}") for n in range(3))), get("/last"))
    kept = Kept()
    program = compile_program(group(*steps, loops="3", same_user=same), observers_read=EVERYTHING)

    async def main() -> None:
        with trio.fail_after(30):
            await run(program, RunOptions(seed=7), [kept])

    trio.run(main)
    together = [one for one in doors.seen if one[1].startswith("/together")]
    assert all(sample.success for sample in kept.samples)
    assert [sorted(sample.text for sample in kept.samples[n : n + 5]) for n in (0, 5, 10)] == [
        ["/first", "/last", "/together0", "/together1", "/together2"]
    ] * 3
    assert all(len({number for number, _, _ in together[n : n + 3]}) == 3 for n in (0, 3, 6))
    assert all(has_cookie for _, _, has_cookie in together)
    assert doors.connections == (3 if same else 9)
