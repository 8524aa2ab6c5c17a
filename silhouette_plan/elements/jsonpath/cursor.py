"""A cursor over the text of a path or filter."""

from __future__ import annotations

from silhouette_plan.elements.jsonpath.faults import InvalidPath


class Cursor:
    """``position`` in ``text``; ``at`` is empty beyond the end."""

    __slots__ = ("position", "text")

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = position

    @property
    def at(self) -> str:
        """The character here."""
        return self.text[self.position : self.position + 1]

    @property
    def over(self) -> bool:
        """Whether the text is used up."""
        return self.position >= len(self.text)

    @property
    def is_tail(self) -> bool:
        """Whether at most one character is left. Jayway lets a last one go unread."""
        return self.position >= len(self.text) - 1

    def skip_spaces(self) -> str:
        """The next character that is no space."""
        self.position = self.significant(self.position)
        return self.at

    def significant(self, position: int) -> int:
        """Where the first character that is no space stands, from ``position``."""
        while position < len(self.text) and self.text[position] == " ":
            position += 1
        return position

    def character(self, position: int) -> str:
        """The character at ``position``, empty beyond the end."""
        return self.text[position : position + 1]

    def unescaped(self, mark: str, start: int) -> int:
        """Where ``mark`` stands unescaped from ``start``; −1 where it does not."""
        position = start
        while position < len(self.text):
            if self.text[position] == "\\":
                position += 1
            elif self.text[position] == mark:
                return position
            position += 1
        return -1

    def closing(self, opening: str, closing: str, *, skip_patterns: bool = False) -> int:
        """Where what opens here is closed, quoted text (and ``/…/``) passed over; −1 where it is not."""
        depth, position = 0, self.position
        while position < len(self.text):
            mark = self.text[position]
            if mark in "'\"" or (skip_patterns and mark == "/"):
                position = self.unescaped(mark, position + 1)
                if position < 0:
                    raise InvalidPath(f"Could not find matching close for {mark} when parsing : {self.text}")
            elif mark == opening:
                depth += 1
            elif mark == closing:
                depth -= 1
                if not depth:
                    return position
            position += 1
        return -1


_ESCAPES = {"r": "\r", "f": "\f", "t": "\t", "n": "\n", "b": "\b"}


def unescape(text: str) -> str:
    """A quoted name or text without its escapes."""
    if "\\" not in text:
        return text
    parts: list[str] = []
    position = 0
    while position < len(text):
        mark = text[position]
        position += 1
        if mark != "\\" or position == len(text):
            parts.append(mark)
            continue
        mark = text[position]
        position += 1
        if mark == "u":
            digits = text[position : position + 4]
            position += 4
            parts.append(_character(digits))
        else:
            parts.append(_ESCAPES.get(mark, mark))
    return "".join(parts)


def _character(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except ValueError:
        raise InvalidPath(f"Unable to parse unicode value: {digits}") from None
