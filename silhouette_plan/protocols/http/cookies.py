"""Cookies as HttpClient's specifications of JMeter's Cookie Manager keep them (``HC4CookieHandler``).

Three families: *standard* (RFC 6265, relaxed, JMeter's default, and strict), *netscape* (and *default*, *best-match*,
*compatibility*, which read it leniently) and *ignoreCookies*. A cookie replaces one of the same name, domain and path; an
empty value removes it (unless ``CookieManager.delete_null_cookies`` is false); all that match go out in one field.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from silhouette_plan.protocols.http.url import Url
from silhouette_plan.protocols.transport.resolve import literal
from silhouette_plan.values.user import User

STRICT = "standard-strict"
STANDARD = ("standard", STRICT)
NETSCAPE = ("netscape", "default", "best-match", "compatibility")
IGNORE = "ignorecookies"

_PAIR = re.compile(r'\s*([^=;]*?)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^;]*?)\s*)?(?:;|$)')
_SPECIAL = re.compile(r'[ ",;\\]')
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr)}
_DATE = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{2,4})\D+(\d{1,2}):(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class StoredCookie:
    """A cookie in a jar. ``expires`` in ms since 1970, 0 at the end of the session; ``shared``: for the whole domain."""

    name: str
    value: str
    domain: str
    path: str
    secure: bool = False
    expires: int = 0
    shared: bool = True

    def matches(self, url: Url) -> bool:
        """Whether it goes to ``url``."""
        if self.secure and url.scheme != "https":
            return False
        host = url.host.lower()
        return (host == self.domain or (self.shared and _in_domain(host, self.domain))) and _below(url.path, self.path)

    def same(self, other: StoredCookie) -> bool:
        """Whether ``other`` takes its place."""
        return (self.name, self.domain, self.path) == (other.name, other.domain, other.path)


Entry = StoredCookie | Callable[[User], StoredCookie]
"""A cookie, or one of the plan's that holds live text and is rendered at each use."""


class Jar:
    """The cookies of one user under one Cookie Manager."""

    __slots__ = ("_entries", "_keeps_empty", "_policy", "_user", "prefix")

    def __init__(
        self, user: User, policy: str, initial: Iterable[Entry], prefix: str | None, *, keeps_empty: bool = False
    ) -> None:
        self._user = user
        self._policy = policy
        self._entries: list[Entry] = list(initial)
        self.prefix = prefix
        self._keeps_empty = keeps_empty

    def cookies(self) -> list[StoredCookie]:
        """All cookies, in the order in which they came."""
        return [entry if isinstance(entry, StoredCookie) else entry(self._user) for entry in self._entries]

    def header(self, url: Url) -> str:
        """The Cookie field for ``url``, or empty."""
        if not self._entries or self._policy == IGNORE:
            return ""
        found = [cookie for cookie in self.cookies() if cookie.matches(url)]
        if self._policy in NETSCAPE:
            return "; ".join(f"{cookie.name}={cookie.value}" for cookie in found)
        found.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={_quoted(cookie.value)}" for cookie in found)

    def store(self, fields: Iterable[str], url: Url, now: int) -> None:
        """Takes in the Set-Cookie ``fields`` of a response from ``url`` at ``now`` (ms since 1970)."""
        for field in fields:
            cookie = None if self._policy == IGNORE else read_cookie(field, url, now, self._policy)
            if cookie is not None:
                self._put(cookie, now)

    def _put(self, cookie: StoredCookie, now: int) -> None:
        self._entries = [
            entry
            for entry in self._entries
            if not cookie.same(entry if isinstance(entry, StoredCookie) else entry(self._user))
        ]
        if (cookie.value or self._keeps_empty) and (cookie.expires == 0 or cookie.expires // 1000 >= now // 1000):
            self._entries.append(cookie)
            if self.prefix is not None:
                self._user.variables[self.prefix + cookie.name] = cookie.value


def read_cookie(field: str, url: Url, now: int, policy: str) -> StoredCookie | None:
    """The cookie of a Set-Cookie ``field``, or None where the policy rejects it."""
    (name, value), *attributes = _pairs(field)
    found = {key.lower(): text for key, text in attributes}
    netscape = policy in NETSCAPE
    if not name or (netscape and "expires" in found and "-" not in found["expires"]):
        return None
    if not netscape and found.get("expires") and _DATE.search(found["expires"]) is None:
        return None
    if policy == STRICT and "max-age" in found and not found["max-age"].isdigit():
        return None
    domain = found.get("domain", "").lstrip(".").lower()
    host = url.host.lower()
    if domain and host != domain and not _in_domain(host, domain):
        return None
    if not netscape or "version" in found:
        value = _unquoted(value)
    path = (found.get("path", "").strip() or "/") if "path" in found else _directory(url.path)
    expires = _expiry(found, now, ages=not netscape or "version" in found)
    return StoredCookie(name, value, domain or host, path, "secure" in found, expires, bool(domain))


def _pairs(field: str) -> list[tuple[str, str]]:
    return [(match[1], match[2] or "") for match in _PAIR.finditer(field) if match[0]] or [("", "")]


def _expiry(found: dict[str, str], now: int, *, ages: bool) -> int:
    """Ms since 1970; 0: with the session (so does JMeter read the year 1970); 1: at once."""
    age = found.get("max-age", "")
    if ages and re.fullmatch(r"-?\d+", age):
        return now + int(age) * 1000 if int(age) >= 0 else 1
    match = _DATE.search(found.get("expires", ""))
    month = _MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return 0
    year = int(match[3])
    year += 0 if year >= 100 else 1900 if year >= 70 else 2000
    try:
        return calendar.timegm((year, month, int(match[1]), int(match[4]), int(match[5]), int(match[6]))) * 1000
    except (ValueError, OverflowError):
        return 0


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return re.sub(r"\s+", " ", value)


def _quoted(value: str) -> str:
    if _SPECIAL.search(value) is None:
        return value
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def _directory(path: str) -> str:
    cut = path.rfind("/")
    return path[: max(cut, 1)] if cut >= 0 else "/"


def _in_domain(host: str, domain: str) -> bool:
    return bool(domain) and host.endswith(f".{domain}") and (literal(host) is None or host == "localhost")


def _below(path: str, base: str) -> bool:
    base = base[:-1] if len(base) > 1 and base.endswith("/") else base or "/"
    path = path or "/"
    return base == "/" or path == base or path.startswith(f"{base}/")
