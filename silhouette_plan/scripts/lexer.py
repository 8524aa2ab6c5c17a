"""Source to tokens."""

from __future__ import annotations

import re

from silhouette_plan.plan.records import record
from silhouette_plan.scripts.faults import ScriptFault


@record
class Token:
    """``kind`` is ``number text name operator template regex hole end``; ``newline`` says that one stands before it."""

    kind: str
    text: str
    newline: bool = False


HOLE = "\ue000"
"""Stands for a reference of JMeter's in a source that is compiled before the reference's value is known; the character
after it says which one."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "\n": ""}


def unescaped(text: str) -> str:
    """The inside of a text literal with its escapes resolved; an unknown ``\\x`` is ``x``."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])

    return _ESCAPE.sub(character, text) if "\\" in text else text


def scanner(comment: str, number: str, operators: str) -> re.Pattern[str]:
    """The expression of a dialect's tokens; ``operators`` from the longest, separated by blanks."""
    alternatives = "|".join(re.escape(operator) for operator in operators.split())
    return re.compile(
        rf"""(?P<blank>(?:\s+|{comment})+)
        |(?P<hole>{HOLE}.)
        |(?P<number>{number})
        |(?P<name>[A-Za-z_$@][\w$@]*)
        |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
        |(?P<template>`(?:[^`\\]|\\.)*`)
        |(?P<operator>{alternatives})""",
        re.VERBOSE | re.DOTALL,
    )


_REGEX_LITERAL = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")


def tokens(source: str, pattern: re.Pattern[str], regexes: bool) -> list[Token]:
    """All tokens of ``source``, the last of kind ``end``. Raises ``ScriptFault``."""
    found: list[Token] = []
    position = 0
    newline = False
    while position < len(source):
        if regexes and source[position] == "/" and _regex_may_stand(found):
            literal = _REGEX_LITERAL.match(source, position)
            if literal is not None:
                found.append(Token("regex", literal[0], newline))
                position, newline = literal.end(), False
                continue
        match = pattern.match(source, position)
        if match is None:
            raise ScriptFault(f"unexpected {source[position]!r} at {position}")
        position = match.end()
        kind = str(match.lastgroup)
        if kind == "blank":
            newline = newline or "\n" in match[0]
            continue
        found.append(Token(kind, match[0], newline))
        newline = False
    found.append(Token("end", "", newline))
    return found


def _regex_may_stand(before: list[Token]) -> bool:
    """A slash begins a regular expression where no operand stands before it."""
    if not before:
        return True
    last = before[-1]
    return (last.kind == "operator" and last.text not in (")", "]", "}")) or last.text in ("return", "typeof")
