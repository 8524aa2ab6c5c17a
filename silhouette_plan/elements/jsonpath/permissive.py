"""json-smart's permissive reading of what is almost JSON (``JSONParser.MODE_PERMISSIVE``, version 2.4).

Keys and texts may go without quotes or with single ones, commas may be too many, control characters and anything after
the value are allowed. An unquoted text runs to the next character that can end it where it stands, so that a document
which is no JSON at all is one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_BLANK = " \r\n\t"
_END = "\x1a"
_IN_ARRAY, _IN_OBJECT, _IN_KEY, _AT_TOP = ",]" + _END, ",}" + _END, ":" + _END, _END
_NUMBER = re.compile(r"-?[0-9]*(\.[0-9]*)?([eE][+-]?[0-9]*)?")
_WORDS = {"null": None, "true": True, "false": False, "NaN": float("nan")}
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b", "\\": "\\", "/": "/", "'": "'", '"': '"'}
_MAX_DEPTH = 400

Number = Callable[[str], object]
"""Makes a number of text with a fraction or an exponent."""


class NotJson(ValueError):
    """Text that not even the permissive reader can read."""


def read_permissively(text: str, number: Number) -> Any:
    """The value at the start of ``text``; raises ``NotJson``."""
    return _Reader(text, number).value(_AT_TOP, 0)


class _Reader:
    """A cursor over the text. ``at`` gives the end mark once the text is over."""

    def __init__(self, text: str, number: Number) -> None:
        self.text = text
        self.position = 0
        self.number = number

    @property
    def at(self) -> str:
        return self.text[self.position] if self.position < len(self.text) else _END

    def skip(self) -> str:
        """The next character that is no blank or control character."""
        while self.at <= " " and self.at != _END:
            self.position += 1
        return self.at

    def value(self, stops: str, depth: int) -> Any:
        """The value here; an unquoted one ends at one of ``stops``."""
        if depth > _MAX_DEPTH:
            raise NotJson("nested too deep")
        while self.at in _BLANK:
            self.position += 1
        mark = self.at
        if mark in ":}]":
            raise NotJson(f"unexpected {mark!r} at {self.position}")
        if mark == "{":
            return self.members(depth)
        if mark == "[":
            return self.items(depth)
        if mark in "\"'":
            return self.quoted()
        if mark == "-" or mark in "0123456789":
            return self.numeral(stops)
        word = self.bare(stops)
        return _WORDS.get(word, word)

    def items(self, depth: int) -> list[Any]:
        found: list[Any] = []
        self.position += 1
        while (mark := self.at) != "]":
            if mark in _BLANK or mark == ",":
                self.position += 1
            elif mark in ":}" or mark == _END:
                raise NotJson(f"array not closed at {self.position}")
            else:
                found.append(self.value(_IN_ARRAY, depth + 1))
        self.position += 1
        return found

    def members(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.position += 1
        while (mark := self.at) != "}":
            if mark in _BLANK or mark == ",":
                self.position += 1
                continue
            if mark in ":][{" or mark == _END:
                raise NotJson(f"unexpected {mark!r} at {self.position}")
            key = self.quoted() if mark in "\"'" else self.bare(_IN_KEY)
            if self.skip() != ":":
                raise NotJson(f"':' expected at {self.position}")
            self.position += 1
            found[key] = self.value(_IN_OBJECT, depth + 1)
            if self.skip() not in ",}" or self.at == _END:
                raise NotJson(f"',' or '}}' expected at {self.position}")
        self.position += 1
        return found

    def bare(self, stops: str) -> str:
        start = self.position
        while self.at not in stops:
            self.position += 1
        return self.text[start : self.position].strip() or self.text[start : self.position][:1]

    def numeral(self, stops: str) -> object:
        start = self.position
        match = _NUMBER.match(self.text, start)
        assert match is not None
        self.position = match.end()
        if self.skip() not in stops:
            self.position = start
            return self.bare(stops)
        digits = self.text[start : match.end()]
        if not match[1] and not match[2]:
            return self.whole(digits)
        try:
            return self.number(digits)
        except ValueError:
            if digits[-1] in "eE":
                return digits
            raise NotJson(f"bad number at {start}") from None

    @staticmethod
    def whole(digits: str) -> int:
        if digits == "-":
            return 0
        if len(digits) > 4000:
            raise NotJson("number too long")
        return int(digits)

    def quoted(self) -> str:
        quote = self.at
        end = self.text.find(quote, self.position + 1)
        if end < 0:
            raise NotJson("text not closed")
        plain = self.text[self.position + 1 : end]
        if "\\" not in plain:
            self.position = end + 1
            return plain
        return self.escaped(quote)

    def escaped(self, quote: str) -> str:
        """A text with escapes: control characters in it are dropped, unknown escapes too."""
        parts: list[str] = []
        self.position += 1
        while (mark := self.at) != quote:
            if mark == _END:
                raise NotJson("text not closed")
            self.position += 1
            if mark == "\\":
                parts.append(self.escape())
            elif mark >= " " and mark != "\x7f":
                parts.append(mark)
        self.position += 1
        return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def escape(self) -> str:
        mark = self.at
        self.position += 1
        if mark not in "ux" or mark == _END:
            return _ESCAPES.get(mark, "")
        digits = self.text[self.position : self.position + (4 if mark == "u" else 2)]
        self.position += len(digits)
        try:
            return chr(int(digits, 16))
        except ValueError:
            raise NotJson(f"bad unicode escape at {self.position}") from None
