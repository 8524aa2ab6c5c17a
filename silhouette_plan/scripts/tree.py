"""The tree of a script, the same for every dialect."""

from __future__ import annotations

from dataclasses import dataclass


class Node:
    """An expression or statement."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, text, truth value or null."""

    value: object


@dataclass(frozen=True, slots=True)
class RegexLiteral(Node):
    """``/pattern/flags``."""

    pattern: str
    flags: str


@dataclass(frozen=True, slots=True)
class Interpolated(Node):
    """A template literal: texts and expressions."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``target.name``; with ``safe`` null gives null."""

    target: Node
    name: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``target[key]``."""

    target: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments)``; of a ``Member``, a method call."""

    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class New(Node):
    """``new name(arguments)``."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """A prefix operator."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """A binary operator; ``&&``, ``||``, ``?:`` and ``??`` evaluate the right side only if they must."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """``condition ? yes : no``."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """``target = value``; ``operator`` is that of ``+=`` without the ``=``, else empty."""

    operator: str
    target: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Update(Node):
    """``++`` and ``--``."""

    operator: str
    target: Node
    prefix: bool


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class SetOf(Node):
    """``{a, b}`` in JEXL."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MapOf(Node):
    """``{k: v}``."""

    entries: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A function or lambda; the value of an ``expression`` body is returned."""

    parameters: tuple[str, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Block(Node):
    """Statements in order."""

    statements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Declare(Node):
    """``var a = 1, b``."""

    names: tuple[tuple[str, Node | None], ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if (condition) yes else no``."""

    condition: Node
    yes: Node
    no: Node | None


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """``for (start; condition; step) body``, ``while`` and, with ``after``, ``do … while``."""

    start: Node | None
    condition: Node | None
    step: Node | None
    body: Node
    after: bool = False


@dataclass(frozen=True, slots=True)
class ForEach(Node):
    """``for (name : items) body``; with ``keys`` JavaScript's ``in``."""

    name: str
    items: Node
    body: Node
    keys: bool = False


@dataclass(frozen=True, slots=True)
class Return(Node):
    """``return value``."""

    value: Node | None


@dataclass(frozen=True, slots=True)
class Break(Node):
    """``break``."""


@dataclass(frozen=True, slots=True)
class Continue(Node):
    """``continue``."""
