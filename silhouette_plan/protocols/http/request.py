"""A request, rendered: the bytes that go out and what JMeter shows of them.

The order of the header fields is HttpClient's: ``Connection``, the plan's own, those of the cache, ``Cookie``, those of the
body, ``Host``, ``User-Agent``, ``Authorization``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from silhouette_plan.protocols.http.body import Body
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.url import Url

USER_AGENT = "Apache-HttpClient/4.5.14 (Java/17.0.15)"
"""What JMeter 5.5 calls itself where the plan does not say."""

WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}
"""Methods whose requests have no entity (but for a GET with a raw body or a file)."""

METHOD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What HttpClient takes for a method."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to one URL. ``before`` and ``after`` are the header fields that stand before and after what cookies,
    cache and credentials add; ``close``: the connection must not be used again; ``headers`` are the plan's alone,
    ``plain`` the bytes of a request to which nothing is added;
    ``bodiless``: its answer has no body, whatever the head says."""

    url: Url
    method: str
    headers: Headers
    before: Headers
    after: Headers
    body: Body | None
    close: bool
    keep_alive: bool
    bodiless: bool = field(init=False)
    plain: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bodiless", self.method == "HEAD")
        object.__setattr__(self, "plain", self.bytes())

    def to(self, url: Url, method: str, body: Body | None = None) -> Request:
        """The plan's request turned to another URL: its header fields stay, all else is new."""
        return build_request(url, method, self.headers, body, keep_alive=self.keep_alive)

    def fields(self, cookie: str = "", added: Headers = (), authorization: str = "") -> Headers:
        """All header fields in order, with a Cookie, those that the cache ``added``, and credentials."""
        before = self.before
        if added:
            names = {name.lower() for name, _ in added}
            before = (*(pair for pair in before if pair[0].lower() not in names), *added)
        if cookie:
            before = (*(pair for pair in before if pair[0].lower() != "cookie"), ("Cookie", cookie))
        return (*before, *self.after, *((("Authorization", authorization),) if authorization else ()))

    def bytes(self, cookie: str = "", added: Headers = (), authorization: str = "") -> bytes:
        """The whole request as it goes out."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.fields(cookie, added, authorization))
        head = f"{self.method} {self.url.target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1", "replace")
        return head + self.body.data if self.body is not None else head

    def has(self, name: str) -> bool:
        """Whether the plan sets the field ``name`` (in lower case)."""
        return any(key.lower() == name for key, _ in self.before)


def build_request(
    url: Url, method: str, headers: Headers, body: Body | None, *, keep_alive: bool, json_body: bool = False
) -> Request:
    """The request for ``url``. ``headers`` are the plan's; ``json_body`` gives a body its type where they give none.

    Raises ``HttpFault`` for a method or a field that HttpClient refuses.
    """
    if not METHOD.fullmatch(method):
        raise HttpFault("java.lang.IllegalArgumentException", f"Unexpected method: '{method}'")
    before: list[tuple[str, str]] = [("Connection", "keep-alive" if keep_alive else "close")]
    for name, value in headers:
        if name.lower() == "content-length":
            continue
        if name.lower() == "host":
            name, value = "Host", _host(value, url)
        before.append((name, re.sub(r"[\r\n]", " ", value)))
    after: list[tuple[str, str]] = []
    if body is not None:
        _entity_fields(before, after, body, json_body=json_body)
    names = {name.lower() for name, _ in before}
    if "host" not in names:
        after.append(("Host", url.origin.authority))
    if "user-agent" not in names:
        after.append(("User-Agent", USER_AGENT))
    close = any(name.lower() == "connection" and value.lower() == "close" for name, value in before)
    return Request(url, method, headers, tuple(before), tuple(after), body, close, keep_alive)


def _entity_fields(before: list[tuple[str, str]], after: list[tuple[str, str]], body: Body, *, json_body: bool) -> None:
    names = {name.lower() for name, _ in before}
    if "transfer-encoding" in names:
        raise HttpFault("org.apache.http.client.ClientProtocolException")
    if body.overrules:
        before[:] = [pair for pair in before if pair[0].lower() != "content-type"]
        names.discard("content-type")
    kind = "application/json" if json_body else body.content_type
    length = ("Content-Length", str(len(body.data)))
    if kind is None or "content-type" in names:
        after.append(length)
    elif body.early or json_body:
        after.extend((("Content-Type", kind), length))
    else:
        after.extend((length, ("Content-Type", kind)))


def _host(value: str, url: Url) -> str:
    """The plan's Host field with the right port: its own, else the URL's, none where that is the default."""
    match = re.search(r":(\d+)$", value)
    port = int(match[1]) if match else url.port
    bare = re.sub(r":\d+$", "", value)
    return bare if port is None or port == {"http": 80, "https": 443}.get(url.scheme) else f"{bare}:{port}"
