"""What a target can do wrong: each a failed sample in JMeter's words, in bounded memory, and the next sample is well."""

from __future__ import annotations

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from silhouette_plan.protocols.http.content import BODY_LIMIT
from silhouette_plan.protocols.http.head import HEAD_LIMIT

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
PREFIX = "Non HTTP response message: "

FAULTS = {
    "noanswer": (["close"], "org.apache.http.NoHttpResponseException", "127.0.0.1:PORT failed to respond"),
    "reset": (["reset"], "java.net.SocketException", "Connection reset"),
    "half a head": ([b"HTTP/1.1 200 OK\r\nConte", "close"], "org.apache.http.client.ClientProtocolException", "null"),
    "no HTTP": ([b"hello there\r\n\r\n", "close"], "org.apache.http.client.ClientProtocolException", "null"),
    "short body": (
        [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789", "close"],
        "org.apache.http.ConnectionClosedException",
        "Premature end of Content-Length delimited message body (expected: 1,000; received: 10)",
    ),
    "no last chunk": (
        [CHUNKED + b"5\r\n01234\r\n", "close"],
        "org.apache.http.ConnectionClosedException",
        "Premature end of chunk coded message body: closing chunk expected",
    ),
    "half a chunk": ([CHUNKED + b"64\r\n0123456789", "close"], "org.apache.http.TruncatedChunkException", None),
    "bad chunk": ([CHUNKED + b"zz\r\nxx\r\n", "close"], "org.apache.http.MalformedChunkCodingException", None),
    "huge chunk": ([CHUNKED + b"f" * 40 + b"\r\n"], "org.apache.http.MalformedChunkCodingException", None),
    "no gzip": (
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"],
        "java.util.zip.ZipException",
        "Not in GZIP format",
    ),
    "silence": ([5.0], "java.net.SocketTimeoutException", "Read timed out"),
    "drops": ([b"H", 5.0], "java.net.SocketTimeoutException", "Read timed out"),
    "half a body, silence": (
        [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012", 5.0],
        "java.net.SocketTimeoutException",
        "Read timed out",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str, target: Any, player: Any, get: Any) -> None:
    script, java, text = FAULTS[name]
    target.answers["/bad"] = script
    bad, good = player.take(get("/bad", response_timeout="200"), get("/good"))
    assert bad.code == f"Non HTTP response code: {java}"
    if text is not None:
        assert bad.message == PREFIX + text.replace("PORT", str(target.port))
    assert not bad.success
    assert (bad.sent, bad.latency) == (0, 0)
    assert bad.elapsed < 2000
    assert (good.code, good.body) == ("200", b"ok")


WELL = {
    "until close": ([b"HTTP/1.1 200 OK\r\n\r\nall of it", "close"], b"all of it", 28),
    "length that is none": ([b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nxx", "close"], b"xx", 40),
    "no reason": ([b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx"], b"x", 36),
    "line feeds only": ([b"HTTP/1.1 200 OK\nContent-Length: 1\n\nx"], b"x", 36),
    "continue first": ([b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"], b"x", 64),
    "drop by drop": ([bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"], b"abc", 41),
    "chunks": (
        [CHUNKED + b"5;ext=1\r\nhello\r\n", 0.02, b"6\r\n world\r\n0\r\nTrailer: x\r\n\r\n"],
        b"hello world",
        None,
    ),
    "surplus": ([b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyyy"], b"x", 42),
    "surplus after chunks": ([CHUNKED + b"1\r\nx\r\n0\r\n\r\nyyy"], b"x", None),
    "version 1.0": ([b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"], b"x", 39),
}


@pytest.mark.parametrize("name", WELL)
def test_what_is_well_all_the_same(name: str, target: Any, player: Any, get: Any) -> None:
    script, body, size = WELL[name]
    target.answers["/odd"] = script
    first, second, third = player.take(get("/odd"), get("/odd"), get("/x"))
    for sample in (first, second):
        assert (sample.code, sample.body, sample.success) == ("200", body, True)
        assert size is None or sample.received == size
    assert third.body == b"ok"


def test_gzip_and_deflate_are_undone_and_counted_as_they_came(
    target: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    packed = {"gzip": gzip.compress(b"z" * 500), "deflate": zlib.compress(b"z" * 500)}
    raw = zlib.compressobj(wbits=-15)
    packed["raw"] = raw.compress(b"z" * 500) + raw.flush()
    for name, body in packed.items():
        coding = "deflate" if name == "raw" else name
        target.answers[f"/{name}"] = [steps.response(body, headers=[f"Content-Encoding: {coding}"])]
    for sample, (name, body) in zip(
        pump_player.take(*(get(f"/{name}") for name in packed)), packed.items(), strict=True
    ):
        assert sample.body == b"z" * 500, name
        assert sample.received < 110 + len(body)


def bomb() -> bytes:
    """10 MB that grow to 10 GB."""
    piece = gzip.compress(bytes(10 << 20), 9)
    return piece * 1024


@pytest.mark.parametrize("kind", ["gzip", "head", "chunks", "endless"])
def test_bombs_fail_in_bounded_memory(kind: str, target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    line = b"X-Filler: " + b"x" * 1000 + b"\r\n"
    scripts: dict[str, Sequence[Any]] = {
        "gzip": [steps.response(bomb(), headers=["Content-Encoding: gzip"])],
        "head": [b"HTTP/1.1 200 OK\r\n", *[line * 100] * 10_000],
        "chunks": [CHUNKED, *[(b"40000\r\n" + bytes(0x40000) + b"\r\n") * 4] * 64],
        "endless": [b"HTTP/1.1 200 OK\r\n\r\n", *[bytes(1 << 20)] * 1024],
    }
    target.answers["/bomb"] = scripts[kind]
    tracemalloc.start()
    bad, good = pump_player.take(get("/bomb"), get("/good"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert bad.code.startswith("Non HTTP response code: ")
    assert ("header length" if kind == "head" else "exceeds") in bad.message
    assert good.success
    held_by_target = len(bomb()) * 2 if kind == "gzip" else 0
    assert peak - held_by_target < 2 * BODY_LIMIT + 4 * HEAD_LIMIT


def test_a_body_that_nobody_reads_is_not_kept(target: Any, pump_player: Any, get: Any) -> None:
    target.answers["/big"] = [b"HTTP/1.1 200 OK\r\n\r\n", *[bytes(1 << 20)] * 64, "close"]
    (sample,) = pump_player.take(get("/big"), reads_body=False)
    assert sample.success
    assert sample.received > 64 << 20
    assert sample.body == b""


def test_a_store_limit_cuts_the_body_off(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    pump_player.properties["httpsampler.max_bytes_to_store_per_request"] = "4"
    target.answers["/x"] = [steps.response(b"0123456789")]
    (sample,) = pump_player.take(get())
    assert (sample.body, sample.received, sample.success) == (b"0123", 75, True)


def test_md5_stands_for_the_body(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/x"] = [steps.response(b"hello world")]
    (sample,) = pump_player.take(get(save_as_md5=True))
    assert sample.text == "5eb63bbbe01eeed093cb22bb8f5acdc3"


def test_refused_and_unknown(player: Any, get: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refused, unknown = player.take(get(port=str(port)), get(domain="no.such.host.invalid"))
    assert refused.code == "Non HTTP response code: org.apache.http.conn.HttpHostConnectException"
    assert refused.message == f"{PREFIX}Connect to 127.0.0.1:{port} [/127.0.0.1] failed: Connection refused"
    assert unknown.code == "Non HTTP response code: java.net.UnknownHostException"
    assert unknown.message.startswith(f"{PREFIX}no.such.host.invalid: ")


def test_connect_timeout(player: Any, get: Any) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        (sample,) = player.take(get(port=str(port), connect_timeout="150"))
        for sock in waiting:
            sock.close()
    assert sample.code == "Non HTTP response code: org.apache.http.conn.ConnectTimeoutException"
    assert sample.message == f"{PREFIX}Connect to 127.0.0.1:{port} [/127.0.0.1] failed: Connect timed out"
    assert 100 <= sample.elapsed < 2000
    assert sample.connect >= 100
