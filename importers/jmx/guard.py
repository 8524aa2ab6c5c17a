"""What is refused before any parser sees it: document types, entity references, endless nesting.

One pass over the markup. Comments and CDATA are stepped over, for in them these are text. The pass is linear: every
alternative begins with a character of its own and none can match empty.
"""

from __future__ import annotations

import re

from silhouette_plan.importers.jmx.findings import Findings, Refused

DEEPEST = 1000
"""Levels of XML that a plan may have. A controller in a controller is one level (its ``hashTree``)."""

_MARKUP = re.compile(
    r"<!--(?:[^-]|-(?!->))*-->"
    r"|<!\[CDATA\[(?:[^\]]|\](?!\]>))*\]\]>"
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
    depth = 0
    for match in _MARKUP.finditer(text):
        kind = match.lastgroup
        if kind == "name":
            depth += -1 if match["end"] else 1
            if depth > DEEPEST:
                _refuse(findings, text, match, "JX005", f"the XML nests more than {DEEPEST} levels deep", "")
        elif kind == "empty":
            depth -= 1
        elif kind == "type":
            _refuse(findings, text, match, "JX006", "a document type stands here", "delete it: JMeter never writes one")
        elif kind == "entity" and match["entity"] not in _PREDEFINED:
            name = match["entity"]
            _refuse(
                findings, text, match, "JX007", f"“&{name};” refers to an entity", f"write &amp;{name}; for the text"
            )


def _refuse(findings: Findings, text: str, match: re.Match[str], code: str, message: str, hint: str) -> None:
    findings.add(code, message, text.count("\n", 0, match.start()) + 1, hint=hint)
    raise Refused
