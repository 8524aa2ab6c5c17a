"""How text lies on a terminal."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def display_width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """``text`` with ``·`` for every character that would steer the terminal instead of showing."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)
