"""Compiled patterns, of whatever dialect, matched by the ``regex`` library under a time limit.

A match that takes longer than the limit raises ``MatchTooLong``: a pattern such as ``(a+)+$`` cannot stall the other users.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

_BASE_LIMIT = 0.05
_LIMIT_A_CHARACTER = 0.5e-6


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
