"""Text literals: what a token says, and how a text is spelled.

``"…"`` knows ``\\" \\\\ \\n \\r \\t \\uXXXX`` and leaves any other ``\\c`` as it is; ``'…'`` knows only ``''``; a fence of three or
more ``"`` holds lines, less the indent of its closing fence, and ``crlf`` behind it says that they end as on Windows.
"""

from __future__ import annotations

import re

from silhouette_plan.language.tokens import Token

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([\"\\nrt]))")
_SIMPLE = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MUST_ESCAPE = re.compile('["\\\\\\x00-\\x1f\\x7f\\x85\\u2028\\u2029\\ud800-\\udfff\\ufeff]')
_UNFIT_FOR_LINES = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\x85\\u2028\\u2029\\ud800-\\udfff\\ufeff]")
_READS_BETTER_RAW = re.compile(r'["\\]|^\$[.\[]')
_FENCE = re.compile(r'("{3,})(crlf)?[ \t]*\n(.*?)([ \t]*)\1', re.DOTALL)
_BARE_HOLE = re.compile(r"\$\{(?:[^{}\n]|\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\})*\}")


def text_of(token: Token) -> str:
    """What a text token says."""
    match token.type:
        case "STRING":
            return unescape(token.text[1:-1])
        case "RAW":
            return token.text[1:-1].replace("''", "'")
        case "TRIPLE":
            return _lines_of(token.text)
        case _:
            return token.text


def unescape(inner: str) -> str:
    """The text between two ``"``."""
    if "\\" not in inner:
        return inner
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _SIMPLE[m[2]], inner)


def _lines_of(fenced: str) -> str:
    match = _FENCE.fullmatch(fenced)
    if match is None:  # the terminal TRIPLE has this form
        raise AssertionError(fenced)
    indent = len(match[4])
    lines = match[3].split("\n")[:-1]
    return ("\r\n" if match[2] else "\n").join(
        line[min(indent, len(line) - len(line.lstrip(" \t"))) :] for line in lines
    )


def spell(text: str) -> str:
    """The text as one quoted literal on one line: between ``'`` where that saves escapes, and for JSON paths."""
    if (
        "'" not in text
        and _READS_BETTER_RAW.search(text)
        and not _UNFIT_FOR_LINES.search(text)
        and "\n" not in text
        and "\t" not in text
    ):
        return f"'{text}'"
    return '"' + _MUST_ESCAPE.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[0]) or f"\\u{ord(match[0]):04x}"


def spell_long(text: str) -> str:
    """The text as a literal, between fences where it has several lines; all of them but the first are indented."""
    fenced = _spell_lines(text)
    if fenced is None:
        return spell(text)
    first, *others = fenced.split("\n")
    return "\n".join([first, *(f"  {line}" if line else line for line in others)])


def _spell_lines(text: str) -> str | None:
    """The text between fences, unindented; None where it has one line or lines that fences cannot hold."""
    lines = text.replace("\r\n", "\n") if "\r" in text else text
    if "\n" not in lines or _UNFIT_FOR_LINES.search(lines):
        return None
    longest = max((len(run) for run in re.findall('"{3,}', lines)), default=2)
    fence = '"' * (longest + 1)
    fenced = f"{fence}{'crlf' if lines != text else ''}\n{lines}\n{fence}"
    return fenced if longest < 8 and _lines_of(fenced) == text else None


def is_hole(text: str) -> bool:
    """Whether the text is one bare ``${…}`` and nothing else."""
    return text.startswith("${") and _BARE_HOLE.fullmatch(text) is not None


def without_holes(text: str) -> str:
    """The text with each ``${x}`` shown as ``{x}``, for names that must not multiply."""
    return _BARE_HOLE.sub(lambda match: match[0][1:], text) if "${" in text else text
