"""The tree of a script, the same for every dialect."""

from __future__ import annotations

from silhouette_plan.plan.records import record


class Node:
    """An expression or statement."""

    __slots__ = ()


@record
class Literal(Node):
    """A number, text, truth value or null."""

    value: object


@record
class RegexLiteral(Node):
    """``/pattern/flags``."""

    pattern: str
    flags: str


@record
class Interpolated(Node):
    """A template literal: texts and expressions."""

    parts: tuple[Node, ...]


@record
class Name(Node):
    """A name."""

    name: str


@record
class Member(Node):
    """``target.name``; with ``safe`` null gives null."""

    target: Node
    name: str
    safe: bool = False


@record
class Index(Node):
    """``target[key]``."""

    target: Node
    key: Node


@record
class Call(Node):
    """``function(arguments)``; of a ``Member``, a method call."""

    function: Node
    arguments: tuple[Node, ...]


@record
class New(Node):
    """``new name(arguments)``."""

    name: str
    arguments: tuple[Node, ...]


@record
class Unary(Node):
    """A prefix operator."""

    operator: str
    operand: Node


@record
class Binary(Node):
    """A binary operator; ``&&``, ``||``, ``?:`` and ``??`` evaluate the right side only if they must."""

    operator: str
    left: Node
    right: Node


@record
class Conditional(Node):
    """``condition ? yes : no``."""

    condition: Node
    yes: Node
    no: Node


@record
class Assign(Node):
    """``target = value``; ``operator`` is that of ``+=`` without the ``=``, else empty."""

    operator: str
    target: Node
    value: Node


@record
class Update(Node):
    """``++`` and ``--``."""

    operator: str
    target: Node
    prefix: bool


@record
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@record
class SetOf(Node):
    """``{a, b}`` in JEXL."""

    items: tuple[Node, ...]


@record
class MapOf(Node):
    """``{k: v}``."""

    entries: tuple[tuple[Node, Node], ...]


@record
class Function(Node):
    """A function or lambda; the value of an ``expression`` body is returned."""

    parameters: tuple[str, ...]
    body: Node


@record
class Block(Node):
    """Statements in order."""

    statements: tuple[Node, ...]


@record
class Declare(Node):
    """``var a = 1, b``."""

    names: tuple[tuple[str, Node | None], ...]


@record
class If(Node):
    """``if (condition) yes else no``."""

    condition: Node
    yes: Node
    no: Node | None


@record
class Loop(Node):
    """``for (start; condition; step) body``, ``while`` and, with ``after``, ``do … while``."""

    start: Node | None
    condition: Node | None
    step: Node | None
    body: Node
    after: bool = False


@record
class ForEach(Node):
    """``for (name : items) body``; with ``keys`` JavaScript's ``in``."""

    name: str
    items: Node
    body: Node
    keys: bool = False


@record
class Return(Node):
    """``return value``."""

    value: Node | None


@record
class Break(Node):
    """``break``."""


@record
class Continue(Node):
    """``continue``."""
