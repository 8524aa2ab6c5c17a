"""A data file read row by row (``org.apache.jmeter.services.FileServer``, ``CSVSaveService.csvReadFile``).

The file is never held whole. A line ends at LF, CR or both. Quoted rows follow Excel: a quoted field may hold
delimiters, line breaks and doubled quotes; a quote anywhere else is a ``BadRow``, and reading goes on right behind it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import IO


class BadRow(ValueError):
    """A quoted row that breaks the rules of quoting; ``rest`` is what of its text was not read."""

    def __init__(self, message: str, rest: str = "") -> None:
        super().__init__(message)
        self.rest = rest


class DataFile:
    """A cursor over a file, shared by whoever reads it. ``header`` is its first line, once that was asked for."""

    __slots__ = ("_encoding", "_file", "_path", "_rest", "header")

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding or "utf-8"
        self._file: IO[str] | None = None
        self._rest = ""
        self.header: str | None = None

    def read_header(self) -> str | None:
        """The first line, read when first asked for; None for an empty file. Raises OSError."""
        if self.header is None and self._file is None:
            self.header = self.line(recycle=False, skip_first=False)
        return self.header

    def line(self, *, recycle: bool, skip_first: bool) -> str | None:
        """The next line, None at the end. With ``recycle`` it starts again there, ``skip_first`` past one line."""
        line = self._next_line()
        if not line and recycle:
            self._start_again(skip_first)
            line = self._next_line()
        return _without_end(line) if line else None

    def row(self, delimiter: str, *, recycle: bool, skip_first: bool) -> list[str]:
        """The next quoted row, empty at the end. Raises ``BadRow``."""
        if self._file is None and skip_first:
            self._next_line()
        line = self._next_line()
        if not line and recycle:
            self._start_again(skip_first)
            line = self._next_line()
        if '"' not in line:
            return _without_end(line).split(delimiter) if line else []
        try:
            row, self._rest = split_row(line, delimiter, self._next_line)
        except BadRow as problem:
            self._rest = problem.rest
            raise
        return row

    def _next_line(self) -> str:
        """The next line with its end, empty at the end of the file."""
        if self._rest:
            rest, self._rest = self._rest, ""
            return rest
        if self._file is None:
            self._file = self._open()
        return self._file.readline()

    def _start_again(self, skip_first: bool) -> None:
        self.close()
        self._file = self._open()
        if skip_first:
            self._file.readline()

    def _open(self) -> IO[str]:
        """A byte order mark of UTF-8 is passed over, whatever encoding is asked for."""
        with self._path.open("rb") as raw:
            marked = raw.read(3) == codecs.BOM_UTF8
        file = self._path.open(encoding=self._encoding, errors="replace", newline="")
        if marked:
            file.seek(3)
        return file

    def close(self) -> None:
        """Closes the file; the next read opens it again from the start."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._rest = ""


def _without_end(line: str) -> str:
    if line.endswith("\r\n"):
        return line[:-2]
    return line[:-1] if line.endswith(("\n", "\r")) else line


def split_row(text: str, delimiter: str, more: Callable[[], str] = str) -> tuple[list[str], str]:
    """The fields of the row that ``text`` starts with, and what is left of it.

    ``more`` gives the next line, for a quoted field that goes on there, and empty text where there is none. Raises
    ``BadRow``.
    """
    fields: list[str] = []
    plain, quoted = _field_patterns(delimiter)
    position, end = 0, delimiter
    while end == delimiter:
        if text.startswith('"', position):
            while (match := quoted.match(text, position)) is None:
                text += _continuation(text, position, more)
            fields.append(match[1].replace('""', '"'))
        else:
            match = plain.match(text, position)
            assert match is not None
            fields.append(match[1])
        position, end = match.end(), match[2]
    if end == '"':
        raise BadRow(f'Cannot have quote-char in plain field:[{fields[-1]}"]', text[position:])
    return fields, text[position:]


def _continuation(text: str, position: int, more: Callable[[], str]) -> str:
    """The next line, where the quoted field at ``position`` goes on there."""
    end = _closing_quote(text, position)
    if end is not None:
        field = text[position + 1 : end]
        raise BadRow(f'Cannot have single quote-char in quoted field:[{field}"]', text[end + 2 :])
    line = more()
    if not line:
        raise BadRow(f"Missing trailing quote-char in quoted field:[{text[position:]}]")
    return line


def _closing_quote(text: str, position: int) -> int | None:
    """Where the quoted field at ``position`` closes, None where it goes on in the next line."""
    position += 1
    while (position := text.find('"', position)) >= 0:
        if not text.startswith('"', position + 1):
            return position if position + 1 < len(text) else None
        position += 2
    return None


@lru_cache(maxsize=64)
def _field_patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A plain and a quoted field, each with what ends it: the delimiter, the line's end, or (wrongly) a quote."""
    mark = re.escape(delimiter)
    plain = re.compile(rf'([^"\r\n{mark}]*)({mark}|\r\n|\r|\n|"|\Z)')
    quoted = re.compile(rf'"((?:[^"]|"")*+)"({mark}|\r\n|\r|\n|\Z)')
    return plain, quoted
