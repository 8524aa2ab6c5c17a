"""The attributes of a tag: whether they are well-formed, and what they say where they are not."""

from __future__ import annotations

import re

_NAME = r"[A-Za-z_][\w.:-]*"
REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
"""A reference that XML knows without a document type."""
_VALUE = r"""(?:"[^"<]*+"|'[^'<]*+')"""
_WELL_FORMED = re.compile(rf"(?:\s++{_NAME}\s*+=\s*+{_VALUE})*+\s*+/?")
_PAIR = re.compile(rf"""({_NAME})\s*=\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s"']+))""")
_RAN_ON = re.compile(rf"^(.*?)\s+{_NAME}=$", re.DOTALL)
_STRAY_AMPERSAND = re.compile(rf"&(?!{REFERENCE.pattern[1:]})")


def well_formed(source: str) -> bool:
    """Whether ``source``, all between a tag's name and its ``>``, may stay as it is."""
    if not _WELL_FORMED.fullmatch(source) or _STRAY_AMPERSAND.search(source):
        return False
    names = [pair[1] for pair in _PAIR.finditer(source)]
    return len(names) == len(set(names))


def mended(source: str) -> str:
    """``source`` rebuilt: quotes set, ``<`` and ``&`` escaped, of two attributes with one name the first."""
    found: dict[str, str] = {}
    position = 0
    while pair := _PAIR.search(source, position):
        value = next(one for one in pair.groups()[1:] if one is not None)
        position = pair.end()
        ran_on = _RAN_ON.match(value)
        if ran_on and pair[2] is not None:
            # a closing quote is missing: name="a enabled="true"
            value = ran_on[1]
            position = pair.start(2) + len(value)
        found.setdefault(pair[1], value)
    closing = "/" if source.rstrip().endswith("/") else ""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in found.items()) + closing


def escape_ampersands(text: str) -> str:
    """``text`` with every ``&`` that begins no reference written ``&amp;``."""
    return _STRAY_AMPERSAND.sub("&amp;", text)


def _quoted(value: str) -> str:
    return escape_ampersands(value).replace("<", "&lt;").replace('"', "&quot;").replace("\n", "&#10;")
