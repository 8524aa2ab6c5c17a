"""What all handlers share, and how a request finds its handler."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import asyncpg
import msgspec

from silhouette_plan.demo.access import Access
from silhouette_plan.demo.http import Answer, Request, refusal
from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.store import Store
from silhouette_plan.demo.views import BadField

_NUMBER = re.compile(r"/(\d{1,9})(?=/|$)")
_PREFIX = "/api"


class Service:
    """One running API. ``requests`` counts what it answered; ``leaked_bytes`` is told by whoever leaks."""

    def __init__(self, options: DemoOptions, store: Store) -> None:
        self.options = options
        self.store = store
        self.access = Access(options)
        self.started = time.time()
        self.requests = 0
        self.leaked_bytes: Callable[[], int] = lambda: 0


Handle = Callable[[Service, Request], Answer | Awaitable[Answer]]

Routes = Mapping[tuple[str, str], Handle]
"""Handlers by method and path; ``{id}`` stands for a number in the path."""


class Router:
    """Finds the handler of a request and lets it answer. Handlers of ``free`` paths need no token."""

    def __init__(self, service: Service, routes: Routes, free: frozenset[str]) -> None:
        self._service = service
        self._routes = dict(routes)
        self._free = free

    def __call__(self, request: Request) -> Answer | Awaitable[Answer]:
        """The answer to ``request``."""
        service = self._service
        service.requests += 1
        path = request.path.removeprefix(_PREFIX)
        method = "GET" if request.method == "HEAD" else request.method
        handle = self._routes.get((method, path))
        if handle is None:
            number = _NUMBER.search(path)
            if number:
                request.number = int(number[1])
                path = f"{path[: number.start()]}/{{id}}{path[number.end() :]}"
                handle = self._routes.get((method, path))
            if handle is None:
                return self._no_handler(request, path)
        if path not in self._free:
            user = service.access.user_of(request)
            if user is None:
                return refusal(401, "a token or an API key is needed", {"WWW-Authenticate": "Bearer"})
            request.user = user
        try:
            found = handle(service, request)
        except BadField as fault:
            return refusal(400, str(fault))
        return found if isinstance(found, Answer) else _guarded(found)

    def _no_handler(self, request: Request, path: str) -> Answer:
        allowed = sorted(method for method, known in self._routes if known == path)
        if allowed:
            return refusal(405, f"{request.method} is not for {request.path}", {"Allow": ", ".join(allowed)})
        return refusal(404, f"there is no {request.path}")


async def _guarded(coming: Awaitable[Answer]) -> Answer:
    try:
        return await coming
    except BadField as fault:
        return refusal(400, str(fault))
    except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return refusal(503, "the database does not answer", {"Retry-After": "1"})


def fields_of(request: Request) -> dict[str, Any]:
    """The fields of the body, JSON or a form; an empty body has none. Raises ``BadField``."""
    if not request.body.strip():
        return {}
    try:
        found = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        form = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
        if not form:
            raise BadField("the body is neither a JSON object nor a form") from None
        return form
    if not isinstance(found, dict):
        raise BadField("the body is JSON, but no object")
    return found


def text_field(fields: dict[str, Any], name: str, default: str | None = None) -> str:
    """A field that must be text, and may not be empty; raises ``BadField``."""
    value = fields.get(name, default)
    if not isinstance(value, str) or not value.strip():
        raise BadField(f"{name} must be text")
    return value.replace("\0", "")
