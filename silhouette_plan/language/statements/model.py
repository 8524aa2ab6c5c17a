"""The rows of the table of statements: what a statement consists of, where it stands, and which plan nodes it says.

Parser, printer, formatter, reference and editors work from these rows and know no statement by name. A statement's operands
and clauses are read into *values*, a mapping from the names in the row. ``build`` makes a plan node's kind and fields of them
and ``values_of`` goes the other way, leaving out what goes without saying; without them, values are the fields of the row's
only kind.

Nothing depends on ``values_of`` being complete: the printer builds the node from what a statement can say, and writes a
``field`` line for each field that then differs.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any

from silhouette_plan.language.texts import without_holes
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.records import record

if TYPE_CHECKING:
    from silhouette_plan.language.statements.cursor import Cursor

Values = dict[str, Any]
"""What a statement says, by the names of its row."""

Built = tuple[type[Element], dict[str, Any]]
"""A plan node to be: its kind, and the fields that do not have their default."""


class Refused(Exception):
    """Raised by ``build`` where values that are fine one by one do not go together; the message says why."""


@record
class Value:
    """A kind of value: ``name`` with its article for messages, ``read`` from tokens, ``show`` as text (None: cannot be said)."""

    name: str
    read: Callable[[Cursor], Any]
    show: Callable[[Any], str | None]
    begins: Callable[[Cursor], bool] = lambda cursor: True


@record
class Operand:
    """A value at a fixed place behind the verb; optional ones are looked at with ``begins``. ``sign`` stands before it."""

    name: str
    value: Value
    optional: bool = False
    sign: str = ""


@record
class Clause:
    """A word with a value, or alone: then it gives ``constant`` to the value ``name``."""

    word: str
    name: str
    value: Value | None = None
    constant: Any = True


def flags(*words: str) -> tuple[Clause, ...]:
    """Clauses that stand alone and switch on the field of their name (``by-user``: ``by_user``)."""
    return tuple(Clause(word, word.replace("-", "_")) for word in words)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The form that statements and lines share."""

    verb: str
    operands: tuple[Operand, ...] = ()
    clauses: tuple[Clause, ...] = ()
    summary: str = ""

    @property
    def names(self) -> set[str]:
        """The names of the values that its operands and clauses give."""
        return {operand.name for operand in self.operands} | {clause.name for clause in self.clauses}

    def clause(self, word: str) -> Clause | None:
        """The clause that begins with ``word``."""
        return next((clause for clause in self.clauses if clause.word == word), None)


def _unchanged(values: Values) -> Any:
    return values


@dataclass(frozen=True, kw_only=True)
class Line(Sentence):
    """A line of a statement's own block, no element itself.

    What it says is added to the owner's value ``into``, a tuple; without ``into`` it is merged into the owner's values.
    ``unmake`` gives what the line says of an item (or, merged, of the owner's values), None if it cannot; left out, that is the
    owner's values of the line's names.
    """

    into: str = ""
    make: Callable[[Values], Any] = _unchanged
    unmake: Callable[[Any], Values | None] | None = None


class Place(enum.Enum):
    """Where a statement may stand; what stands elsewhere has no effect, which the analysis tells."""

    PLAN = "at the top"
    GROUP = "a group"
    STEP = "a step"
    SCOPED = "scopes its block"
    ANYWHERE = "anywhere"


class Body(enum.Enum):
    """What the block of a statement holds besides its lines."""

    NONE = "no block"
    OPTIONAL = "what scopes this step alone"
    STEPS = "what scopes, then steps"


@dataclass(frozen=True, kw_only=True)
class Row(Sentence):
    """A statement. ``kinds`` are the plan nodes it may say, ``jmeter`` the elements there, ``example`` a whole example.

    ``title`` names the value that is the element's name (``threads "n"``). Otherwise, without ``as``, the element is called
    by ``default_name`` of its values, or by the verb and operands as printed. ``beside`` makes elements that stand behind it
    of what its lines give to a field. ``weighs`` is the field that the `weight` of its children goes to.
    """

    kinds: tuple[type[Element], ...]
    place: Place = Place.STEP
    body: Body = Body.OPTIONAL
    lines: tuple[Line, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    build: Callable[[Values], Built] | None = None
    values_of: Callable[[Any], Values | None] | None = None
    title: str = ""
    default_name: Callable[[Values], str] | None = None
    beside: Mapping[str, Callable[[Any], Element]] = field(default_factory=dict)
    weighs: str = ""
    jmeter: str = ""
    example: str = ""

    def built(self, values: Values) -> Built:
        """The node that the values say. Raises ``KeyError`` where one is missing that it needs."""
        given = {name: value for name, value in values.items() if name != self.title}
        if self.build is not None:
            return self.build({**self.defaults, **given})
        return self.kinds[0], {**self.defaults, **given}

    def values(self, element: Element) -> Values | None:
        """What the statement would say of ``element``, without what it need not say; None if it says no such thing."""
        if self.values_of is not None:
            return self.values_of(element)
        known = defaults_of(self.kinds[0])
        names = [name for name in self.value_names if name in known]
        needed = [operand.name for operand in self.operands if not operand.optional and operand.name in names]
        return {**differing(element, *names, **self.defaults), **{name: getattr(element, name) for name in needed}}

    @property
    def value_names(self) -> set[str]:
        """All names that operands, clauses and lines give values to."""
        own = self.names
        for line in self.lines:
            own |= {line.into} if line.into else line.names
        return own


def differing(element: Element, *names: str, **defaults: Any) -> Values:
    """The fields ``names`` that do not have their default; ``defaults`` go before those of the node's class."""
    known = {**defaults_of(type(element)), **defaults}
    return {name: value for name in names if not same(value := getattr(element, name), known[name])}


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one type (``True`` is not ``1``)."""
    return type(one) is type(other) and bool(one == other)


_COMMON = frozenset(part.name for part in dataclass_fields(Element))
_DEFAULTS: dict[type[Element], dict[str, Any]] = {
    kind: {part.name: part.default for part in dataclass_fields(kind) if part.name not in _COMMON}
    for kind in KINDS.values()
}


def defaults_of(kind: type[Element]) -> dict[str, Any]:
    """The defaults of a node's own fields; ``dataclasses.MISSING`` for a required one."""
    return _DEFAULTS[kind]


def head(sentence: Sentence, values: Values) -> list[str] | None:
    """The operands as text, or None where one that is needed cannot be said."""
    shown: list[str] = []
    for operand in sentence.operands:
        text = operand.value.show(values[operand.name]) if operand.name in values else None
        if text is not None and operand.sign == "..":
            shown[-1] += f"..{text}"
        elif text is not None:
            shown.append(f"{operand.sign} {text}" if operand.sign else text)
        elif not operand.optional:
            return None
    return shown


def name_without_as(row: Row, values: Values) -> str:
    """What an element is called that has no ``as``."""
    if row.default_name is not None:
        return row.default_name(values)
    if row.title:
        return row.verb
    return without_holes(" ".join([row.verb, *(head(row, values) or [])]).strip())
