"""Embedded resources as JMeter 5.5 was seen to download and record them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.protocols.http.links import links
from silhouette_plan.protocols.http.url import parse

PAGE = (
    b'<html><head><link rel="stylesheet" href="a.css"><script src="/b.js"></script></head><body background="bg.png">'
    b'<img src="i.png?x=1"><img src="i.png?x=1"><iframe src="/frame"></iframe><a href="/no">n</a></body></html>'
)
HTML = ["Content-Type: text/html; charset=utf-8"]
PATHS = ["/page", "/a.css", "/b.js", "/bg.png", "/i.png", "/frame", "/in.gif"]


@pytest.fixture
def page(target: Any, steps: Any) -> None:
    target.answers["/page"] = [steps.response(PAGE, headers=HTML)]
    target.answers["/frame"] = [steps.response(b'<body><img src="in.gif"></body>', headers=HTML)]
    target.answers["/a.css"] = [steps.response(b"body{background:url(css.png)}", headers=["Content-Type: text/css"])]
    target.answers["/b.js"] = [steps.response(b"x", "404 Not Found")]
    target.answers["/r"] = [steps.response(b"", "302 R", ["Location: /page"])]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("parallel", [False, True])
def test_a_page(parallel: bool, target: Any, player: Any, get: Any) -> None:
    node = get("/page", embedded=True, concurrent_embedded=parallel, embedded_parallel="3")
    (sample,) = player.take(node, reads_body=False)
    assert [part.label for part in sample.subresults] == [f"/page-{number}" for number in range(6)]
    assert sorted(request.path for request in target.received) == sorted(PATHS)
    assert [part.url.rpartition("/")[2] for part in sample.subresults] == [
        "page",
        "a.css",
        "b.js",
        "bg.png",
        "i.png?x=1",
        "frame",
    ]
    frame = sample.subresults[-1]
    assert [part.label for part in frame.subresults] == ["/page-0", "/page-1"]
    complaint = f"http://127.0.0.1:{target.port}/b.js code:404 message:Not Found, "
    assert (sample.code, sample.success) == ("200", False)
    assert sample.message == f"Embedded resource download error:{complaint}"
    assert sample.body == PAGE
    assert sample.received == sum(part.received for part in sample.subresults)
    assert (target.connections > 1) is parallel


@pytest.mark.usefixtures("page")
def test_only_what_matches(target: Any, pump_player: Any, get: Any) -> None:
    (sample,) = pump_player.take(get("/page", embedded=True, embedded_matching=".*png.*"))
    assert [request.path for request in target.received] == ["/page", "/bg.png", "/i.png"]
    assert sample.success


@pytest.mark.usefixtures("page")
def test_a_page_behind_a_redirect(target: Any, pump_player: Any, get: Any) -> None:
    pump_player.properties["httpsampler.ignore_failed_embedded_resources"] = "true"
    (sample,) = pump_player.take(get("/r", embedded=True))
    assert [part.label for part in sample.subresults] == [f"/r-{number}" for number in range(7)]
    assert (sample.code, sample.success, sample.url) == ("200", True, f"http://127.0.0.1:{target.port}/page")


def test_frames_in_frames_end(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    for depth in range(9):
        body = f'<iframe src="/{depth + 1}"></iframe>'.encode()
        target.answers[f"/{depth}"] = [steps.response(body, headers=HTML)]
    (sample,) = pump_player.take(get("/0", embedded=True))
    assert len(target.received) == 7
    for _ in range(7):
        sample = sample.subresults[-1]
    assert sample.code == "Non HTTP response code: java.lang.Exception"
    assert sample.message == "Non HTTP response message: Maximum frame/iframe nesting depth exceeded."


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ('<base href="/b/"><img src="x">', "text/html", ["/b/x"]),
        ('<input type="image" src="i"><input type="text" src="j">', "text/html", ["/d/i"]),
        ('<td background="t"><p style="color: url(\'s\')">', "text/html", ["/d/t", "/d/s"]),
        ('<applet codebase="c" code="x.class"></applet><object data="o"></object>', "text/html", ["/d/c/x.class", "/d/o"]),
        ('@import "one.css"; @import url(two.css); /* @import "no" */ a { b: url(x) }', "text/css", ["/d/one.css", "/d/two.css"]),
        ('<img src="data:image/png;base64,AA"><img src="foo://x"><img src="">', "text/html", []),
        ('{"img": "<img src=x>"}', "application/json", []),
        ("", "text/html", []),
    ],
)  # fmt: skip
def test_links(text: str, kind: str, found: list[str]) -> None:
    assert [url.target for url in links(text, kind, parse("http://h/d/page"))] == found


def test_links_of_the_pages_that_jmeter_read() -> None:
    pages = json.loads(Path(__file__).with_name("recorded_pages.json").read_text("utf-8"))
    wrong = []
    for body, kind, recorded in pages:
        text = body.encode().decode("latin-1")
        found = [url.target for url in links(text, kind, parse("http://h/p/q"))]
        if found != recorded:
            wrong.append(f"{body}: {found} and not {recorded}")
    assert not wrong, "\n".join(wrong)


def test_a_get_for_a_resource_repeats_a_raw_body(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/page"] = [steps.response(b"<img src=i.png>", headers=HTML)]
    pump_player.take(get("/page", method="POST", body="x", embedded=True))
    image = target.received[1]
    assert (image.head.split(b" ")[0], image.header("Content-Length"), image.body) == (b"GET", "1", b"x")
