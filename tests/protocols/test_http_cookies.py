"""Cookies as JMeter 5.5 was seen to keep and send them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.plan.configs import Cookie, CookieManager, Header, HeaderManager
from silhouette_plan.protocols.http.cookies import read_cookie
from silhouette_plan.protocols.http.tables import DATA
from silhouette_plan.protocols.http.url import parse


@pytest.fixture
def sets(target: Any, steps: Any) -> None:
    """``/setc/a/b?c=…&c=…`` sets each ``c`` as a cookie."""

    def answer(request: Any) -> list[bytes]:
        fields = [f"Set-Cookie: {value}" for _, value in parse_qsl(request.target.partition("?")[2])]
        return [steps.response(headers=fields)]

    target.answers["/setc/a/b"] = answer


def setting(*cookies: str) -> str:
    return "/setc/a/b?" + urlencode([("c", cookie) for cookie in cookies])


def sent(target: Any, path: str) -> list[str | None]:
    return [request.header("Cookie") for request in target.received if request.path == path]


STANDARD = (
    "a=1",
    "b=2; Path=/",
    "c=3; Path=/other",
    "d=4; Path=/setc",
    "e=5; Domain=127.0.0.1",
    "f=6; Domain=evil.com",
    "g=7; Max-Age=0",
    "h=8; Max-Age=100",
    "i=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    "j=10; Secure",
    'k="q v"; HttpOnly; SameSite=Lax',
    "l=",
    "m=1; Path=/setc/a/b",
    "n; Path=/",
)


@pytest.mark.usefixtures("sets")
def test_standard_policy(target: Any, pump_player: Any, get: Any) -> None:
    manager = CookieManager()
    pump_player.take(
        get(setting(*STANDARD)),
        get("/setc/a/show"),
        get("/"),
        get("/other/x"),
        get(setting("a=override", "b=2b; Path=/", "z=1, y=2")),
        get("/setc/a/then"),
        configs=(manager,),
    )
    assert sent(target, "/setc/a/show") == ['a=1; e=5; g=7; h=8; i=9; k="q v"; d=4; b=2']
    assert sent(target, "/") == ["b=2"]
    assert sent(target, "/other/x") == ["c=3; b=2"]
    assert sent(target, "/setc/a/b") == [None, 'm=1; a=1; e=5; g=7; h=8; i=9; k="q v"; d=4; b=2']
    assert sent(target, "/setc/a/then") == ['e=5; g=7; h=8; i=9; k="q v"; a=override; z="1, y=2"; d=4; b=2b']


NETSCAPE = (
    "a=1",
    "b=2; Path=/",
    'k="q v"',
    "m=1; expires=Wed, 09-Jun-2055 10:18:14 GMT",
    "n=1; expires=Wed, 09 Jun 2055 10:18:14 GMT; Path=/",
    "o=1; Max-Age=5; Path=/",
)
POLICIES = {
    "netscape": (NETSCAPE, 'a=1; b=2; k="q v"; m=1; o=1'),
    "ignoreCookies": (("a=1; Path=/",), None),
    "best-match": (("a=1; Path=/", 'b="2"; Version=1; Path=/'), "a=1; b=2"),
    "compatibility": (("a=1; Path=/", 'b="2"; Version=1; Path=/'), "a=1; b=2"),
    "default": (("a=1; Path=/", 'b="2"; Version=1; Path=/', "c=3; Max-Age=100; Path=/"), "a=1; b=2; c=3"),
}


@pytest.mark.usefixtures("sets")
@pytest.mark.parametrize("policy", POLICIES)
def test_other_policies(policy: str, target: Any, pump_player: Any, get: Any) -> None:
    cookies, expected = POLICIES[policy]
    pump_player.take(get(setting(*cookies)), get("/setc/a/x"), configs=(CookieManager(policy=policy),))
    assert sent(target, "/setc/a/x") == [expected]


@pytest.mark.parametrize("policy", ["rfc2109", "rfc2965"])
def test_policies_that_are_refused(policy: str, pump_player: Any, get: Any) -> None:
    pump_player.build(get(), (CookieManager(policy=policy),))
    assert [found.code for found in pump_player.compiler.found] == ["HT004"]


@pytest.mark.usefixtures("sets")
def test_without_a_manager_cookies_are_not_kept(target: Any, pump_player: Any, get: Any) -> None:
    pump_player.take(get(setting("a=1; Path=/")), get("/x"))
    assert sent(target, "/x") == [None]


@pytest.mark.usefixtures("sets")
def test_the_managers_cookies_replace_a_header(target: Any, pump_player: Any, get: Any) -> None:
    configs = (CookieManager(), HeaderManager(headers=(Header("Cookie", "own=1"),)))
    samples = pump_player.take(get(), get(setting("a=1; Path=/")), get(), configs=configs)
    assert sent(target, "/x") == ["own=1", "a=1"]
    assert samples[-1].sampler_data.endswith("\nCookie Data:\na=1\n")
    assert "Cookie" not in samples[-1].request_headers


def test_cookies_of_the_plan_may_be_live(target: Any, pump_player: Any, get: Any) -> None:
    cookies = (
        Cookie("s", "${v}", "127.0.0.1", "/"),
        Cookie("t", "2", "", "/"),
        Cookie("u", "3", "example.com", "/"),
    )
    pump_player.variables["v"] = "live"
    pump_player.take(get(), configs=(CookieManager(cookies=cookies),))
    assert sent(target, "/x") == ["s=live"]


@pytest.mark.usefixtures("sets")
@pytest.mark.parametrize(
    ("clear", "controlled", "same", "kept"),
    [
        (False, False, "false", True),
        (True, False, "true", False),
        (True, True, "true", True),
        (False, True, "false", False),
    ],
)
def test_a_new_iteration_forgets(
    clear: bool, controlled: bool, same: str, kept: bool, target: Any, pump_player: Any, get: Any
) -> None:
    manager = CookieManager(clear_each_iteration=clear, controlled_by_group=controlled)

    async def script(user: Any) -> None:
        user.variables["__jmv_SAME_USER"] = same
        for path in (setting("a=1; Path=/"), "/x"):
            await pump_player.build(get(path), (manager,))(user)
            advance = DATA[CookieManager](manager, pump_player.compiler).advance
            if advance is not None:
                advance(user)

    pump_player.script(script)
    assert sent(target, "/x") == ["a=1" if kept else None]


@pytest.mark.usefixtures("sets")
def test_cookies_as_variables(pump_player: Any, get: Any) -> None:
    pump_player.properties["CookieManager.save.cookies"] = "true"
    seen = {}

    async def script(user: Any) -> None:
        await pump_player.build(get(setting("a=1")), (CookieManager(),))(user)
        seen.update(user.variables)

    pump_player.script(script)
    assert seen["COOKIE_a"] == "1"


URL = parse("http://www.example.com/a/b")


@settings(max_examples=200)
@given(field=st.text(max_size=80), policy=st.sampled_from(["standard", "netscape", "default"]))
def test_any_field_is_read(field: str, policy: str) -> None:
    cookie = read_cookie(field, URL, 1_000_000, policy)
    assert cookie is None or cookie.name


@pytest.mark.parametrize(
    ("field", "host", "path", "goes"),
    [
        ("a=1; Domain=example.com", "http://example.com", "/a/x", True),
        ("a=1; Domain=.example.com", "http://other.example.com", "/a/x", True),
        ("a=1", "http://other.www.example.com", "/a/x", False),
        ("a=1", "http://www.example.com", "/ab", False),
        ("a=1", "https://www.example.com", "/a", True),
        ("a=1; Secure; Path=/", "http://www.example.com", "/", False),
        ("a=1; Secure; Path=/", "https://www.example.com", "/", True),
        ("a=1; Path=/x/", "http://www.example.com", "/x", True),
    ],
)
def test_where_a_cookie_goes(field: str, host: str, path: str, goes: bool) -> None:
    cookie = read_cookie(field, URL, 0, "standard")
    assert cookie is not None
    assert cookie.matches(parse(host + path)) is goes
