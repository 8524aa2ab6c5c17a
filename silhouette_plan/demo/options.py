"""How the demo target is to behave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """Options of the demo target; each fault gives one kind of test something to find.

    ``port`` 0 takes a free one. ``auth`` is ``"any"`` (any bearer token or API key) or ``"strict"`` (only tokens that
    login gave and ``api_key``). ``dsn`` names a database of one's own in place of the embedded one; ``database_port``
    has the embedded one listen on TCP, too. ``rate_limit`` is requests a second of one client, in bursts of a second's
    worth (0: none); ``latency`` and ``latency_spread`` are ms added to each answer, ``error_rate`` the share (0 to 1) of
    requests answered 500, ``leak`` bytes kept for ever of each request.
    """

    host: str = "127.0.0.1"
    port: int = 0
    auth: str = "any"
    api_key: str = "test-api-key"
    dsn: str = ""
    database_port: int = 0
    rate_limit: float = 0.0
    latency: float = 0.0
    latency_spread: float = 0.0
    error_rate: float = 0.0
    leak: int = 0
    seed: int = 0


class DemoError(Exception):
    """The demo target cannot do its work; ``hint`` says how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
