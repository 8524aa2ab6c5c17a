"""The HTTP Cache Manager: what a user's cache knows of URLs (``CacheManager``), no bodies.

A GET within its lifetime is not sent; any other request to a known URL carries ``If-Modified-Since`` and ``If-None-Match``.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from silhouette_plan.protocols.http.head import Head
from silhouette_plan.protocols.http.request import Headers, Request

_YEAR_MS = 365 * 24 * 3600 * 1000
_EXPIRED = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a URL. ``expires`` in ms since 1970, None: must be asked for; ``vary``: names on which it depends."""

    last_modified: str | None
    etag: str | None
    expires: int | None
    vary: str | None = None


class Cache:
    """The cache of one user under one Cache Manager; ``size`` entries at most, the least recently used go first."""

    __slots__ = ("_entries", "_size", "_use_expires")

    def __init__(self, size: int, *, use_expires: bool) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._size = size
        self._use_expires = use_expires

    def fresh(self, request: Request, now: int) -> bool:
        """Whether ``request`` need not be sent at ``now`` (ms since 1970)."""
        if request.method != "GET":
            return False
        entry = self._find(request)
        return entry is not None and entry.expires is not None and entry.expires > now

    def conditions(self, request: Request) -> Headers:
        """The fields that make ``request`` conditional."""
        entry = self._find(request)
        if entry is None:
            return ()
        pairs = (("If-Modified-Since", entry.last_modified), ("If-None-Match", entry.etag))
        return tuple((name, value) for name, value in pairs if value is not None)

    def save(self, request: Request, head: Head, now: int) -> None:
        """Takes in what a response says of its lifetime."""
        vary = head.last("vary")
        if request.method != "GET" or vary == "*" or not (200 <= head.status < 300 or head.status == 304):
            return
        control = head.last("cache-control")
        last_modified, etag, expires = head.last("last-modified"), head.last("etag"), head.last("expires")
        if not any((control, last_modified, etag, expires)):
            return
        if self._use_expires and control is not None and "no-store" in control:
            return
        until = _expiry(head, control, expires, last_modified, now) if self._use_expires else None
        url = request.url.text
        if vary is not None:
            self._put(url, Entry(last_modified, etag, until, vary))
            self._put(_variant(url, vary, request), Entry(last_modified, etag, until))
        elif url not in self._entries:
            self._put(url, Entry(last_modified, etag, until))

    def _find(self, request: Request) -> Entry | None:
        entry = self._entries.get(request.url.text)
        if entry is not None and entry.vary is not None:
            entry = self._entries.get(_variant(request.url.text, entry.vary, request))
        return entry

    def _put(self, key: str, entry: Entry) -> None:
        self._entries[key] = entry
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)


def _variant(url: str, vary: str, request: Request) -> str:
    names = sorted({name.strip().lower() for name in vary.split(",")})
    values = [[value for key, value in request.fields() if key.lower() == name] for name in names]
    return f"vary {names} {values} {url}"


def _expiry(head: Head, control: str | None, expires: str | None, last_modified: str | None, now: int) -> int | None:
    until = _date(expires, _EXPIRED) if expires is not None else None
    if control is not None and "no-cache" in control:
        return until
    if control is not None and (match := re.search(r"max-age=(\d+)", control)):
        return now + int(match[1]) * 1000
    if expires is not None:
        return until
    date = head.last("date")
    if last_modified and date:
        answered, changed = _date(date, None), _date(last_modified, None)
        if answered is not None and changed is not None:
            return now + round((answered - changed) * 0.1)
    return now + _YEAR_MS


def _date(text: str, default: int | None) -> int | None:
    try:
        return int(parsedate_to_datetime(text).timestamp() * 1000)
    except (ValueError, TypeError):
        return default
