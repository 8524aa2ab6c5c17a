"""What goes wrong on purpose: so that each kind of test has something to find."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Awaitable

from silhouette_plan.demo.http import Answer, Handler, Request, refusal
from silhouette_plan.demo.options import DemoOptions

MOST_CLIENTS = 10_000

ALWAYS_WELL = frozenset({"/api/health", "/health"})
"""Paths that are never limited, slowed or failed: probes must tell a fault from a dead service."""


class Faults:
    """Stands before a handler and spoils some of what it does."""

    def __init__(self, options: DemoOptions, handle: Handler) -> None:
        self._options = options
        self._handle = handle
        self._draw = random.Random(options.seed)
        self._limit = RateLimit(options.rate_limit) if options.rate_limit > 0 else None
        self._leaked: list[bytes] = []
        self.leaked_bytes = 0

    def __call__(self, request: Request) -> Answer | Awaitable[Answer]:
        """The answer to ``request``, spoiled or not."""
        if request.path in ALWAYS_WELL:
            return self._handle(request)
        options = self._options
        if options.leak:
            self._leaked.append(bytes(options.leak))
            self.leaked_bytes += options.leak
        wait = self._limit.wait(_client(request)) if self._limit else 0.0
        if wait:
            seconds = math.ceil(wait)
            return refusal(429, "rate limit exceeded", {"Retry-After": str(seconds)}, retryAfter=seconds)
        if options.error_rate and self._draw.random() < options.error_rate:
            return refusal(500, "the service failed")
        found = self._handle(request)
        delay = options.latency + (self._draw.uniform(0, options.latency_spread) if options.latency_spread else 0)
        return _later(found, delay / 1000) if delay else found


class RateLimit:
    """Buckets of tokens, one a client: ``rate`` requests a second, a second's worth at once."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._burst = max(rate, 1.0)
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, client: str, now: float | None = None) -> float:
        """Takes a token; 0 where there was one, else the seconds until there is."""
        now = time.monotonic() if now is None else now
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.clear()
        filled, since = self._buckets.get(client, (self._burst, now))
        filled = min(self._burst, filled + (now - since) * self._rate)
        enough = filled >= 1
        self._buckets[client] = (filled - 1 if enough else filled, now)
        return 0.0 if enough else (1 - filled) / self._rate


def _client(request: Request) -> str:
    headers = request.headers
    return headers.get("authorization") or headers.get("x-api-key") or request.peer


async def _later(found: Answer | Awaitable[Answer], seconds: float) -> Answer:
    await asyncio.sleep(seconds)
    return found if isinstance(found, Answer) else await found
