"""Percent-encoding of queries and forms, as Java's ``URLEncoder`` and HttpClient's form entity do it alike."""

from __future__ import annotations

import codecs
import re
from urllib.parse import quote_plus, unquote_plus

from silhouette_plan.protocols.http.faults import HttpFault

_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})(.{0,2})", re.DOTALL)
_JAVA_NAMES = {
    "ascii": "US-ASCII",
    "big5": "Big5",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "shift_jis": "Shift_JIS",
    "utf-16-be": "UTF-16BE",
    "utf-16-le": "UTF-16LE",
}
"""Codec: what Java calls the charset, where that is not a matter of capitals."""


def charset(name: str, default: str) -> str:
    """The codec for a charset of the plan; ``default`` where it is empty. Raises ``HttpFault`` where it is unknown."""
    try:
        return codecs.lookup(name or default).name
    except LookupError:
        raise HttpFault("java.nio.charset.UnsupportedCharsetException", name) from None


def java_name(name: str) -> str:
    """What Java calls the charset of the plan, and so does the Content-Type. Raises ``HttpFault`` where it is unknown."""
    codec = charset(name, name)
    known = codec.replace("iso8859-", "iso-8859-").upper() if not codec.startswith("cp125") else f"windows-{codec[2:]}"
    return _JAVA_NAMES.get(codec, known)


def encode(text: str, codec: str) -> str:
    """``text`` as ``application/x-www-form-urlencoded``: letters, digits and ``.-*_`` stay, a space becomes ``+``."""
    return quote_plus(text, safe="*", encoding=codec, errors="replace").replace("~", "%7E")


def reencode(text: str, codec: str) -> str:
    """Text that the plan gives encoded already: decoded, and encoded again as the form entity does.

    Raises ``HttpFault`` for an escape that is none.
    """
    if (broken := _BROKEN.search(text)) is not None:
        rest = broken[1]
        at = 1 if re.match("[0-9A-Fa-f]", rest) else 0
        reason = f'Illegal hex characters in escape (%) pattern - Error at index {at} in: "{rest}"'
        what = reason if len(rest) == 2 else "Incomplete trailing escape (%) pattern"
        raise HttpFault("java.lang.IllegalArgumentException", f"URLDecoder: {what}")
    return encode(unquote_plus(text, encoding=codec, errors="replace"), codec)


def as_bytes(text: str, codec: str) -> bytes:
    """``text`` in a charset; what the charset does not have becomes ``?``, as in Java, whose UTF-16 is big-endian."""
    if codec == "utf-16":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(codec, "replace")
