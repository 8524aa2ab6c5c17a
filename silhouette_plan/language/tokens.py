"""Tokens of `.lplan`, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from silhouette_plan.plan.records import record
from silhouette_plan.plan.span import Span


@record
class Comment:
    """A comment without its ``#``. ``detached``: an empty line stands before it; ``trailing``: code stands before it on its line."""

    text: str
    start: int
    end: int
    detached: bool = False
    trailing: bool = False


class Token:
    """A piece of source: ``type`` is the terminal's name in the grammar, ``start`` and ``end`` are offsets.

    ``comments`` are those before it; ``span`` is set where the plan graph keeps one; ``detached`` says that an empty line
    stands before it (and before its comments). ``type`` is mutable: the layout and the tagging of expressions refine it.
    """

    __slots__ = ("comments", "detached", "end", "span", "start", "text", "type")

    def __init__(self, type: str, text: str, start: int, end: int) -> None:
        self.type = type
        self.text = text
        self.start = start
        self.end = end
        self.comments: tuple[Comment, ...] = ()
        self.detached = False
        self.span: Span | None = None

    def __repr__(self) -> str:
        return f"{self.type}({self.text!r})"

    def tagged(self, type: str) -> Token:
        """The same place under another type."""
        return Token(type, self.text, self.start, self.end)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of ``words``, unquoted."""
        return self.text in words and self.type in WORDS


WORDS = frozenset({"WORD", "TAKEN", "JSON", "OFF", "ELSE"})
"""Types of unquoted words."""

TEXTS = frozenset({"STRING", "RAW", "TRIPLE", "HOLE"})
"""Types of text literals, a bare hole among them."""


@dataclass
class Source:
    """A source file's text with what maps offsets to lines and columns. Carriage returns before newlines are gone."""

    text: str
    file: str

    def __post_init__(self) -> None:
        self.text = self.text.removeprefix("\ufeff").replace("\r\n", "\n")

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span(self.file, *self.position(start), *self.position(end))

    def indent(self, offset: int) -> int:
        """The number of blanks that the line of ``offset`` begins with."""
        start = self.line_starts[bisect_right(self.line_starts, offset) - 1]
        line = self.text[start : start + 400]
        return len(line) - len(line.lstrip(" \t"))
