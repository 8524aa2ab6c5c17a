"""Redirects as JMeter 5.5 was seen to follow and record them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.plan.configs import CookieManager, Header, HeaderManager
from silhouette_plan.plan.samplers import HttpArgument

FORM = (HttpArgument("a", "1"),)


@pytest.fixture
def redirect(target: Any, steps: Any) -> Any:
    """Makes a path answer with a redirect."""

    def make(path: str, status: int, location: str, *headers: str) -> None:
        fields = [f"Location: {location.replace('PORT', str(target.port))}", *headers]
        target.answers[path] = [steps.response(b"moved", f"{status} R", fields)]

    return make


def lines(target: Any) -> list[str]:
    return [request.head.split(b" HTTP")[0].decode() for request in target.received]


def labels(sample: Any) -> list[tuple[str, str]]:
    return [(hop.label, hop.code) for hop in sample.subresults]


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "POST", "GET"),
        (302, "GET", "GET"),
        (303, "HEAD", "HEAD"),
        (307, "GET", "GET"),
        (307, "POST", None),
        (308, "POST", "GET"),
        (300, "GET", None),
        (304, "GET", None),
    ],
)
def test_methods_when_following(
    status: int, method: str, then: str | None, target: Any, redirect: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    redirect("/r", status, "/x")
    if status == 304 or method == "HEAD":
        target.answers["/r"] = [f"HTTP/1.1 {status} R\r\nLocation: /x\r\n\r\n".encode()]
    (sample,) = pump_player.take(get("/r", method=method, arguments=FORM if method == "POST" else ()))
    assert lines(target) == [f"{method} /r", *([f"{then} /x"] if then else [])]
    if then is None:
        assert (sample.code, sample.success, sample.subresults) == (str(status), True, ())
    else:
        assert labels(sample) == [("/r-0", str(status)), ("/r-1", "200")]
        assert target.received[1].body == b""


def test_hops_are_called_by_their_urls_where_none_is_renamed(
    target: Any, redirect: Any, pump_player: Any, get: Any
) -> None:
    redirect("/a", 302, "/b")
    pump_player.properties["subresults.disable_renaming"] = "true"
    (sample,) = pump_player.take(get("/a"))
    assert sample.label == "/a"
    assert [label.partition(str(target.port))[2] for label, _ in labels(sample)] == ["/a", "/b"]


def test_the_whole_of_a_chain(target: Any, redirect: Any, pump_player: Any, get: Any) -> None:
    redirect("/a", 302, "/b", "Set-Cookie: hop=1; Path=/")
    redirect("/b", 302, "http://localhost:PORT/c d?x=1")
    configs = (CookieManager(), HeaderManager(headers=(Header("X-A", "1"),)))
    (sample,) = pump_player.take(get("/a", method="POST", body="zz"), configs=configs)
    first, second, third = sample.subresults
    assert (sample.label, sample.code, sample.message, sample.body) == ("/a", "200", "OK", b"ok")
    assert sample.url == third.url == f"http://localhost:{target.port}/c%20d?x=1"
    assert sample.received == sum(hop.received for hop in sample.subresults)
    assert sample.sent == sum(hop.sent for hop in sample.subresults)
    assert sample.start == first.start
    assert sample.start + sample.elapsed == third.start + third.elapsed
    assert (sample.latency, sample.connect) == (first.latency, first.connect)
    assert [hop.thread_name for hop in sample.subresults] == ["TG 1-1"] * 3
    assert second.url == f"http://127.0.0.1:{target.port}/b"
    assert [request.header("X-A") for request in target.received] == ["1"] * 3
    assert [request.header("Cookie") for request in target.received] == [None, "hop=1", None]


def test_a_loop_ends_after_twenty(target: Any, redirect: Any, pump_player: Any, get: Any) -> None:
    redirect("/r", 302, "/r")
    (sample,) = pump_player.take(get("/r"))
    assert len(target.received) == 21
    assert sample.code == "Non HTTP response code: java.io.IOException"
    assert sample.message == "Non HTTP response message: Exceeded maximum number of redirects: 20"
    assert labels(sample)[-1] == ("/r-21", sample.code)
    assert sample.received == 22 * sample.subresults[0].received


@pytest.mark.parametrize(
    ("location", "goes"),
    [
        ("rel", "/d/rel"),
        ("/a/../b", "/b"),
        ("../up", "/up"),
        ("?z=1", "/d/?z=1"),
        ("//127.0.0.1:PORT/abs", "/abs"),
        ("/a{b}|c", "/a%7Bb%7D%7Cc"),
        ("/frag#part", "/frag"),
    ],
)
def test_where_a_location_leads(
    location: str, goes: str, target: Any, redirect: Any, pump_player: Any, get: Any
) -> None:
    redirect("/d/r", 302, location)
    pump_player.properties["httpsampler.max_redirects"] = "1"
    pump_player.take(get("/d/r"))
    assert target.received[1].target == goes


def test_locations_that_lead_nowhere(target: Any, redirect: Any, pump_player: Any, get: Any, steps: Any) -> None:
    redirect("/foo", 302, "foo://x")
    redirect("/refused", 302, "http://127.0.0.1:1/x")
    target.answers["/none"] = [steps.response(status="302 Found")]
    foo, refused, none = pump_player.take(get("/foo"), get("/refused"), get("/none"))
    assert foo.code == "Non HTTP response code: java.net.MalformedURLException"
    assert foo.message == "Non HTTP response message: unknown protocol: foo"
    assert labels(foo) == [("/foo-0", foo.code)]
    assert refused.code.endswith("HttpHostConnectException")
    assert labels(refused) == [("/refused-0", "302"), ("/refused-1", refused.code)]
    assert none.code == "Non HTTP response code: java.lang.IllegalArgumentException"
    assert none.message.endswith(f"redirect for GET http://127.0.0.1:{target.port}/none HTTP/1.1")


def test_to_an_error(target: Any, redirect: Any, pump_player: Any, get: Any, steps: Any) -> None:
    redirect("/r", 302, "/gone")
    target.answers["/gone"] = [steps.response(status="404 Not Found")]
    (sample,) = pump_player.take(get("/r"))
    assert (sample.code, sample.success) == ("404", False)
    assert labels(sample) == [("/r-0", "302"), ("/r-1", "404")]


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (302, "GET", "GET /x"),
        (302, "POST", "GET /x"),
        (307, "POST", "POST /x"),
        (302, "DELETE", "GET /x"),
        (302, "PUT", None),
    ],
)
def test_automatic(
    status: int, method: str, then: str | None, target: Any, redirect: Any, pump_player: Any, get: Any
) -> None:
    redirect("/r", status, "/x")
    arguments = FORM if method == "POST" else ()
    node = get("/r", method=method, arguments=arguments, auto_redirects=True, follow_redirects=False)
    (sample,) = pump_player.take(node)
    assert lines(target) == [f"{method} /r", *([then] if then else [])]
    assert (sample.label, sample.subresults) == ("/r", ())
    if then is not None:
        assert (sample.code, sample.url) == ("200", f"http://127.0.0.1:{target.port}/x")
        assert sample.sent == len(target.received[1].head) + len(target.received[1].body)
    if then == "POST /x":
        assert target.received[1].body == b"a=1"


@pytest.mark.parametrize("location", ["/r", "foo://x"])
def test_automatic_ones_that_httpclient_refuses(location: str, redirect: Any, pump_player: Any, get: Any) -> None:
    redirect("/r", 302, location)
    (sample,) = pump_player.take(get("/r", auto_redirects=True))
    assert sample.code == "Non HTTP response code: org.apache.http.client.ClientProtocolException"
    assert sample.message == "Non HTTP response message: null"


LOCATIONS: list[Any] = json.loads(Path(__file__).with_name("recorded_locations.json").read_text("utf-8"))
"""A Location field; then, where it was followed and where it was gone to automatically: the request lines after the first
(of many the second, and how many there were), code, message and URL of the row."""


@pytest.mark.parametrize("automatically", [False, True])
def test_each_location_leads_where_jmeter_went(
    automatically: bool, target: Any, redirect: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    node = get("/d/e/r?o=1", follow_redirects=not automatically, auto_redirects=automatically)
    wrong = []
    for location, *recorded in LOCATIONS:
        target.received.clear()
        redirect("/d/e/r", 302, location)
        moved = target.answers["/d/e/r"]
        target.answers["/d/e/r"] = lambda request, moved=moved: (
            moved if request.target.endswith("?o=1") else [steps.response()]
        )
        (sample,) = pump_player.take(node)
        went = lines(target)[1:]
        found = [
            went if len(went) < 5 else [went[0], len(went) + 1],
            sample.code.removeprefix("Non HTTP response code: "),
            sample.message.removeprefix("Non HTTP response message: "),
            sample.url,
        ]
        found = json.loads(json.dumps(found).replace(str(target.port), "PORT"))
        if found != recorded[automatically]:
            wrong.append(f"{location}: {found} and not {recorded[automatically]}")
    assert not wrong, "\n".join(wrong)
