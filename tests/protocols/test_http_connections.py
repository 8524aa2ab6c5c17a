"""Connections: kept, closed, replaced; TLS; cancellation leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trio

from silhouette_plan.plan.configs import DnsCacheManager, StaticHost
from silhouette_plan.protocols.http.session import Network, session_of
from silhouette_plan.protocols.transport.choose import Transport
from silhouette_plan.protocols.transport.plain import Plain
from silhouette_plan.protocols.transport.pump import Pump


@pytest.fixture
def secure(target: Any) -> Any:
    """The target behind TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("loopback.pem"))
    target.context = context
    return target


def sockets() -> int:
    """Sockets this process has open; others of its threads may close some meanwhile."""
    count = 0
    for entry in os.scandir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(entry.path).startswith("socket:")
    return count


def test_one_connection_serves_all_requests(target: Any, player: Any, get: Any) -> None:
    samples = player.take(*[get("/a"), get("/b")] * 5)
    assert all(sample.success for sample in samples)
    assert target.connections == 1


def test_the_chosen_transport_runs(target: Any, player: Any, get: Any) -> None:
    player.take(get())
    assert type(player.run.services[Transport]) is {"pump": Pump, "plain": Plain}[player.transport]


def test_close_is_honoured_on_both_sides(target: Any, player: Any, get: Any, steps: Any) -> None:
    target.answers["/bye"] = [steps.response(headers=["Connection: close"])]
    player.take(get("/bye"), get("/x", keep_alive=False), get("/y"), get("/z"))
    assert [request.connection for request in target.received] == [1, 2, 3, 3]
    assert target.received[1].header("Connection") == "close"


def test_keep_alive_timeout_of_the_server(target: Any, player: Any, get: Any, steps: Any) -> None:
    target.answers["/brief"] = [steps.response(headers=["Keep-Alive: timeout=1"])]

    async def script(user: Any) -> None:
        take = player.build(get("/brief"))
        await take(user)
        (kept,) = session_of(user).idle
        assert kept.expires - kept.last == pytest.approx(1.0)
        kept.expires = kept.last
        await take(user)

    player.script(script)
    assert target.connections == 2


def test_a_connection_closed_while_idle_is_replaced(target: Any, player: Any, get: Any, steps: Any) -> None:
    target.answers["/last"] = [steps.response(), "close"]

    async def script(user: Any) -> None:
        for _ in range(3):
            sample = await player.build(get("/last"))(user)
            assert (sample.code, sample.body) == ("200", b"ok")
            await trio.sleep(0.02)

    player.script(script)
    assert (target.connections, len(target.received)) == (3, 3)


def test_a_request_that_met_a_close_goes_out_once_more_only_if_nothing_came(
    target: Any, player: Any, get: Any, steps: Any
) -> None:
    served = 0

    def once_then_close(request: Any) -> list[Any]:
        nonlocal served
        served += 1
        return [steps.response()] if served in (1, 3) else ["close"]

    target.answers["/flaky"] = once_then_close
    target.answers["/half"] = [b"HTTP/1.1 200 OK\r\n", "close"]
    first, second, half = player.take(get("/flaky"), get("/flaky"), get("/half"))
    assert first.success
    assert second.success
    assert served == 3
    assert half.code.endswith("ClientProtocolException")
    assert [request.path for request in target.received].count("/half") == 1


def test_a_new_connection_that_closes_is_not_tried_again(target: Any, player: Any, get: Any) -> None:
    target.answers["/gone"] = ["close"]
    (sample,) = player.take(get("/gone"))
    assert sample.code.endswith("NoHttpResponseException")
    assert len(target.received) == 1


def test_target_restarts(target: Any, player: Any, get: Any) -> None:
    codes = []

    async def script(user: Any) -> None:
        take = player.build(get())
        codes.append((await take(user)).code)
        target.stop()
        codes.extend([(await take(user)).code for _ in range(3)])
        target.start()
        codes.append((await take(user)).code)

    player.script(script)
    assert codes[0] == codes[-1] == "200"
    assert all(code.endswith(("HttpHostConnectException", "SocketException")) for code in codes[1:-1])
    assert target.connections == 2


@pytest.mark.parametrize("same", ["true", "false"])
def test_a_new_visitor_begins_without_connections(same: str, target: Any, player: Any, get: Any) -> None:
    async def script(user: Any) -> None:
        user.variables["__jmv_SAME_USER"] = same
        take = player.build(get())
        for user.iteration in (1, 2, 2, 3):
            await take(user)

    player.script(script)
    assert target.connections == (1 if same == "true" else 3)


def test_connections_end_with_the_user(target: Any, player: Any, get: Any) -> None:
    before = sockets()
    player.take(get("/a"))
    deadline = time.monotonic() + 2
    while sockets() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sockets() <= before


def test_time_to_live(target: Any, player: Any, get: Any) -> None:
    player.properties["httpclient4.time_to_live"] = "1"

    async def script(user: Any) -> None:
        for _ in range(2):
            await player.build(get())(user)
            await trio.sleep(0.01)

    player.script(script)
    assert target.connections == 2


def test_big_bodies_go_both_ways(target: Any, player: Any, get: Any, steps: Any) -> None:
    body = "x" * (3 << 20)
    target.answers["/up"] = lambda request: [0.05, steps.response(request.body)]
    (sample,) = player.take(get("/up", method="POST", body=body))
    assert sample.body == body.encode()
    assert sample.sent > 3 << 20


def test_tls_resumes_and_carries_big_bodies(secure: Any, player: Any, get: Any, steps: Any) -> None:
    body = "x" * (1 << 20)
    secure.answers["/up"] = lambda request: [steps.response(request.body)]
    https = {"protocol": "https", "domain": "localhost"}
    nodes = [get("/a", keep_alive=False, **https), get("/b", **https), get("/c", **https)]
    samples = player.take(*nodes, get("/up", method="POST", body=body, **https))
    assert [sample.code for sample in samples] == ["200"] * 4, samples[0].message
    assert samples[-1].body == body.encode()
    assert secure.handshakes == [False, True]
    assert samples[1].url == f"https://localhost:{secure.port}/b"


def test_tls_against_a_plain_target(target: Any, player: Any, get: Any) -> None:
    (sample,) = player.take(get(protocol="https", response_timeout="150"))
    assert sample.code.startswith("Non HTTP response code: ")
    assert not sample.success


def test_a_tls_connection_closed_while_idle_is_replaced(secure: Any, player: Any, get: Any, steps: Any) -> None:
    secure.answers["/last"] = [steps.response(), "close"]

    async def script(user: Any) -> None:
        for _ in range(2):
            assert (await player.build(get("/last", protocol="https"))(user)).success
            await trio.sleep(0.05)

    player.script(script)
    assert len(secure.received) == 2


SCRIPTS: dict[str, Callable[[Any], list[Any]]] = {
    "quick": lambda steps: [steps.response()],
    "slow head": lambda steps: [0.01, b"HTTP/1.1 200 OK\r\n", 0.01, b"Content-Length: 2\r\n\r\nok"],
    "chunks": lambda steps: [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n",
        0.01,
        b"ok\r\n",
        0.01,
        b"0\r\n\r\n",
    ],
}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_cancelled_at_each_await_nothing_is_left(
    name: str, scheme: str, request: Any, player: Any, get: Any, steps: Any
) -> None:
    """Cancels at the first, second, … await until the sample comes through; each time no socket and no registration stays."""
    target = request.getfixturevalue("secure" if scheme == "https" else "target")
    target.answers["/c"] = SCRIPTS[name](steps)
    cancelled = 0

    async def script(user: Any) -> None:
        nonlocal cancelled
        take = player.build(get("/c", protocol=scheme))
        for number in range(60):
            if await at_await(number, take, user):
                break
            cancelled += 1
            session = session_of(user)
            assert not session.idle
            transport = user.run.services[Network].transport
            if isinstance(transport, Pump):
                assert not transport.wires
        else:
            pytest.fail("never came through")
        sample = await take(user)
        assert sample.success

    player.script(script)
    assert cancelled >= 1


async def at_await(number: int, take: Any, user: Any) -> bool:
    """Runs ``take`` cancelled at its ``number``-th await; True where it had fewer."""
    waits = 0

    class Counting(trio.abc.Instrument):
        def after_task_step(self, task: trio.lowlevel.Task) -> None:
            nonlocal waits
            if task is taker:
                waits += 1
                if waits == number + 1:
                    scope.cancel()

    scope = trio.CancelScope()
    taker: Any = None
    done = False

    async def run() -> None:
        nonlocal taker, done
        taker = trio.lowlevel.current_task()
        with scope:
            sample = await take(user)
            done = sample is not None and sample.success

    instrument = Counting()
    trio.lowlevel.add_instrument(instrument)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run)
    finally:
        trio.lowlevel.remove_instrument(instrument)
    return done and not scope.cancelled_caught


def test_a_name_with_several_addresses_takes_the_first_that_accepts(target: Any, player: Any, get: Any) -> None:
    node = get(domain="my.app")
    dns = DnsCacheManager(hosts=(StaticHost("my.app", "::1, 127.0.0.2, 127.0.0.1"),))
    (sample,) = player.take(node, configs=(dns,))
    assert sample.success
    gone = DnsCacheManager(hosts=(StaticHost("my.app", "127.0.0.2, 127.0.0.3"),))
    (sample,) = player.take(node, configs=(gone,))
    shown = f"my.app:{target.port} [my.app/127.0.0.2, my.app/127.0.0.3]"
    assert sample.message == f"Non HTTP response message: Connect to {shown} failed: Connection refused"


def test_many_users_share_one_pump(target: Any, pump_player: Any, get: Any) -> None:
    """Each has a connection of its own; one who is cancelled takes only his own with him."""

    async def script(user: Any) -> None:
        take = pump_player.build(get())
        users = [pump_player.user(number) for number in range(30)]
        target.answers["/slow"] = [0.2, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]
        slow = pump_player.build(get("/slow"))
        with trio.move_on_after(0.05):
            await slow(user)

        async def one(me: Any) -> None:
            for _ in range(3):
                assert (await take(me)).success

        async with trio.open_nursery() as nursery:
            for me in users:
                nursery.start_soon(one, me)
        assert len(user.run.services[Transport].wires) == 30
        for me in users:
            for close in me.closing:
                close()
        assert not user.run.services[Transport].wires

    pump_player.script(script)
    assert target.connections == 31
