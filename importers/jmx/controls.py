"""Characters that XML 1.0 forbids and JMeter writes all the same (``&#x1b;``).

They cannot pass a strict parser, so they travel as private characters of plane 16 and are put back when values are read.
A character that is of that range by itself travels behind a guard.
"""

from __future__ import annotations

import re

from silhouette_plan.importers.jmx.findings import Findings

_BASE = 0x10F000
_GUARD = "\U0010f0ff"
_RANGE = "\U0010f000-\U0010f0ff"
_ODD = "\ufffe\uffff"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_ODD}\ud800-\udfff]")
_RAW = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_ODD}\ud800-\udfff{_RANGE}]")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_HIDDEN = re.compile(f"{_GUARD}([{_RANGE}])|[{_RANGE}]")


def hide_controls(text: str, findings: Findings) -> str:
    """``text`` with forbidden characters and references to them hidden; raw ones are reported, references are JMeter's."""
    first = _FORBIDDEN.search(text)
    if first is not None:
        line = text.count("\n", 0, first.start()) + 1
        count = len(_FORBIDDEN.findall(text))
        findings.add("JX107", f"{count} characters that XML forbids; the first is U+{ord(first[0]):04X}", line)
    text = _RAW.sub(lambda match: _hide(match[0]), text)
    return _REFERENCE.sub(_hide_reference, text)


def _hide_reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code > 0x10FFFF:
        return match[0].replace("&", "&amp;")
    return _hide(chr(code)) if _RAW.match(chr(code)) else match[0]


def _hide(character: str) -> str:
    code = ord(character)
    if code >= _BASE:
        return _GUARD + character
    if character in _ODD:
        return chr(_BASE + 0x20 + _ODD.index(character))
    return chr(_BASE + code) if code < 0x20 else "\ufffd"


def show_controls(text: str) -> str:
    """``text`` with the hidden characters put back."""
    return _HIDDEN.sub(_show, text)


def _show(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    code = ord(match[0]) - _BASE
    return chr(code) if code < 0x20 else _ODD[code - 0x20 : code - 0x1F]
