"""``${}`` templates as data (``org.apache.jmeter.engine.util.FunctionParser``, ``CompoundVariable``).

Characters are read once, left to right. Three rules are not obvious: references nest only inside the parameters of a
*known* function (an unknown name is a variable, whatever it holds); a backslash inside a parameter is carried along
and resolved where the text becomes literal, so a comma needs one backslash at any depth; and text without any
reference keeps its backslashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from silhouette_plan.plan.records import record

MAX_DEPTH = 60
"""Functions nested deeper than this are refused."""

_TEXT_SPECIAL = re.compile(r"\\(.)?|\$\{", re.DOTALL)
_SPACES = frozenset(("Zs", "Zl", "Zp"))
_ESCAPABLE = frozenset("$,\\")


class TemplateFault(Exception):
    """The text is no template: a parameter list does not end, or the ``}`` after it is missing (rule 1.1.5)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@record
class Plain:
    """Literal text, its escapes resolved; also the rest of a ``${`` that never ends."""

    text: str


@record
class Variable:
    """``${name}``."""

    name: str


@record
class Call:
    """``${function(…)}``, each parameter a template of its own."""

    function: str
    parameters: tuple[Parsed, ...]


Piece = Plain | Variable | Call


@record
class Parsed:
    """A template in pieces; ``source`` is its text as written."""

    source: str
    pieces: tuple[Piece, ...]

    @property
    def live(self) -> bool:
        """Whether anything in it has to be evaluated."""
        return any(not isinstance(piece, Plain) for piece in self.pieces)

    @property
    def found_reference(self) -> bool:
        """JMeter's ``hasFunction``: whether the property becomes a template at all."""
        return len(self.pieces) > 1 or (len(self.pieces) == 1 and not isinstance(self.pieces[0], Plain))

    @property
    def literal(self) -> str:
        """The text of its plain pieces."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Plain))


def parse(text: str, functions: Container[str], depth: int = 0) -> Parsed:
    """``text`` in pieces; ``functions`` holds the known names. Raises ``TemplateFault``."""
    pieces: list[Piece] = []
    buffer: list[str] = []
    position = 0
    while match := _TEXT_SPECIAL.search(text, position):
        buffer.append(text[position : match.start()])
        position = match.end()
        if match[0] != "${":
            buffer.append(_unescaped(match))
            continue
        if any(buffer):
            pieces.append(Plain("".join(buffer)))
        buffer.clear()
        piece, position = _reference(text, position, functions, depth)
        pieces.append(piece)
    buffer.append(text[position:])
    if any(buffer):
        pieces.append(Plain("".join(buffer)))
    return Parsed(text, tuple(pieces))


def _unescaped(match: re.Match[str]) -> str:
    escaped: str | None = match[1]
    return escaped if escaped is not None and escaped in _ESCAPABLE else match[0]


def _reference(text: str, start: int, functions: Container[str], depth: int) -> tuple[Piece, int]:
    """The reference whose inside begins at ``start``, and where reading goes on."""
    name: list[str] = []
    previous = " "
    position = start
    while position < len(text):
        character = text[position]
        position += 1
        if character == "\\":
            name.append(text[position : position + 1] or "\\")
            position += 1
            previous = " "
        elif character == "}":
            return _named("".join(name), functions), position
        elif character == "(" and previous != " ":
            function = "".join(name).strip()
            if function in functions:
                return _call(function, text, position, functions, depth)
            name.append(character)
        else:
            name.append(character)
            previous = character
    return Plain("".join(name)), len(text)


def _named(name: str, functions: Container[str]) -> Piece:
    return Call(name, ()) if name in functions else Variable(name)


def _call(function: str, text: str, position: int, functions: Container[str], depth: int) -> tuple[Piece, int]:
    """A call whose parameters begin at ``position``."""
    if depth >= MAX_DEPTH:
        raise TemplateFault(f"functions are nested more than {MAX_DEPTH} deep")
    bounds, after = _parameters(text, position)
    if bounds is None:
        raise TemplateFault(f"the parameters of {function} have no closing `)`")
    while after < len(text) and unicodedata.category(text[after]) in _SPACES:
        after += 1
    if text[after : after + 1] != "}":
        raise TemplateFault(f"expected `}}` after the call of {function}")
    parameters = tuple(parse(text[low:high], functions, depth + 1) for low, high in bounds)
    return Call(function, parameters), after + 1


def _parameters(text: str, position: int) -> tuple[list[tuple[int, int]] | None, int]:
    """Bounds of each parameter and the place behind ``)``; None where the list does not end."""
    bounds: list[tuple[int, int]] = []
    begin = first = position
    braces = parentheses = 0
    previous = " "
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 2
            previous = " "
            continue
        if character == "{" and previous == "$":
            braces += 1
        elif character == "}" and braces:
            braces -= 1
        elif not braces and character == ",":
            bounds.append((begin, position))
            begin = position + 1
        elif not braces and character == "(":
            parentheses += 1
        elif not braces and character == ")":
            if not parentheses:
                if position > first:
                    bounds.append((begin, position))
                return bounds, position + 1
            parentheses -= 1
        previous = character if character != "," or braces else previous
        position += 1
    return None, position
