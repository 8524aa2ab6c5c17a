"""Regular expressions of Java, run by the ``regex`` library under a time limit.

A pattern is translated piece by piece: ``.`` stops at every line terminator, ``\\d \\w \\s \\b`` are ASCII, classes nest
and intersect. A match that takes longer than the limit raises ``MatchTooLong``: a pattern such as ``(a+)+$`` cannot stall
the other users.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import regex

_BASE_LIMIT = 0.05
_LIMIT_A_CHARACTER = 0.5e-6

_TERMINATORS = r"\n\r\u0085\u2028\u2029"
_POSIX = {
    "Lower": "a-z", "Upper": "A-Z", "ASCII": r"\x00-\x7f", "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9",
    "Punct": r"!-/:-@\[-`{-~", "Graph": "!-~", "Print": " -~", "Blank": r" \t", "Cntrl": r"\x00-\x1f\x7f",
    "XDigit": "0-9a-fA-F", "Space": r" \t\n\x0b\f\r",
}  # fmt: skip
_ASCII_CLASSES = {"d": "0-9", "w": "a-zA-Z0-9_", "s": r" \t\n\x0b\f\r"}
_HORIZONTAL = r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL = r"\n\x0b\f\r\u0085\u2028\u2029"


class PatternFault(ValueError):
    """The text is no pattern of its dialect; ``reason`` says why."""

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__(f"{pattern!r}: {reason}")
        self.reason = reason


class MatchTooLong(Exception):
    """A match took longer than its limit."""


class Pattern:
    """A compiled pattern. Every method raises ``MatchTooLong`` after 50 ms and half a microsecond a character."""

    __slots__ = ("_compiled", "groups", "source")

    def __init__(self, source: str, compiled: regex.Pattern[str]) -> None:
        self.source = source
        self.groups: int = compiled.groups
        self._compiled = compiled

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match anywhere (``Matcher.find``)."""
        found: regex.Match[str] | None = self._limited(self._compiled.search, text)
        return found

    def fullmatch(self, text: str) -> regex.Match[str] | None:
        """A match of the whole text (``Matcher.matches``)."""
        found: regex.Match[str] | None = self._limited(self._compiled.fullmatch, text)
        return found

    def find_all(self, text: str, most: int | None = None) -> list[regex.Match[str]]:
        """The matches in order, at most ``most``."""

        def collect(text: str, timeout: float) -> list[regex.Match[str]]:
            found: list[regex.Match[str]] = []
            for match in self._compiled.finditer(text, timeout=timeout):
                found.append(match)
                if most is not None and len(found) >= most:
                    break
            return found

        result: list[regex.Match[str]] = self._limited(collect, text)
        return result

    def replace(self, text: str, replacement: str | Callable[[regex.Match[str]], str], most: int = 0) -> str:
        """``replaceAll`` (``most`` 0) or ``replaceFirst`` (1); ``$1`` and ``\\$`` as Java has them. ValueError for a bad ``$``."""
        build = java_replacement(replacement, self.groups) if isinstance(replacement, str) else replacement

        def substitute(text: str, timeout: float) -> str:
            return self._compiled.sub(build, text, count=most, timeout=timeout)

        result: str = self._limited(substitute, text)
        return result

    def split(self, text: str) -> list[str]:
        """``String.split``: without empty parts at the end; a match of nothing at the start makes no part."""
        parts: list[str] = []
        begin = 0
        for match in self.find_all(text):
            if match.end() == 0:
                continue
            parts.append(text[begin : match.start()])
            begin = match.end()
        if not parts:
            return [text]
        parts.append(text[begin:])
        while parts and not parts[-1]:
            parts.pop()
        return parts

    def _limited(self, run: Callable[..., Any], text: str) -> Any:
        try:
            return run(text, timeout=_BASE_LIMIT + _LIMIT_A_CHARACTER * len(text))
        except TimeoutError:
            raise MatchTooLong(f"the pattern {self.source!r} took too long on {len(text)} characters") from None


def java_replacement(replacement: str, groups: int) -> Callable[[regex.Match[str]], str]:
    """``Matcher.appendReplacement``: ``$n``, ``${name}``, ``\\x``. Raises ValueError as Java does."""
    parts: list[str | int] = []
    position = 0
    while position < len(replacement):
        character = replacement[position]
        position += 1
        if character == "\\":
            if position == len(replacement):
                raise ValueError("character to be escaped is missing")
            parts.append(replacement[position])
            position += 1
        elif character == "$":
            group, position = _group_reference(replacement, position, groups)
            parts.append(group)
        else:
            parts.append(character)
    return lambda match: "".join([part if isinstance(part, str) else match[part] or "" for part in parts])


def _group_reference(replacement: str, position: int, groups: int) -> tuple[int, int]:
    """The number after ``$`` (as many digits as make a group), and the place behind it."""
    if not replacement[position : position + 1].isdecimal():
        raise ValueError("Illegal group reference")
    number = int(replacement[position])
    if number > groups:
        raise ValueError(f"No group {number}")
    position += 1
    while position < len(replacement) and replacement[position].isdecimal():
        longer = number * 10 + int(replacement[position])
        if longer > groups:
            break
        number = longer
        position += 1
    return number, position


@functools.lru_cache(maxsize=1000)
def compile_java_regex(pattern: str, *, ignore_case: bool = False, dotall: bool = False) -> Pattern:
    """``java.util.regex.Pattern.compile``. Raises ``PatternFault``."""
    flags = regex.VERSION1 | (regex.IGNORECASE if ignore_case else 0)
    return _compiled(pattern, _Java(pattern, dotall).translated(), flags)


def _compiled(source: str, translated: str, flags: int) -> Pattern:
    try:
        return Pattern(source, regex.compile(translated, flags))
    except (regex.error, OverflowError, RecursionError, IndexError) as error:
        raise PatternFault(source, str(error)) from None


class _Translator:
    """Walks a pattern once; subclasses say what a piece becomes."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.out: list[str] = []

    def translated(self) -> str:
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            self.position += 1
            match character:
                case "\\":
                    self.out.append(self.escape(in_class=False))
                case "[":
                    self.out.append(self.character_class())
                case "(":
                    self.out.append(self.group())
                case ")":
                    self.close()
                    self.out.append(")")
                case ".":
                    self.out.append(self.dot())
                case _:
                    self.out.append(character)
        return "".join(self.out)

    def ahead(self, text: str) -> bool:
        return self.pattern.startswith(text, self.position)

    def escape(self, in_class: bool) -> str:
        if self.position >= len(self.pattern):
            raise PatternFault(self.pattern, "ends with a backslash")
        character = self.pattern[self.position]
        self.position += 1
        return self.escaped(character, in_class)

    def escaped(self, character: str, in_class: bool) -> str:
        raise NotImplementedError

    def character_class(self) -> str:
        inside = ["["]
        if self.ahead("^"):
            inside.append("^")
            self.position += 1
        first = True
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            self.position += 1
            if character == "]" and not first:
                return "".join(inside) + "]"
            first = False
            inside.append(self.escape(in_class=True) if character == "\\" else self.member(character, inside[-1]))
        raise PatternFault(self.pattern, "unclosed character class")

    def member(self, character: str, before: str) -> str:
        """What ``character`` becomes in a class, behind ``before``."""
        raise NotImplementedError

    def group(self) -> str:
        return "("

    def close(self) -> None:
        return None

    def dot(self) -> str:
        return "."


class _Java(_Translator):
    def __init__(self, pattern: str, dotall: bool) -> None:
        super().__init__(pattern)
        self.dotall = dotall
        self.outer: list[bool] = []

    def dot(self) -> str:
        return r"[\s\S]" if self.dotall else f"[^{_TERMINATORS}]"

    def group(self) -> str:
        """Opens a group, and follows the ``s`` flag through ``(?s)`` and ``(?s:…)``."""
        flags = regex.match(r"\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])", self.pattern, pos=self.position)
        if flags is None:
            self.outer.append(self.dotall)
            return "("
        self.position = flags.end()
        on, off = flags[1], flags[2] or ""
        if flags[3] == ":":
            self.outer.append(self.dotall)
        self.dotall = ("s" in on or self.dotall) and "s" not in off
        on, off = (text.translate(_DROPPED_FLAGS) for text in (on, off))
        shown = f"(?{on}{'-' + off if off else ''}"
        return ("(?:" if shown == "(?" else f"{shown}:") if flags[3] == ":" else ("" if shown == "(?" else f"{shown})")

    def close(self) -> None:
        if self.outer:
            self.dotall = self.outer.pop()

    def escaped(self, character: str, in_class: bool) -> str:
        match character:
            case "Q":
                end = self.pattern.find("\\E", self.position)
                quoted = self.pattern[self.position : end if end >= 0 else len(self.pattern)]
                self.position = end + 2 if end >= 0 else len(self.pattern)
                return str(regex.escape(quoted, special_only=False))
            case "E":
                return ""
            case "p" | "P":
                return self._property(negated=character == "P", in_class=in_class)
            case "h" | "H" | "v" | "V":
                inside = _HORIZONTAL if character in "hH" else _VERTICAL
                return f"[{'^' if character.isupper() else ''}{inside}]"
            case "Z":
                return rf"(?=(?:\r\n|[{_TERMINATORS}])?\Z)"
            case "z":
                return r"\Z"
            case "x" if self.ahead("{"):
                return self._wide_hexadecimal()
            case "k" if found := regex.compile(r"<(\w+)>").match(self.pattern, self.position):
                self.position = found.end()
                return f"(?P={found[1]})"
            case "0":
                return self._octal()
            case "e":
                return r"\x1b"
            case "d" | "D" | "w" | "W" | "s" | "S":
                return f"[{'^' if character.isupper() else ''}{_ASCII_CLASSES[character.lower()]}]"
            case _ if character in "bBAGRXnrtfaxu123456789":
                return f"\\{character}"
            case _ if character.isascii() and character.isalpha():
                raise PatternFault(self.pattern, f"illegal/unsupported escape sequence \\{character}")
            case _:
                return f"\\{character}" if character.isascii() else character

    def _property(self, negated: bool, in_class: bool) -> str:
        found = regex.compile(r"\{([^}]*)\}|(.)").match(self.pattern, self.position)
        if found is None:
            raise PatternFault(self.pattern, "unclosed character family")
        self.position = found.end()
        name = found[1] or found[2]
        if name in _POSIX:
            return f"[{'^' if negated else ''}{_POSIX[name]}]"
        name = _JAVA_PROPERTIES.get(name, name)
        return rf"\{'P' if negated else 'p'}{{{name}}}"

    def _wide_hexadecimal(self) -> str:
        end = self.pattern.find("}", self.position)
        try:
            point = int(self.pattern[self.position + 1 : end], 16)
            self.position = end + 1
            return str(regex.escape(chr(point)))
        except (ValueError, OverflowError):
            raise PatternFault(self.pattern, "illegal hexadecimal escape sequence") from None

    def _octal(self) -> str:
        found = regex.compile("[0-3][0-7]{2}|[0-7]{1,2}").match(self.pattern, self.position)
        if found is None:
            raise PatternFault(self.pattern, "illegal octal escape sequence")
        self.position = found.end()
        return f"\\x{int(found[0], 8):02x}"

    def member(self, character: str, before: str) -> str:
        """Unions ``[a[b]]`` and intersections ``&&`` the library knows too."""
        match character:
            case "[":
                return self.character_class()
            case "|" | "~":
                return f"\\{character}"
            case "-" if self.ahead("-") or self.ahead("]") or before.endswith("]"):
                return "\\-"
            case _:
                return character


_DROPPED_FLAGS = dict.fromkeys(map(ord, "sudU"))
_JAVA_PROPERTIES = {
    "javaLowerCase": "Lowercase", "javaUpperCase": "Uppercase", "javaWhitespace": "White_Space",
    "IsAlphabetic": "Alphabetic", "IsLetter": "L", "IsDigit": "Nd", "IsLowercase": "Lowercase",
    "IsUppercase": "Uppercase", "IsPunctuation": "P", "IsWhite_Space": "White_Space", "javaLetter": "L",
}  # fmt: skip
