"""The terminal's colours (ECMA-48 *select graphic rendition*)."""

from __future__ import annotations

BOLD = "\x1b[1m"
DIM = "\x1b[2m"
RED = "\x1b[31m"
GREEN = "\x1b[32m"
YELLOW = "\x1b[33m"
PLAIN = "\x1b[0m"


def painted(text: str, colour: str) -> str:
    """``text`` in ``colour``, or as it is where that is empty."""
    return f"{colour}{text}{PLAIN}" if colour else text
