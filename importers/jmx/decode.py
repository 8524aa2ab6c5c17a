"""Bytes to text: byte order mark, then the encoding declaration, then UTF-8."""

from __future__ import annotations

import codecs
import re

from silhouette_plan.importers.jmx.findings import Findings, Refused

LARGEST = 32 * 1024 * 1024
"""Bytes that a plan may have. Text, tree and plan graph of such a file stay below 1 GB; real plans have under 10 MB."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)


def decode(source: bytes, findings: Findings) -> str:
    """The text of a file, line ends as they are, the XML declaration blanked out.

    Raises:
        Refused: too large, empty, or no text at all.
    """
    if len(source) > LARGEST:
        size = len(source) / 1024 / 1024
        findings.add("JX004", f"the file has {size:.0f} MB; plans up to {LARGEST >> 20} MB are read")
        raise Refused
    if not source.strip():
        findings.add("JX001", "the file is empty")
        raise Refused
    body, encoding = _encoding(source, findings)
    text = _text(body, encoding, findings)
    if "\0" in text[:1000]:
        findings.add("JX002", "the file is binary, not XML", hint="a .jmx is the XML file that JMeter saves")
        raise Refused
    head = _DECLARATION.match(text)
    return " " * head.end() + text[head.end() :] if head and "\n" not in head[0] else text


def _encoding(source: bytes, findings: Findings) -> tuple[bytes, str]:
    for mark, name in _MARKS:
        if source.startswith(mark):
            return source[len(mark) :], name
    for start, name in _UNMARKED:
        if source.startswith(start):
            return source, name
    declared = _DECLARED.search(source[:400])
    if not declared:
        return source, "utf-8"
    name = declared[1].decode("ascii")
    try:
        info = codecs.lookup(name)
    except LookupError:
        findings.add("JX110", f"there is no encoding called “{name}”; UTF-8 is tried")
        return source, "utf-8"
    # a declaration that was read byte by byte cannot be true of UTF-16; Python's own codecs are no encodings
    plain = getattr(info, "_is_text_encoding", True) and not info.name.startswith(("utf-16", "utf-32", "utf-7"))
    return source, info.name if plain else "utf-8"


def _text(body: bytes, encoding: str, findings: Findings) -> str:
    try:
        return body.decode(encoding)
    except UnicodeError as problem:
        start = getattr(problem, "start", 0)
        line = body.count(b"\n", 0, start) + 1
        findings.add(
            "JX110",
            f"the bytes are not {encoding.upper()} from here on; Windows-1252 is read instead",
            line,
            hint="save the file as UTF-8",
        )
        return body.decode("cp1252", "replace")
