"""``java.net.URLEncoder`` and ``URLDecoder`` with UTF-8."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

_MALFORMED = re.compile(r"%(?![0-9a-fA-F]{2})")
_ESCAPES = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def url_encode(text: str) -> str:
    """Form encoding: letters, digits and ``*-_.`` stay, a space becomes ``+``, all else ``%XX`` of its UTF-8."""
    return quote_plus(text, safe="*-_.", errors="replace").replace("~", "%7E")


def url_decode(text: str) -> str:
    """The inverse; bytes that are no UTF-8 become U+FFFD. Raises ValueError where ``%`` has not two hexadecimal digits."""
    if _MALFORMED.search(text):
        raise ValueError(f"Illegal hex characters in escape (%) pattern: {text!r}")

    def decoded(match: re.Match[str]) -> str:
        return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")

    return _ESCAPES.sub(decoded, text.replace("+", " "))
