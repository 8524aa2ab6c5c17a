"""Configuration in scope: defaults, headers, credentials, cache, static hosts; and what is refused."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest

from silhouette_plan.plan.configs import (
    AuthManager,
    Authorization,
    CacheManager,
    DnsCacheManager,
    Header,
    HeaderManager,
    HttpDefaults,
    StaticHost,
)
from silhouette_plan.plan.samplers import HttpArgument


def headers(*pairs: tuple[str, str]) -> HeaderManager:
    return HeaderManager(headers=tuple(Header(*pair) for pair in pairs))


def test_defaults_and_headers_merge_innermost_first(target: Any, pump_player: Any, get: Any) -> None:
    inner = HttpDefaults(path="/innerdef", arguments=(HttpArgument("d", "inner"), HttpArgument("e", "5")))
    outer = HttpDefaults(path="/defpath", arguments=(HttpArgument("d", "9"),), connect_timeout="77")
    configs = (
        headers(("X-Both", "inner"), ("X-Case", "inner")),
        inner,
        headers(("X-Mid", "m"), ("X-Both", "mid")),
        outer,
        headers(("X-Outer", "o"), ("X-Both", "outer"), ("x-case", "outer")),
    )
    pump_player.take(get("", arguments=(HttpArgument("a", "1"),)), configs=configs)
    (request,) = target.received
    assert request.target == "/innerdef?a=1&d=inner&e=5&d=9"
    assert re.findall(rb"\r\n(x-[^\r]*)", request.head, re.IGNORECASE) == [
        b"X-Both: inner",
        b"X-Case: inner",
        b"X-Mid: m",
        b"X-Outer: o",
    ]


def test_a_raw_body_takes_in_the_defaults_arguments(target: Any, pump_player: Any, get: Any) -> None:
    defaults = HttpDefaults(arguments=(HttpArgument("d", "9"),))
    pump_player.take(get(method="POST", body="R"), configs=(defaults,))
    assert target.received[0].body == b"R9"


@pytest.mark.parametrize(
    ("base", "path", "goes"),
    [
        ("http://127.0.0.1:PORT/api", "/users", "/api/users"),
        ("http://127.0.0.1:PORT", "", "/"),
        ("//127.0.0.1:PORT/v1/", "x", "/v1/x"),
    ],
)
def test_the_languages_base(base: str, path: str, goes: str, target: Any, pump_player: Any, get: Any) -> None:
    defaults = HttpDefaults(base=base.replace("PORT", str(target.port)))
    pump_player.take(get(path, domain="", port=""), configs=(defaults,))
    assert target.received[0].target == goes


def test_live_texts_are_rendered_for_each_sample(target: Any, pump_player: Any, get: Any) -> None:
    async def script(user: Any) -> None:
        node = get("/${v}", name="n ${v}", arguments=(HttpArgument("q", "${v} é", encode=True),))
        take = pump_player.build(node, (headers(("X-V", "${v}")),))
        for user.variables["v"] in ("one", "two"):
            assert (await take(user)).label == f"n {user.variables['v']}"

    pump_player.script(script)
    assert [request.target for request in target.received] == ["/one?q=one+%C3%A9", "/two?q=two+%C3%A9"]
    assert [request.header("X-V") for request in target.received] == ["one", "two"]


def test_json_bodies_get_their_type(target: Any, pump_player: Any, get: Any) -> None:
    node = get(method="POST", body="{}", json_body=True)
    pump_player.take(node)
    pump_player.take(node, configs=(headers(("content-type", "text/x")),))
    assert [request.header("Content-Type") for request in target.received] == ["application/json", "text/x"]


def test_what_a_sample_shows(target: Any, pump_player: Any, get: Any) -> None:
    shown, bare = (
        pump_player.take(get(method="POST", body="zz"))[0],
        pump_player.take(get(), reads_headers=False, reads_request=False, reads_body=False)[0],
    )
    assert shown.response_headers == "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 2\n"
    assert shown.request_headers.startswith("Connection: keep-alive\nContent-Length: 2\nContent-Type: text/plain\n")
    assert shown.sampler_data == f"POST http://127.0.0.1:{target.port}/x\n\nPOST data:\nzz\n\n[no cookies]\n"
    assert (shown.content_type, shown.data_type, shown.headers_size, shown.body_size) == ("text/plain", "text", 64, 2)
    assert (bare.response_headers, bare.request_headers, bare.body) == ("", "", b"")
    assert (bare.code, bare.data_type, bare.received) == ("200", "text", 66)


@pytest.mark.parametrize(
    ("kind", "data_type", "encoding"),
    [
        ("image/png", "bin", ""),
        ("image/svg+xml", "text", ""),
        ('text/html; charset="utf-8"; x=1', "text", "utf-8"),
        ("application/octet-stream", "text", ""),
        ("", "", ""),
    ],
)
def test_media(kind: str, data_type: str, encoding: str, target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/x"] = [steps.response(b"\xc3\xa9", headers=[f"Content-Type: {kind}"] if kind else [])]
    (sample,) = pump_player.take(get())
    assert (sample.data_type, sample.encoding) == (data_type, encoding)
    assert sample.text == ("é" if encoding else "Ã©")


def credentials(target: Any, mechanism: str, realm: str = "", path: str = "/") -> AuthManager:
    url = f"http://127.0.0.1:{target.port}{path}"
    return AuthManager(entries=(Authorization(url, "u", "p", realm=realm, mechanism=mechanism),))


def test_basic_goes_ahead_where_the_url_fits(target: Any, pump_player: Any, get: Any) -> None:
    configs = (credentials(target, "BASIC", path="/in"),)
    pump_player.take(get("/in/x"), get("/out"), configs=configs)
    pump_player.take(get("/in/x"), configs=(headers(("Authorization", "Bearer t")), *configs))
    assert [request.header("Authorization") for request in target.received] == ["Basic dTpw", None, "Bearer t"]


def test_wrong_basic_stays_a_failed_sample(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/x"] = [steps.response(b"out", "401 Unauthorized", ['WWW-Authenticate: Basic realm="r"'])]
    (sample,) = pump_player.take(get(), configs=(credentials(target, "BASIC"),))
    assert (sample.code, sample.message, sample.success) == ("401", "Unauthorized", False)
    assert len(target.received) == 1


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256"])
@pytest.mark.parametrize("mechanism", ["DIGEST", "BASIC"])
def test_digest_answers_the_challenge(
    algorithm: str, mechanism: str, target: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    challenge = f'WWW-Authenticate: Digest realm="r", qop="auth", nonce="abc", opaque="xyz", algorithm={algorithm}'

    def digest(text: str) -> str:
        return hashlib.new("sha256" if algorithm == "SHA-256" else "md5", text.encode()).hexdigest()

    def answer(request: Any) -> list[bytes]:
        given = dict(re.findall(r'(\w+)="?([^",]*)', request.header("Authorization") or ""))
        secret = digest("u:r:p")
        if algorithm == "MD5-sess":
            secret = digest(f"{secret}:abc:{given.get('cnonce')}")
        expected = digest(f"{secret}:abc:00000001:{given.get('cnonce')}:auth:{digest('POST:/x?y=1')}")
        if given.get("response") == expected and given["opaque"] == "xyz":
            return [steps.response(b"in")]
        return [steps.response(b"out", "401 Unauthorized", [challenge])]

    target.answers["/x"] = answer
    node = get("/x?y=1", method="POST", body="zz")
    (sample,) = pump_player.take(node, configs=(credentials(target, mechanism, realm="r"),))
    assert (sample.code, sample.body) == ("200", b"in")
    assert len(target.received) == 2
    assert sample.sent == len(target.received[1].head) + 2
    assert target.received[1].header("Authorization").startswith('Digest username="u", realm="r", nonce="abc", uri=')


def test_a_foreign_realm_is_not_answered(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/x"] = [steps.response(b"", "401 U", ['WWW-Authenticate: Digest realm="other", nonce="n"'])]
    (sample,) = pump_player.take(get(), configs=(credentials(target, "DIGEST", realm="r"),))
    assert (sample.code, len(target.received)) == ("401", 1)


def test_the_outermost_credentials_win(target: Any, pump_player: Any, get: Any) -> None:
    url = f"http://127.0.0.1:{target.port}/"
    inner = AuthManager(entries=(Authorization(url, "i", "i"),))
    outer = AuthManager(entries=(Authorization(url, "o", "o"),))
    pump_player.take(get(), configs=(inner, outer))
    assert target.received[0].header("Authorization") == "Basic bzpv"


def test_a_fresh_resource_makes_no_sample(target: Any, pump_player: Any, get: Any, steps: Any) -> None:
    target.answers["/x"] = [steps.response(b"c", headers=["Cache-Control: max-age=60", 'ETag: "e1"'])]
    manager = CacheManager()
    post = get(method="POST")
    first, second, posted = pump_player.take(get(), get(), post, configs=(manager,))
    assert first.code == posted.code == "200"
    assert second is None
    assert [request.header("If-None-Match") for request in target.received] == [None, '"e1"']


@pytest.mark.parametrize(
    ("properties", "code", "message"),
    [
        ({"cache_manager.cached_resource_mode": "RETURN_200_CACHE"}, "200", "(ex cache)"),
        (
            {
                "cache_manager.cached_resource_mode": "RETURN_CUSTOM_STATUS",
                "RETURN_CUSTOM_STATUS.code": "299",
                "RETURN_CUSTOM_STATUS.message": "mine",
            },
            "299",
            "mine",
        ),
    ],
)
def test_cached_resource_modes(
    properties: dict[str, str], code: str, message: str, target: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    target.answers["/x"] = [steps.response(headers=["Cache-Control: max-age=60"])]
    pump_player.properties.update(properties)
    _, sample = pump_player.take(get(), get(), configs=(CacheManager(),))
    assert (sample.code, sample.message, sample.success) == (code, message, True)
    assert len(target.received) == 1


@pytest.mark.parametrize(
    ("fields", "use_expires"),
    [
        (["Cache-Control: no-cache", 'ETag: "e"'], True),
        (["Expires: Thu, 01 Jan 1990 00:00:00 GMT", 'ETag: "e"'], True),
        (["Cache-Control: max-age=60", 'ETag: "e"'], False),
        (["Vary: X-A", "Cache-Control: no-cache", 'ETag: "e"'], True),
    ],
)
def test_what_must_be_asked_for_again(
    fields: list[str], use_expires: bool, target: Any, pump_player: Any, get: Any, steps: Any
) -> None:
    def answer(request: Any) -> list[bytes]:
        return [
            b"HTTP/1.1 304 Not Modified\r\n\r\n"
            if request.header("If-None-Match")
            else steps.response(b"c", headers=fields)
        ]

    target.answers["/x"] = answer
    first, second = pump_player.take(get(), get(), configs=(CacheManager(use_expires=use_expires),))
    assert (first.code, second.code, second.success, second.latency) == ("200", "304", True, 0)


def test_static_hosts(target: Any, pump_player: Any, get: Any) -> None:
    dns = DnsCacheManager(custom_resolver=True, hosts=(StaticHost("my.app", "127.0.0.1"),))
    (sample,) = pump_player.take(get(domain="my.app"), configs=(dns,))
    assert sample.success
    assert target.received[0].header("Host") == f"my.app:{target.port}"


@pytest.mark.parametrize(
    ("fields", "configs", "code"),
    [
        ({"proxy_host": "p"}, (), "HT001"),
        ({"implementation": "http2"}, (), "HT002"),
        ({"implementation": "Java"}, (), "HT003"),
        ({}, (AuthManager(entries=(Authorization("http://x", mechanism="KERBEROS"),)),), "HT005"),
        ({}, (DnsCacheManager(custom_resolver=True, servers=("8.8.8.8",)),), "HT006"),
        ({"protocol": "file"}, (), "HT007"),
        ({}, (headers(("Accept-Encoding", "gzip, deflate, br")),), "HT008"),
    ],
)
def test_what_is_refused(fields: dict[str, str], configs: Any, code: str, pump_player: Any, get: Any) -> None:
    pump_player.build(get(**fields), configs)
    assert [found.code for found in pump_player.compiler.found] == [code]
