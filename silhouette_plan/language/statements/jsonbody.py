"""A body written as JSON: sent as it stands, less the indent of its statement.

A bare hole counts as a value. Backslashes are JSON's own; where the body has a hole, JMeter's templates would eat half of each
``\\\\``, so the plan's text doubles them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from silhouette_plan.language.layout import lay_out
from silhouette_plan.language.lexing import scan
from silhouette_plan.language.problems import Mistake, Problems
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Value
from silhouette_plan.language.tokens import Source, Token

_UNTIDY = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f\\ufeff]")


def _read(cursor: Cursor) -> str:
    token = cursor.take_type("JSON", "JSON_TEXT")
    source = cursor.source
    written = source.text[token.start : token.end]
    _check(written, token, source)
    return _as_template(dedent(written, source.indent(token.start)))


def dedent(text: str, indent: int) -> str:
    """The text without ``indent`` blanks at the beginning of each line but the first."""
    first, *others = text.split("\n")
    return "\n".join([first, *(line[min(indent, len(line) - len(line.lstrip(" \t"))) :] for line in others)])


def _as_template(text: str) -> str:
    return text.replace("\\\\", "\\\\\\\\") if "${" in text else text


def _check(written: str, token: Token, source: Source) -> None:
    holes = [t for t in scan(Source(written, "")) if t.type == "HOLE"]
    filled = written
    for hole in holes:
        if hole.text.endswith("}"):
            filled = f"{filled[: hole.start]}0{' ' * (hole.end - hole.start - 1)}{filled[hole.end :]}"
    try:
        json.loads(filled)
    except json.JSONDecodeError as error:
        at = token.start + error.pos
        raise Mistake(
            "LP016", f"not JSON: {error.msg[0].lower()}{error.msg[1:]}", Token("JSON_TEXT", "", at, at + 1)
        ) from None
    except (RecursionError, ValueError):
        raise Mistake("LP016", "this JSON cannot be read", token) from None


def _show(body: Any) -> str | None:
    """The body as JSON stands in a file, or None where it would not read back the same."""
    if not isinstance(body, str) or body[:1] not in ("{", "[") or _UNTIDY.search(body):
        return None
    written = body.replace("\\\\\\\\", "\\\\") if "${" in body else body
    source = Source(f"json {written}", "")
    problems = Problems(source)
    tokens = lay_out(scan(source), problems)
    if (
        problems.found
        or tokens[-1].end != len(source.text)
        or any(t.comments for t in tokens)
        or not _one_group(tokens)
    ):
        return None
    try:
        _check(written, tokens[0], source)
    except Mistake:
        return None
    return written if _as_template(written) == body else None


def _one_group(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens[1:]:
        if depth == 0 and token is not tokens[1]:
            return False
        depth += {"JOPEN": 1, "JCLOSE": -1}.get(token.type, 0)
    return depth == 0


JSON_BODY = Value("JSON", _read, _show, lambda cursor: cursor.here.type == "JSON_TEXT")
"""A body as JSON, as the plan's template."""
