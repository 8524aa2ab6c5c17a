"""How text lies on a terminal."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def display_width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """``text`` with blanks behind it, to fill ``width`` columns."""
    return text + " " * (width - display_width(text))


def printable(text: str) -> str:
    """``text`` with ``·`` for every character that would steer the terminal instead of showing."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)


def shortened(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, its middle replaced by ``…``; line breaks and other controls shown as ``·``."""
    text = printable(text)
    if display_width(text) <= width:
        return text
    head, tail = text, ""
    while display_width(head) + 1 + display_width(tail) > width and head:
        head = head[:-1]
        if display_width(tail) < (width - 1) // 3:
            tail = text[len(text) - len(tail) - 1 :]
    return head + "…" + tail
