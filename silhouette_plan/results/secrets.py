"""Masks values that must not be shown, wherever results are written or told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, quote_plus

MASK = "***"

SHORTEST = 4
"""Values shorter than this are not masked: they would shred all text, and cannot be kept secret by it."""

Mask = Callable[[str], str]


def nothing_secret(text: str) -> str:
    """The mask of a run without secrets: ``text`` itself."""
    return text


def masking(secrets: Iterable[str]) -> Mask:
    """A function that puts ``***`` for every secret in a text, as it stands or encoded for a URL or for JSON."""
    forms = {form for secret in secrets if len(secret) >= SHORTEST for form in _forms(secret)}
    if not forms:
        return nothing_secret
    pattern = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))
    return lambda text: pattern.sub(MASK, text)


def _forms(secret: str) -> tuple[str, ...]:
    return (secret, quote(secret, safe=""), quote(secret), quote_plus(secret), json.dumps(secret)[1:-1])
