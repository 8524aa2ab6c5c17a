"""Regular expressions of Java (``java.util.regex.Pattern``), run by the ``regex`` library.

A pattern is translated piece by piece: ``.`` stops at every line terminator, ``\\d \\w \\s \\b`` are ASCII, classes nest
and intersect.
"""

from __future__ import annotations

import functools

import regex

from silhouette_plan.values.java.patterns import Pattern, PatternFault

_TERMINATORS = r"\n\r\u0085\u2028\u2029"
_POSIX = {
    "Lower": "a-z", "Upper": "A-Z", "ASCII": r"\x00-\x7f", "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9",
    "Punct": r"!-/:-@\[-`{-~", "Graph": "!-~", "Print": " -~", "Blank": r" \t", "Cntrl": r"\x00-\x1f\x7f",
    "XDigit": "0-9a-fA-F", "Space": r" \t\n\x0b\f\r",
}  # fmt: skip
_ASCII_CLASSES = {"d": "0-9", "w": "a-zA-Z0-9_", "s": r" \t\n\x0b\f\r"}
_HORIZONTAL = r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL = r"\n\x0b\f\r\u0085\u2028\u2029"
_DROPPED_FLAGS = dict.fromkeys(map(ord, "sudU"))
_JAVA_PROPERTIES = {
    "javaLowerCase": "Lowercase", "javaUpperCase": "Uppercase", "javaWhitespace": "White_Space",
    "IsAlphabetic": "Alphabetic", "IsLetter": "L", "IsDigit": "Nd", "IsLowercase": "Lowercase",
    "IsUppercase": "Uppercase", "IsPunctuation": "P", "IsWhite_Space": "White_Space", "javaLetter": "L",
}  # fmt: skip


@functools.lru_cache(maxsize=1000)
def compile_java_regex(pattern: str, *, ignore_case: bool = False, dotall: bool = False) -> Pattern:
    """``java.util.regex.Pattern.compile``. Raises ``PatternFault``."""
    translated = _Reader(pattern, dotall).translated()
    try:
        return Pattern(pattern, regex.compile(translated, regex.VERSION1 | (regex.IGNORECASE if ignore_case else 0)))
    except (regex.error, OverflowError, RecursionError, IndexError) as error:
        raise PatternFault(pattern, str(error)) from None


class _Reader:
    """Walks a pattern once and writes it in the words of the ``regex`` library."""

    def __init__(self, pattern: str, dotall: bool) -> None:
        self.pattern = pattern
        self.position = 0
        self.dotall = dotall
        self._outer: list[bool] = []

    def translated(self) -> str:
        out = []
        while self.position < len(self.pattern):
            out.append(self._piece(self._next()))
        return "".join(out)

    def _next(self) -> str:
        character = self.pattern[self.position]
        self.position += 1
        return character

    def _piece(self, character: str) -> str:
        match character:
            case "\\":
                return self._escape()
            case "[":
                return self._class()
            case "(":
                return self._group()
            case ")":
                if self._outer:
                    self.dotall = self._outer.pop()
                return ")"
            case ".":
                return r"[\s\S]" if self.dotall else f"[^{_TERMINATORS}]"
            case _:
                return character

    def _ahead(self, text: str) -> bool:
        return self.pattern.startswith(text, self.position)

    def _escape(self) -> str:
        if self.position >= len(self.pattern):
            raise PatternFault(self.pattern, "ends with a backslash")
        return self._escaped(self._next())

    def _class(self) -> str:
        inside = ["["]
        if self._ahead("^"):
            inside.append("^")
            self.position += 1
        first = True
        while self.position < len(self.pattern):
            character = self._next()
            if character == "]" and not first:
                return "".join(inside) + "]"
            first = False
            inside.append(self._escape() if character == "\\" else self._member(character, inside[-1]))
        raise PatternFault(self.pattern, "unclosed character class")

    def _group(self) -> str:
        """Opens a group, and follows the ``s`` flag through ``(?s)`` and ``(?s:…)``."""
        flags = regex.match(r"\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])", self.pattern, pos=self.position)
        if flags is None:
            self._outer.append(self.dotall)
            return "("
        self.position = flags.end()
        on, off = flags[1], flags[2] or ""
        if flags[3] == ":":
            self._outer.append(self.dotall)
        self.dotall = ("s" in on or self.dotall) and "s" not in off
        on, off = (text.translate(_DROPPED_FLAGS) for text in (on, off))
        shown = f"(?{on}{'-' + off if off else ''}"
        return ("(?:" if shown == "(?" else f"{shown}:") if flags[3] == ":" else ("" if shown == "(?" else f"{shown})")

    def _escaped(self, character: str) -> str:
        match character:
            case "Q":
                end = self.pattern.find("\\E", self.position)
                quoted = self.pattern[self.position : end if end >= 0 else len(self.pattern)]
                self.position = end + 2 if end >= 0 else len(self.pattern)
                return str(regex.escape(quoted, special_only=False))
            case "E":
                return ""
            case "p" | "P":
                return self._property(negated=character == "P")
            case "h" | "H" | "v" | "V":
                inside = _HORIZONTAL if character in "hH" else _VERTICAL
                return f"[{'^' if character.isupper() else ''}{inside}]"
            case "Z":
                return rf"(?=(?:\r\n|[{_TERMINATORS}])?\Z)"
            case "z":
                return r"\Z"
            case "x" if self._ahead("{"):
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

    def _property(self, negated: bool) -> str:
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

    def _member(self, character: str, before: str) -> str:
        """Unions ``[a[b]]`` and intersections ``&&`` the library knows too."""
        match character:
            case "[":
                return self._class()
            case "|" | "~":
                return f"\\{character}"
            case "-" if self._ahead("-") or self._ahead("]") or before.endswith("]"):
                return "\\-"
            case _:
                return character
