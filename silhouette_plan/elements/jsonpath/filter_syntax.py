"""Filter text to conditions (``com.jayway.jsonpath.internal.filter.FilterCompiler``)."""

from __future__ import annotations

import re
from collections.abc import Callable

from silhouette_plan.elements.jsonpath.cursor import Cursor, unescape
from silhouette_plan.elements.jsonpath.document import number, parse
from silhouette_plan.elements.jsonpath.faults import InvalidPath
from silhouette_plan.elements.jsonpath.permissive import NotJson
from silhouette_plan.elements.jsonpath.tokens import (
    Comparison,
    Condition,
    Every,
    Exists,
    Literal,
    Not,
    Operand,
    Path,
    PatternLiteral,
    Some,
)

OPERATORS = frozenset(
    {">=", "<=", "==", "===", "!=", "!==", "<", ">", "=~", "NIN", "IN", "CONTAINS", "ALL", "SIZE", "EMPTY"}
    | {"SUBSETOF", "ANYOF", "NONEOF", "TYPE", "MATCHES", "EXISTS"}
)
_SIGNS = "<>=~!"
_NUMBER = re.compile(r"[0-9\-.Ee]*")
_DECIMAL = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE]-?[0-9]+)?")
_FLAGS = re.compile(r"[dixmsuU]*")

ReadPath = Callable[[str], Path]


def read_filter(text: str, read_path: ReadPath) -> Condition:
    """The condition in ``text``, which stands in parentheses; raises ``InvalidPath``."""
    reader = _Reader(Cursor(text), read_path)
    condition = reader.some()
    if reader.cursor.skip_spaces():
        rest = text[reader.cursor.position :]
        raise InvalidPath(f"Expected end of filter expression instead of: {rest}")
    return condition


class _Reader:
    def __init__(self, cursor: Cursor, read_path: ReadPath) -> None:
        self.cursor = cursor
        self.read_path = read_path

    def some(self) -> Condition:
        operands = [self.every()]
        while self.took("||"):
            operands.append(self.every())
        return operands[0] if len(operands) == 1 else Some(tuple(operands))

    def every(self) -> Condition:
        operands = [self.operand()]
        while self.took("&&"):
            operands.append(self.operand())
        return operands[0] if len(operands) == 1 else Every(tuple(operands))

    def took(self, sign: str) -> bool:
        self.cursor.skip_spaces()
        found = self.cursor.text.startswith(sign, self.cursor.position)
        if found:
            self.cursor.position += len(sign)
        return found

    def operand(self) -> Condition:
        mark = self.cursor.skip_spaces()
        if mark == "!" and self.cursor.character(self.cursor.significant(self.cursor.position + 1)) not in ("$", "@"):
            self.cursor.position += 1
            return Not(self.operand())
        if mark == "(":
            self.cursor.position += 1
            inner = self.some()
            if not self.took(")"):
                raise InvalidPath(f"Expected character: ) in filter {self.cursor.text}")
            return inner
        return self.expression()

    def expression(self) -> Condition:
        """A comparison, or a path alone."""
        negated = self.cursor.at == "!"
        left = self.value()
        start = self.cursor.position
        try:
            return Comparison(left, self.operator(), self.value())
        except InvalidPath:
            self.cursor.position = start
        if not isinstance(left, Path):
            raise InvalidPath("Expected path node")
        return Exists(left, wanted=not negated)

    def operator(self) -> str:
        self.cursor.skip_spaces()
        start = self.cursor.position
        signs = bool(self.cursor.at) and self.cursor.at in _SIGNS
        while not self.cursor.over and (self.cursor.at in _SIGNS if signs else self.cursor.at != " "):
            self.cursor.position += 1
        word = self.cursor.text[start : self.cursor.position].upper()
        if word not in OPERATORS:
            raise InvalidPath(f"Filter operator {word} is not supported!")
        return word

    def value(self) -> Operand:
        mark = self.cursor.skip_spaces()
        if mark == "!":
            self.cursor.position += 1
            if self.cursor.skip_spaces() not in ("$", "@"):
                raise InvalidPath("Unexpected character: !")
            return self.path()
        if mark in ("$", "@"):
            return self.path()
        if mark in ("'", '"'):
            return self.text(mark)
        if mark in ("{", "["):
            return self.json(mark)
        if mark == "/":
            return self.pattern()
        return self.word(mark) if mark in ("t", "f", "n") else self.number()

    def path(self) -> Path:
        cursor = self.cursor
        start = cursor.position
        cursor.position += 1
        while not cursor.over:
            if cursor.at == "[":
                closing = cursor.closing("[", "]")
                if closing < 0:
                    raise InvalidPath(f"Square brackets does not match in filter {cursor.text}")
                cursor.position = closing + 1
            mark = cursor.at
            if not mark or mark in _SIGNS or mark == " " or (mark == ")" and not self.closes_function(start)):
                break
            cursor.position += 1
        return self.read_path(cursor.text[start : cursor.position])

    def closes_function(self, start: int) -> bool:
        """Whether the parenthesis here ends ``name()`` rather than a group of the filter."""
        before = self.cursor.text[: self.cursor.position].rstrip(" ")
        return before.endswith("(") and "." in before[start + 1 : -1]

    def text(self, quote: str) -> Literal:
        start = self.cursor.position
        end = self.cursor.unescaped(quote, start + 1)
        if end < 0:
            raise InvalidPath(f"String literal does not have matching quotes. Expected {quote} in {self.cursor.text}")
        self.cursor.position = end + 1
        return Literal(unescape(self.cursor.text[start + 1 : end]))

    def json(self, opening: str) -> Literal:
        start = self.cursor.position
        end = self.cursor.closing(opening, "}" if opening == "{" else "]")
        if end < 0:
            raise InvalidPath(f"String not closed. Expected ' in {self.cursor.text}")
        self.cursor.position = end + 1
        try:
            return Literal(parse(self.cursor.text[start : end + 1]))
        except NotJson as problem:
            raise InvalidPath(str(problem)) from None

    def pattern(self) -> PatternLiteral:
        start = self.cursor.position
        end = self.cursor.unescaped("/", start + 1)
        if end < 0:
            raise InvalidPath(f"Pattern not closed. Expected / in {self.cursor.text}")
        flags = _FLAGS.match(self.cursor.text, end + 1)
        assert flags is not None
        self.cursor.position = flags.end()
        return PatternLiteral(self.cursor.text[start + 1 : end], flags[0])

    def word(self, mark: str) -> Literal:
        word, value = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}[mark]
        if not self.cursor.text.startswith(word, self.cursor.position):
            raise InvalidPath(f"Expected <{word}> value")
        self.cursor.position += len(word)
        return Literal(value)

    def number(self) -> Literal:
        match = _NUMBER.match(self.cursor.text, self.cursor.position)
        assert match is not None
        digits = match[0]
        if not _DECIMAL.fullmatch(digits):
            raise InvalidPath(f"Failed to parse filter: {self.cursor.text}")
        self.cursor.position = match.end()
        return Literal(int(digits) if digits.lstrip("-").isdigit() else number(digits))
