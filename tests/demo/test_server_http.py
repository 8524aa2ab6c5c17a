"""The server's HTTP and its faults, over real sockets, without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from silhouette_plan.demo.faults import Faults, RateLimit
from silhouette_plan.demo.http import MAX_BODY, Answer, Connection, Handler, Request, answer
from silhouette_plan.demo.options import DemoOptions


def echo(request: Request) -> Answer | Awaitable[Answer]:
    async def later() -> Answer:
        await asyncio.sleep(0.01)
        return answer(request.path)

    if request.path == "/slow":
        return later()
    return answer([request.method, request.path, request.query, request.body.decode(), request.headers.get("x", "")])


def talk(data: bytes, handle: Handler = echo) -> bytes:
    """What the server says to ``data`` until it closes, or has been silent."""

    async def run() -> bytes:
        connections: set[Connection] = set()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Connection(handle, connections), "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(data)
            said = await asyncio.wait_for(reader.read(), 10)
            writer.close()
        await asyncio.sleep(0)
        return said

    return asyncio.run(run())


def closing(lines: str, body: str = "") -> bytes:
    return (lines.replace("\n", "\r\n") + "\r\nConnection: close\r\n\r\n" + body).encode()


def test_request_and_answer() -> None:
    said = talk(closing("POST /a?b=c%20d&b=e HTTP/1.1\nHost: h\nX: y\nContent-Length: 4", "body"))
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Content-Length: %d" % len(body) in head
    assert body == b'{"success":true,"data":["POST","/a",{"b":"e"},"body","y"]}'


def test_answers_keep_the_order_of_requests_sent_ahead() -> None:
    ahead = b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\nGET /fast HTTP/1.1\r\nHost: h\r\n\r\n"
    said = talk(ahead + closing("GET /slow HTTP/1.1\nHost: h"))
    assert [line for line in said.split(b'"') if line.startswith(b"/")] == [b"/slow", b"/fast", b"/slow"]


def test_many_requests_sent_ahead_are_all_answered() -> None:
    said = talk(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n" * 150 + closing("GET /x HTTP/1.1\nHost: h"))
    assert said.count(b"HTTP/1.1 200 OK") == 151


def test_head_has_no_body() -> None:
    said = talk(closing("HEAD /a HTTP/1.1\nHost: h"))
    assert said.endswith(b"\r\n\r\n")
    assert b"Content-Length: 0" not in said


def test_http_1_0_closes() -> None:
    assert talk(b"GET /a HTTP/1.0\r\n\r\n").endswith(b'"/a",{},"",""]}')


def test_chunked_body() -> None:
    said = talk(closing("POST /a HTTP/1.1\nHost: h\nTransfer-Encoding: chunked", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
    assert b'"abcde"' in said


def test_continue_is_said_where_it_is_waited_for() -> None:
    said = talk(closing("POST /a HTTP/1.1\nHost: h\nExpect: 100-continue\nContent-Length: 2", "hi"))
    assert said.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


@pytest.mark.parametrize("data", [b"\x16\x03\x01\x00\xa5", b"GET\r\n\r\n", b"GET /a HTTP/1.1\r\nbad header\r\n\r\n"])
def test_what_is_no_http_is_refused(data: bytes) -> None:
    assert talk(data).startswith(b"HTTP/1.1 400 ")


def test_a_body_too_long_is_refused() -> None:
    data = b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % (2 * MAX_BODY) + b"x" * (MAX_BODY + 1)
    assert talk(data).startswith(b"HTTP/1.1 413 ")


def test_a_handler_that_fails_gives_500() -> None:
    async def fails() -> Answer:
        raise RuntimeError

    assert talk(closing("GET /a HTTP/1.1\nHost: h"), lambda request: fails()).startswith(b"HTTP/1.1 500 ")


def request(path: str = "/api/x", **headers: str) -> Request:
    return Request("GET", path, "", headers, b"", True, "10.0.0.1")


async def settled(found: Answer | Awaitable[Answer]) -> Answer:
    return found if isinstance(found, Answer) else await found


def statuses(options: DemoOptions, count: int, make: Callable[[int], Request] = lambda n: request()) -> list[int]:
    async def run() -> list[int]:
        faults = Faults(options, echo)
        return [(await settled(faults(make(n)))).status for n in range(count)]

    return asyncio.run(run())


def test_error_rate_is_a_share_and_repeats_by_seed() -> None:
    options = DemoOptions(error_rate=0.2, seed=7)
    found = statuses(options, 1000)
    assert 150 < found.count(500) < 250
    assert found == statuses(options, 1000)
    assert statuses(options, 100, lambda n: request("/api/health")) == [200] * 100


def test_clients_are_limited_apart() -> None:
    def make(number: int) -> Request:
        return request(authorization=f"Bearer {number % 2}")

    assert statuses(DemoOptions(rate_limit=3), 12, make).count(429) == 6


def test_rate_limit_fills_again() -> None:
    limit = RateLimit(2)
    assert [limit.wait("a", 0.0) for _ in range(3)] == [0, 0, 0.5]
    assert limit.wait("a", 0.4) == pytest.approx(0.1)
    assert limit.wait("a", 0.5) == 0
    assert [limit.wait("a", 100.0) for _ in range(3)] == [0, 0, 0.5]


def test_latency_is_added() -> None:
    async def run() -> float:
        faults = Faults(DemoOptions(latency=30, latency_spread=10), echo)
        begin = asyncio.get_running_loop().time()
        await settled(faults(request()))
        return asyncio.get_running_loop().time() - begin

    assert asyncio.run(run()) >= 0.03


def test_leak_keeps_what_it_counts() -> None:
    faults = Faults(DemoOptions(leak=500), echo)
    for _ in range(4):
        faults(request())
    assert faults.leaked_bytes == 2000
