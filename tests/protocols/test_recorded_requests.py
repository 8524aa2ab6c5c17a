"""Each request goes out byte for byte as JMeter 5.5 sent it, or fails with its words (``recorded_requests.json``)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.plan.configs import Header, HeaderManager
from silhouette_plan.plan.samplers import HttpArgument, HttpFile, HttpRequest

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("recorded_requests.json").read_text("utf-8"))


def node_of(spec: dict[str, Any], port: int) -> tuple[HttpRequest, HeaderManager]:
    fields = json.loads(json.dumps(spec).replace("PORT", str(port)))
    headers = HeaderManager(headers=tuple(Header(*pair) for pair in fields.pop("headers", ())))
    fields["arguments"] = tuple(HttpArgument(**argument) for argument in fields.get("arguments", ()))
    fields["files"] = tuple(HttpFile(*item) for item in fields.get("files", ()))
    defaults = {"domain": "127.0.0.1", "port": str(port), "path": "/x", "protocol": "http", "connect_timeout": "2000"}
    return HttpRequest(**{**defaults, **fields}), headers


@pytest.mark.parametrize("case", CASES, ids=[case["request"]["name"] for case in CASES])
def test_as_recorded(case: dict[str, Any], target: Any, pump_player: Any, tmp_path: Path) -> None:
    (tmp_path / "up.txt").write_text("hello-up")
    pump_player.folder = tmp_path
    node, headers = node_of(case["request"], target.port)
    (sample,) = pump_player.take(node, configs=(headers,))
    assert (sample.url or "").replace(str(target.port), "PORT") == case["url"]
    if "code" in case:
        assert (sample.code, sample.label) == (case["code"], case["label"])
        assert sample.message.replace(str(target.port), "PORT") == case["message"]
        return
    assert sample.label == case["request"]["name"]
    request = target.received[-1]
    head, body = request.head.decode("latin-1"), request.body.decode("latin-1")
    assert sample.sent == len(request.head) + len(request.body)
    if (mark := re.search(r"boundary=([^\r]+)", head)) is not None:
        head = re.sub(r"(Content-Length: )\d+", r"\1N", head)
        head, body = (text.replace(mark[1], "BOUNDARY") for text in (head, body))
    assert head.replace(str(target.port), "PORT") == case["head"]
    assert body.replace(str(target.port), "PORT") == case["body"]
