"""XPath evaluated at the document, as JMeter does it, where lxml starts at the root element."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\"[^\"]*\"|'[^']*'|\d+(?:\.\d*)?|\.\d+|\.\.|::|//|!=|<=|>="
    r"|[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?|\S"
)
_NODE_TYPES = frozenset({"text", "node", "comment", "processing-instruction"})
_WORDS = frozenset({"and", "or", "div", "mod"})
_CONTINUES = frozenset({"/", "//", "@", "::", "$"})
"""What goes before a part of a path that is not its first."""


def from_document(query: str) -> str:
    """``query`` with its relative paths made absolute; those in predicates start at a step and stay as they are."""
    tokens = list(_TOKEN.finditer(query))
    texts = [token[0] for token in tokens]
    out: list[str] = []
    done = depth = 0
    before: str | None = None
    for place, token in enumerate(tokens):
        text = texts[place]
        after = texts[place + 1] if place + 1 < len(texts) else ""
        operator = _ends_operand(before) and (text == "*" or text in _WORDS)
        if text in "[]":
            depth += 1 if text == "[" else -1
        elif depth == 0 and not operator and before not in _CONTINUES and _begins_step(text, after):
            out += [query[done : token.start()], "/"]
            done = token.start()
        before = f" {text}" if operator else text
    return "".join([*out, query[done:]])


def _ends_operand(before: str | None) -> bool:
    """Whether an operator must follow; an operator itself is marked by a blank in front."""
    return before is not None and (before in (")", "]", "..", ".", "*") or before[0] in "\"'" or before[0].isalnum())


def _begins_step(text: str, after: str) -> bool:
    if text in ("@", ".", "..", "*"):
        return True
    return (text[0].isalpha() or text[0] == "_") and (after != "(" or text in _NODE_TYPES)
