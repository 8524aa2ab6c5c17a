"""What is refused before any parser sees it: document types, entity references, endless nesting.

One pass over the markup. Comments and CDATA are stepped over, for in them these are text. The pass is linear: the marks
are short, and an end that was once looked for in vain is not looked for again.
"""

from __future__ import annotations

import re

from silhouette_plan.importers.jmx.findings import Findings, Refused

DEEPEST = 1000
"""Levels of XML that a plan may have. A controller in a controller is one level (its ``hashTree``)."""

_MARKUP = re.compile(
    r"(?P<skip><!--|<!\[CDATA\[)"
    r"|(?P<type><!(?i:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b)"
    r"|&(?P<entity>[A-Za-z_:][\w:.-]{0,80});"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*)"
    r"|(?P<empty>/>)"
)
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


def guard(text: str, findings: Findings) -> None:
    """Refuse what must not reach the parser.

    Raises:
        Refused: a document type, an entity reference, or nesting beyond ``DEEPEST``.
    """
    depth = at = 0
    missing: set[str] = set()
    while match := _MARKUP.search(text, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "name":
            depth += -1 if match["end"] else 1
            if depth > DEEPEST:
                _refuse(findings, text, match, "JX005", f"the XML nests more than {DEEPEST} levels deep", "")
        elif kind == "empty":
            depth -= 1
        elif kind == "skip":
            at = _skipped(text, match, missing)
        elif kind == "type":
            _refuse(findings, text, match, "JX006", "a document type stands here", "delete it: JMeter never writes one")
        elif match["entity"] not in _PREDEFINED:
            name = match["entity"]
            _refuse(
                findings, text, match, "JX007", f"“&{name};” refers to an entity", f"write &amp;{name}; for the text"
            )


def _skipped(text: str, match: re.Match[str], missing: set[str]) -> int:
    """Where a comment or CDATA ends; without an end it is no such thing and what follows is looked at."""
    ending = "-->" if match["skip"] == "<!--" else "]]>"
    end = -1 if ending in missing else text.find(ending, match.end())
    if end < 0:
        missing.add(ending)
        return match.end()
    return end + 3


def _refuse(findings: Findings, text: str, match: re.Match[str], code: str, message: str, hint: str) -> None:
    findings.add(code, message, text.count("\n", 0, match.start()) + 1, hint=hint)
    raise Refused
