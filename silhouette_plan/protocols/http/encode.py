"""Percent-encoding of queries and forms, as Java's ``URLEncoder`` and HttpClient's form entity do it alike."""

from __future__ import annotations

import codecs
from urllib.parse import quote_plus, unquote_plus

from silhouette_plan.protocols.http.faults import HttpFault


def charset(name: str, default: str) -> str:
    """The codec for a charset of the plan; ``default`` where it is empty. Raises ``HttpFault`` where it is unknown."""
    try:
        return codecs.lookup(name or default).name
    except LookupError:
        raise HttpFault("java.nio.charset.UnsupportedCharsetException", name) from None


def encode(text: str, codec: str) -> str:
    """``text`` as ``application/x-www-form-urlencoded``: letters, digits and ``.-*_`` stay, a space becomes ``+``."""
    return quote_plus(text, safe="*", encoding=codec, errors="replace").replace("~", "%7E")


def reencode(text: str, codec: str) -> str:
    """Text that the plan gives encoded already: decoded, and encoded again as the form entity does."""
    return encode(unquote_plus(text, encoding=codec, errors="replace"), codec)


def as_bytes(text: str, codec: str) -> bytes:
    """``text`` in a charset; what the charset does not have becomes ``?``, as in Java."""
    return text.encode(codec, "replace")
