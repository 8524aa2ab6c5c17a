"""Regular expressions of Jakarta ORO (``org.apache.oro.text.regex.Perl5Compiler``), run by the ``regex`` library.

ORO reads Perl 5.003: no look-behind, no named or atomic groups, no possessive quantifiers. ``.`` stops at ``\\n`` only,
``\\w`` and ``\\s`` are Java's letters and blanks, ``[`` inside a class is itself, and a backslash before a letter that means
nothing is that letter. ``(?i)`` anywhere folds the whole pattern; ``(?m)``, ``(?s)`` and ``(?x)`` count from where they stand.
"""

from __future__ import annotations

import functools

import regex

from silhouette_plan.values.java.patterns import Pattern, PatternFault

_BLANKS = r"\t-\r\x1c- \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
"""``Character.isWhitespace``: without the spaces that do not break."""
_CLASSES = {"s": f"[{_BLANKS}]", "S": f"[^{_BLANKS}]"}
_CONTROLS = {"n": r"\n", "r": r"\r", "t": r"\t", "f": r"\f", "a": r"\x07", "e": r"\x1b"}
_ANCHORS = {"b": r"\b", "B": r"\B", "A": r"\A", "G": r"\G", "Z": r"(?=\n?\Z)"}
_POSIX = {
    "alnum": r"\p{L}\p{Nd}", "alpha": r"\p{L}", "ascii": r"\x00-\x7f", "blank": r"\p{Zs}", "cntrl": r"\p{Cc}",
    "digit": r"\d", "graph": r"[:graph:]", "lower": r"\p{Ll}", "print": r"[:print:]", "punct": r"\p{P}\p{Sm}\p{Sc}\p{Sk}",
    "space": _BLANKS, "upper": r"\p{Lu}", "word": r"\w", "xdigit": "0-9a-fA-F",
}  # fmt: skip
_BAD_RANGE = "Invalid [] range in expression."
_INTERVAL = regex.compile(r"\{(\d+)(,(\d*))?\}")
_QUANTIFIER = regex.compile(rf"[*+?]|{_INTERVAL.pattern}")
_FLAGS = regex.compile(r"[gimosx-]*")
_OCTAL = regex.compile(r"[0-7]{0,3}")
_HEXADECIMAL = regex.compile(r"[0-9a-fA-F]{0,2}")


class OroPattern(Pattern):
    """A pattern whose matches follow one another as ``Perl5Matcher.contains`` gives them."""

    __slots__ = ()

    def matches_whole(self, text: str) -> bool:
        """Whether the match at the start of ``text`` is all of it (``Perl5Matcher.matches``).

        ORO takes the first match there is and does not look for a longer one: ``a|ab`` does not match ``ab``.
        """
        match = self.search(text)
        return match is not None and match.start() == 0 and match.end() == len(text)

    def find_all(self, text: str, most: int | None = None) -> list[regex.Match[str]]:
        """The matches in order, at most ``most``; none is empty where the one before ended."""

        def collect(text: str, timeout: float) -> list[regex.Match[str]]:
            found: list[regex.Match[str]] = []
            last = -1
            for match in self._compiled.finditer(text, timeout=timeout):
                start, end = match.span()
                if start == end == last:
                    continue
                last = end
                found.append(match)
                if len(found) == most:
                    break
            return found

        result: list[regex.Match[str]] = self._limited(collect, text)
        return result


@functools.lru_cache(maxsize=1000)
def compile_oro_regex(pattern: str) -> OroPattern:
    """``Perl5Compiler.compile``. Raises ``PatternFault`` with ORO's own words."""
    reader = _Reader(pattern)
    translated = reader.translated()
    try:
        # Without (?-f) the library would let one character equal two, such as ß and ss.
        compiled = regex.compile(f"(?i-f){translated}" if reader.fold else translated, regex.VERSION1)
    except (regex.error, OverflowError, RecursionError, IndexError) as error:
        said = str(error)
        raise PatternFault(pattern, _BAD_RANGE if "bad character range" in said else said) from None
    return OroPattern(pattern, compiled)


def malformed_message(pattern: str, fault: PatternFault) -> str:
    """``MalformedCachePatternException.getMessage()`` for ``pattern``."""
    return f"Invalid expression: {pattern}\n{fault.reason}"


class _Reader:
    """Walks a pattern once and writes it in the words of the ``regex`` library."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.out: list[str] = []
        self.fold = self.multiline = self.singleline = self.extended = False
        self._depth = self._groups = 0

    def translated(self) -> str:
        while self.position < len(self.pattern):
            self._piece(self._next())
        if self._depth:
            raise self._fault("Unmatched parentheses.")
        return "".join(self.out)

    def _next(self) -> str:
        character = self.pattern[self.position]
        self.position += 1
        return character

    def _take(self, what: regex.Pattern[str]) -> regex.Match[str] | None:
        """What stands here, taken."""
        found = what.match(self.pattern, self.position)
        if found is not None:
            self.position = found.end()
        return found

    def _ahead(self, text: str) -> bool:
        return self.pattern.startswith(text, self.position)

    def _fault(self, reason: str) -> PatternFault:
        return PatternFault(self.pattern, reason)

    def _piece(self, character: str) -> None:
        match character:
            case "(":
                self._open()
            case "|":
                self.out.append("|")
            case "*" | "+" | "?":
                raise self._fault("?+* follows nothing in expression")
            case _ if self.extended and character.isspace():
                pass
            case "#" if self.extended:
                end = self.pattern.find("\n", self.position)
                self.position = end + 1 if end >= 0 else len(self.pattern)
            case _:
                self.out.append(self._atom(character))
                self._quantifier()

    def _atom(self, character: str) -> str:
        match character:
            case ")":
                if not self._depth:
                    raise self._fault("Unmatched parentheses.")
                self._depth -= 1
                return ")"
            case "^":
                return r"(?:\A|(?<=\n)(?!\Z))" if self.multiline else "^"
            case "$":
                return r"(?=\n|\Z)" if self.multiline else "$"
            case ".":
                return "(?s:.)" if self.singleline else "."
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case _:
                return str(regex.escape(character))

    def _quantifier(self) -> None:
        found = self._take(_QUANTIFIER)
        if found is None:
            return
        least, most = found[1], found[3]
        if most and int(most) < int(least):
            raise self._fault(f"Invalid interval {found[0]}")
        self.out.append(found[0])
        if self._ahead("?"):
            self.out.append(self._next())
        if self._take(_QUANTIFIER):
            raise self._fault("Nested repetitions *?+ in expression")

    def _open(self) -> None:
        if not self._ahead("?"):
            self._groups += 1
            self._depth += 1
            self.out.append("(")
            return
        kind = self.pattern[self.position + 1 : self.position + 2]
        if kind and kind in ":=!":
            self._depth += 1
            self.position += 2
            self.out.append(f"(?{kind}")
        elif kind == "#":
            end = self.pattern.find(")", self.position)
            self.position = end + 1 if end >= 0 else len(self.pattern)
            self._quantifier()
        else:
            self.position += 1
            self._set_flags()

    def _set_flags(self) -> None:
        """``(?imsx)``: something must follow it, and what stands after a dash means nothing."""
        found = self._take(_FLAGS)
        flags = found[0].partition("-")[0] if found else ""
        if not self._ahead(")"):
            wrong = self.pattern[self.position : self.position + 1] or "?"
            raise self._fault(f"Sequence (?{wrong}...) not recognized")
        self.position += 1
        self.fold = self.fold or "i" in flags
        self.multiline = self.multiline or "m" in flags
        self.singleline = self.singleline or "s" in flags
        self.extended = self.extended or "x" in flags
        if self.position == len(self.pattern):
            raise self._fault("Unmatched parentheses.")
        if self._ahead(")") or self._ahead("|"):
            raise self._fault("Unknown compilation error.")

    def _escape(self) -> str:
        if self.position == len(self.pattern):
            raise self._fault("Trailing \\ in expression.")
        character = self._next()
        if character in _ANCHORS:
            return _ANCHORS[character]
        if character in "123456789":
            return self._reference()
        return self._character(character)

    def _reference(self) -> str:
        """A group, if there is one by then or the number has one digit; else a character in octal."""
        start = self.position - 1
        while self.position < len(self.pattern) and self.pattern[self.position].isdecimal():
            self.position += 1
        number = int(self.pattern[start : self.position])
        if number <= self._groups:
            return rf"(?:\{number})"
        if number < 10:
            raise self._fault(f"Invalid backreference: \\{number}")
        self.position = start
        return self._octal()

    def _octal(self) -> str:
        found = self._take(_OCTAL)
        return f"\\x{int(found[0] or '0', 8) & 0xFF:02x}" if found else ""

    def _character(self, character: str) -> str:
        """An escape that stands for characters, inside a class or out of it."""
        if character in "dDwW":
            return f"\\{character}"
        if character in _CLASSES:
            return _CLASSES[character]
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in "01234567":
            self.position -= 1
            return self._octal()
        if character == "x":
            found = self._take(_HEXADECIMAL)
            return f"\\x{int(found[0] or '0', 16):02x}" if found else ""
        if character == "c":
            follows = self._next() if self.position < len(self.pattern) else "@"
            return f"\\x{ord(follows.upper()) & 0xFF ^ 64:02x}"
        return str(regex.escape(character))

    def _class(self) -> str:
        inside = ["["]
        if self._ahead("^"):
            inside.append("^")
            self.position += 1
        first = True
        ranged = False
        while self.position < len(self.pattern):
            character = self._next()
            if character == "]" and not first:
                return "".join(inside) + "]"
            first = False
            member = self._member(character)
            if ranged and (member in _CLASSES.values() or member in (r"\d", r"\D", r"\w", r"\W")):
                raise self._fault(_BAD_RANGE)
            inside.append(member)
            ranged = character == "-" and member == "-"
        raise self._fault("Unmatched [] in expression.")

    def _member(self, character: str) -> str:
        if character == "\\" and self.position < len(self.pattern):
            escaped = self._next()
            return r"\x08" if escaped == "b" else self._character(escaped)
        if character == "[" and (named := regex.compile(r":(\^?)([a-z]+):\]").match(self.pattern, self.position)):
            known = _POSIX.get(named[2])
            self.position = named.end()
            return "" if known is None else f"[{named[1]}{known}]"
        if character == "-":
            # A dash that ranges over nothing is itself, and ``--`` is a difference to the library.
            return r"\-" if self._ahead("-") or self._ahead("]") else "-"
        return f"\\{character}" if character in "[]&|~^\\" else character
