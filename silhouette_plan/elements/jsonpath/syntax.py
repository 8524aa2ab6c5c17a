"""Path text to tokens (``com.jayway.jsonpath.internal.path.PathCompiler``), its leniencies included.

A path without ``$`` gets one. After each token the rest is read unless at most one character is left: that one is
ignored, so ``$.a[`` is ``$.a``.
"""

from __future__ import annotations

import re

from silhouette_plan.elements.jsonpath.cursor import Cursor, unescape
from silhouette_plan.elements.jsonpath.document import parse
from silhouette_plan.elements.jsonpath.faults import InvalidPath
from silhouette_plan.elements.jsonpath.filter_syntax import read_filter
from silhouette_plan.elements.jsonpath.permissive import NotJson
from silhouette_plan.elements.jsonpath.tokens import (
    Filter,
    Function,
    Index,
    Literal,
    Path,
    Property,
    Scan,
    Slice,
    Token,
    Wildcard,
)

_ARRAY = re.compile(r"[0-9, :-]*")
_COMMA = re.compile(r"\s*,\s*")
_INTEGER = re.compile(r"-?[0-9]+")


def read_path(text: str) -> Path:
    """``text`` as a path; raises ``InvalidPath``."""
    if not text:
        raise InvalidPath("path can not be empty")
    if text[0] not in "$@":
        text = f"$.{text}"
    text = text.rstrip(" ")
    if text[-1] == ".":
        raise InvalidPath("Path must not end with a '.' or '..'")
    return _read_from_root(text)


def _read_from_root(text: str) -> Path:
    cursor = Cursor(text.lstrip(" \t\n\r"))
    root = cursor.at
    if root not in ("$", "@"):
        raise InvalidPath("Path must start with '$' or '@'")
    if cursor.is_tail:
        return Path(root)
    cursor.position += 1
    if cursor.at not in ".[":
        raise InvalidPath(f"Illegal character at position {cursor.position} expected '.' or '['")
    tokens: list[Token] = []
    _read_token(cursor, tokens)
    while not cursor.is_tail:
        _read_token(cursor, tokens)
    return Path(root, tuple(tokens))


def _read_token(cursor: Cursor, tokens: list[Token]) -> None:
    match cursor.at:
        case "[":
            tokens.append(_read_bracket(cursor))
        case ".":
            _read_dot(cursor, tokens)
        case "*":
            cursor.position += 1
            tokens.append(Wildcard())
        case _:
            tokens.append(_read_word(cursor))


def _read_dot(cursor: Cursor, tokens: list[Token]) -> None:
    if cursor.character(cursor.position + 1) == ".":
        tokens.append(Scan())
        cursor.position += 2
    elif cursor.is_tail:
        raise InvalidPath("Path must not end with a '.'")
    else:
        cursor.position += 1
    if cursor.at == ".":
        raise InvalidPath(f"Character '.' on position {cursor.position} is not valid.")
    _read_token(cursor, tokens)


def _read_word(cursor: Cursor) -> Token:
    """``name`` or ``name(…)``."""
    start = cursor.position
    if cursor.at in ("", " "):
        raise InvalidPath(f"Could not parse token starting at position {start}")
    end = start
    while end < len(cursor.text) and cursor.text[end] not in ".[(":
        if cursor.text[end] == " ":
            raise InvalidPath(
                f"Use bracket notion ['my prop'] if your property contains blank characters. position: {start}"
            )
        end += 1
    name = cursor.text[start:end]
    cursor.position = end
    if cursor.at != "(":
        return Property((name,))
    return Function(name, _read_arguments(cursor, name))


def _read_arguments(cursor: Cursor, name: str) -> tuple[Path | Literal, ...]:
    """The arguments in the parentheses here. After ``()`` the cursor stays on the closing one, as Jayway's does."""
    start = cursor.position + 1
    if cursor.character(start) == ")":
        cursor.position = start
        return ()
    end, parts = _split_arguments(cursor.text, start, name)
    cursor.position = end + 1
    return tuple(argument for argument in map(_read_argument, parts) if argument is not None)


def _split_arguments(text: str, start: int, name: str) -> tuple[int, list[str]]:
    """Where the closing parenthesis stands, and the texts between the commas of its level."""
    depth, quoted, begin = 0, False, start
    parts: list[str] = []
    for position in range(start, len(text)):
        mark = text[position]
        if mark == '"' and text[position - 1] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif mark == "," and not depth:
            parts.append(text[begin:position])
            begin = position + 1
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
            if depth < 0:
                return position, [*parts, text[begin:position]]
    raise InvalidPath(f"Arguments to function: '{name}' are not closed properly.")


def _read_argument(text: str) -> Path | Literal | None:
    """A path, JSON, or nothing for what is neither."""
    text = text.strip(" \t\n\r")
    if text[:1] in ("$", "@"):
        return _read_from_root(text)
    if text[:1] and text[0] in '{"-0123456789':
        try:
            return Literal(parse(text))
        except NotJson as problem:
            raise InvalidPath(str(problem)) from None
    return None


def _read_bracket(cursor: Cursor) -> Token:
    inside = cursor.significant(cursor.position + 1)
    mark = cursor.character(inside)
    if mark in ("'", '"'):
        return _read_names(cursor, mark)
    if mark and mark in "0123456789-:":
        token = _read_numbers(cursor)
        if token is not None:
            return token
    if mark == "*":
        end = cursor.significant(inside + 1)
        if cursor.character(end) != "]":
            raise InvalidPath(f"Expected wildcard token to end with ']' on position {inside + 1}")
        cursor.position = end + 1
        return Wildcard()
    if mark == "?":
        token = _read_filter(cursor, inside)
        if token is not None:
            return token
    raise InvalidPath(f"Could not parse token starting at position {cursor.position}. Expected ?, ', 0-9, * ")


def _read_filter(cursor: Cursor, question: int) -> Token | None:
    opening = cursor.significant(question + 1)
    if cursor.character(opening) != "(":
        return None
    start = cursor.position
    cursor.position = opening
    closing = cursor.closing("(", ")", skip_patterns=True)
    end = cursor.significant(closing + 1) if closing >= 0 else -1
    cursor.position = start
    if end < 0 or cursor.character(end) != "]":
        return None
    cursor.position = end + 1
    return Filter(read_filter(cursor.text[opening : closing + 1], read_path))


def _read_numbers(cursor: Cursor) -> Token | None:
    end = cursor.text.find("]", cursor.position + 1)
    if end < 0:
        return None
    text = cursor.text[cursor.position + 1 : end].strip(" ")
    if not _ARRAY.fullmatch(text):
        return None
    cursor.position = end + 1
    if ":" in text:
        return _slice(text)
    return Index(
        tuple(_integer(part, f"Failed to parse token in ArrayIndexOperation: {part}") for part in _COMMA.split(text))
    )


def _slice(text: str) -> Slice:
    fault = f"Failed to parse SliceOperation: {text}"
    if " " in text or "," in text:
        raise InvalidPath(fault)
    start, end, *_ = [*text.split(":"), ""]
    if not start and not end:
        raise InvalidPath(fault)
    return Slice(_integer(start, fault) if start else None, _integer(end, fault) if end else None)


def _integer(text: str, fault: str) -> int:
    if not _INTEGER.fullmatch(text) or not -(1 << 31) <= int(text) < 1 << 31:
        raise InvalidPath(fault)
    return int(text)


def _read_names(cursor: Cursor, quote: str) -> Property:
    """``'a', 'b'`` in brackets, all in the quotes of the first."""
    names: list[str] = []
    position = cursor.position + 1
    comma = False
    while (mark := cursor.character(position)) and mark != "]":
        if mark == quote:
            end = cursor.unescaped(quote, position + 1)
            if end < 0:
                raise InvalidPath(f"Property has not been closed - missing closing {quote}")
            after = cursor.character(cursor.significant(end + 1))
            if after not in ("]", ","):
                raise InvalidPath(
                    "Property must be separated by comma or Property must be terminated close square bracket "
                    f"at index {end}"
                )
            names.append(unescape(cursor.text[position + 1 : end]))
            comma, position = False, end
        elif mark == ",":
            if comma:
                raise InvalidPath(f"Found empty property at index {position}")
            comma = True
        position += 1
    if comma or not names or not mark:
        raise InvalidPath(
            f"Found empty property at index {position}" if mark else "Property has not been closed - missing closing ]"
        )
    cursor.position = position + 1
    return Property(tuple(names), quote)
