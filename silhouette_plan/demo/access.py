"""Who sends a request: tokens that login gave, and what stands in for them."""

from __future__ import annotations

import secrets
from collections import OrderedDict

from silhouette_plan.demo.http import Request
from silhouette_plan.demo.options import DemoOptions

MOST_SESSIONS = 100_000
"""Tokens that are remembered; the oldest goes first, so that a long test does not fill the memory."""

SOMEBODY = 1
"""The user that an unknown token stands for, where any is accepted."""


class Access:
    """Open sessions. With ``auth="any"`` every token and key is good, as the test scripts made theirs up."""

    def __init__(self, options: DemoOptions) -> None:
        self._strict = options.auth == "strict"
        self._api_key = options.api_key
        self._sessions: OrderedDict[str, int] = OrderedDict()

    @property
    def strict(self) -> bool:
        """Whether passwords and tokens are looked at."""
        return self._strict

    def open(self, user: int) -> str:
        """A new token of ``user``."""
        token = secrets.token_urlsafe(24)
        self._sessions[token] = user
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return token

    def close(self, request: Request) -> None:
        """Forgets the token that ``request`` came with."""
        self._sessions.pop(_token(request), None)

    def user_of(self, request: Request) -> int | None:
        """The user who sent ``request``; None where it may not pass."""
        token = _token(request)
        known = self._sessions.get(token)
        if known is not None:
            return known
        key = request.headers.get("x-api-key", "")
        if key and secrets.compare_digest(key.encode(), self._api_key.encode()):
            return SOMEBODY
        return SOMEBODY if (token or key) and not self._strict else None


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
