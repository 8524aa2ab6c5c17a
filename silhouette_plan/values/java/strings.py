"""Java's ``String``: trimming, hash, length in UTF-16 units, and the text form of values."""

from __future__ import annotations

from silhouette_plan.values.java.numbers import double_text, wrap_int

_BLANKS = "".join(map(chr, range(0x21)))


def trim(text: str) -> str:
    """``String.trim``: without characters up to U+0020 at both ends; other blanks stay."""
    return text.strip(_BLANKS)


def utf16_length(text: str) -> int:
    """``String.length``."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def hash_code(text: str) -> int:
    """``String.hashCode``."""
    units = text.encode("utf-16-le", "surrogatepass")
    total = 0
    for low, high in zip(units[::2], units[1::2], strict=True):
        total = total * 31 + (high << 8 | low) & 0xFFFF_FFFF
    return wrap_int(total)


def text_of(value: object) -> str:
    """``String.valueOf``: ``true``, ``3.0``, ``null``; other objects by Python's ``str``."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return double_text(value) if isinstance(value, float) else str(value)


def is_true(text: str) -> bool:
    """``Boolean.parseBoolean``: ``true`` in any case, untrimmed."""
    return len(text) == 4 and text.lower() == "true"
