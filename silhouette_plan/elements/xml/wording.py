"""Faults of XML in the words of Java's parser (Xerces), as far as it and libxml know the same ones."""

from __future__ import annotations

import re
from typing import Any

_MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+)")
_ENTITY = re.compile(r"Entity '([^']*)' not defined")
_WORDINGS = tuple(
    (re.compile(pattern), wording)
    for pattern, wording in (
        (
            r"XML declaration allowed only at the start",
            'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        ),
        (r"Attribute (\S+) redefined", 'Attribute "{0}" was already specified for element.'),
        (
            r"StartTag: invalid element name",
            "The content of elements must consist of well-formed character data or markup.",
        ),
        (r"Double hyphen within comment", 'The string "--" is not permitted within comments.'),
        (
            r"Sequence ']]>' not allowed",
            'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
        ),
        (r"Namespace prefix (\S+) on (\S+) is not defined", 'The prefix "{0}" for element "{0}:{1}" is not bound.'),
        (r"Couldn't find end of Start Tag", "XML document structures must start and end within the same entity."),
    )
)
_EXTRA_MARKUP = "The markup in the document following the root element must be well-formed."
_EMPTY, _PREMATURE_TAG, _EXTRA, _WRONG_TAG, _NO_ENTITY = 4, 77, 5, 76, 26


def worded(problem: Any, data: bytes) -> str:
    """What Xerces says of the fault in ``data`` that lxml calls ``problem`` (an ``XMLSyntaxError``)."""
    message = str(problem.msg or "")
    if problem.code == _EMPTY:
        return "Content is not allowed in prolog." if data else "Premature end of file."
    if problem.code == _PREMATURE_TAG:
        return "XML document structures must start and end within the same entity."
    if problem.code == _EXTRA:
        return _EXTRA_MARKUP if _at(problem, data) == b"<" else "Content is not allowed in trailing section."
    if "xmlParseEntityRef: no name" in message:
        return "The entity name must immediately follow the '&' in the entity reference."
    for pattern, wording in _WORDINGS:
        if match := pattern.match(message):
            return wording.format(*match.groups())
    if problem.code == _WRONG_TAG and (match := _MISMATCH.match(message)):
        return f'The element type "{match[1]}" must be terminated by the matching end-tag "</{match[1]}>".'
    if problem.code == _NO_ENTITY and (match := _ENTITY.match(message)):
        return f'The entity "{match[1]}" was referenced, but not declared.'
    return message


def _at(problem: Any, data: bytes) -> bytes:
    """The byte where the fault was noticed."""
    lines = data.split(b"\n")
    line, column = problem.position
    return lines[line - 1][max(0, column - 1) :][:1] if 0 < line <= len(lines) else b""
