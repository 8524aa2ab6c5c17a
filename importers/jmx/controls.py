"""Characters that XML 1.0 forbids and JMeter writes all the same (``&#x1b;``).

They cannot pass a strict parser, so they travel as private characters of plane 16 and are put back when values are read.
"""

from __future__ import annotations

import re

from silhouette_plan.importers.jmx.findings import Findings

_BASE = 0x10F000
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff"
_RAW = re.compile(f"[{_FORBIDDEN}]")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_HIDDEN = re.compile("[\U0010f000-\U0010f0ff]")
_ODD = "\ufffe\uffff"


def hide_controls(text: str, findings: Findings | None = None) -> str:
    """``text`` with forbidden characters and references to them hidden; raw ones are reported, references are JMeter's."""
    text = _REFERENCE.sub(_hide_reference, text)
    first = _RAW.search(text)
    if first is None:
        return text
    if findings is not None:
        line = text.count("\n", 0, first.start()) + 1
        count = len(_RAW.findall(text))
        findings.add("JX107", f"{count} characters that XML forbids; the first is U+{ord(first[0]):04X}", line)
    return _RAW.sub(lambda match: _hide(ord(match[0])), text)


def _hide_reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code > 0x10FFFF:
        return match[0].replace("&", "&amp;")
    return _hide(code) if _RAW.match(chr(code)) else match[0]


def _hide(code: int) -> str:
    if code < 0x20:
        return chr(_BASE + code)
    return chr(_BASE + 0x20 + _ODD.index(chr(code))) if chr(code) in _ODD else "\ufffd"


def show_controls(text: str) -> str:
    """``text`` with the hidden characters put back."""
    return _HIDDEN.sub(_show, text)


def _show(match: re.Match[str]) -> str:
    code = ord(match[0]) - _BASE
    if code < 0x20:
        return chr(code)
    return _ODD[code - 0x20] if code < 0x22 else match[0]
