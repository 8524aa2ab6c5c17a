"""Masks values that must not be shown, wherever results are written or told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html import escape

MASK = "***"

SHORTEST = 4
"""Values shorter than this are not masked: they would shred all text, and cannot be kept secret by it."""

Mask = Callable[[str], str]


def nothing_secret(text: str) -> str:
    """The mask of a run without secrets: ``text`` itself."""
    return text


def masking(secrets: Iterable[str]) -> Mask:
    """A function that puts ``***`` for every secret in a text, as it stands or encoded for a URL, for JSON or for HTML.

    In Basic credentials, where a secret cannot be told from its surroundings, all of them are masked.
    """
    hidden = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
    if not hidden:
        return nothing_secret
    patterns = ["".join(map(_any_form, secret)) for secret in hidden]
    pattern = re.compile("|".join([*patterns, _BASIC]))
    return lambda text: pattern.sub(MASK, text)


_BASIC = r"(?<=Authorization: Basic )\S+"


def _any_form(character: str) -> str:
    """A pattern of the character in each of its forms: who encodes a text does not encode every character of it."""
    if character.isascii() and character.isalnum():
        return character
    data = character.encode("utf-8", "surrogatepass")
    forms = {
        character,
        json.dumps(character)[1:-1],
        escape(character),
        data.decode("latin-1"),  # UTF-8 read as what an answer that names no encoding is taken for
        "+" if character == " " else character,
    }
    in_url = "".join(f"%{byte:02X}" for byte in data)
    # The longest first: a percent sign at the end must not leave the rest of its own form behind.
    return f"(?:(?i:{in_url})|{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"
