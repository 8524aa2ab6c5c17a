"""Columns of the element tables: how a field of the plan graph stands in a ``.jmx``.

A column reads its properties from a ``Bag`` and gives field values; it writes a field as properties. The same column
drives both ways, so what one way does not know, the other does not either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, Protocol

from silhouette_plan.importers.jmx.raw import RawProperty

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record

Report = Callable[[str, str, int], None]
"""Takes a code, a message and a line."""

CLASS_DEFAULT: Any = object()
"""An absent property leaves the field at its class's default."""


class Unheld(Exception):
    """A value that the plan graph cannot hold; the element is then kept whole."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Bag:
    """The properties of one element while its columns read them; what is left over is kept as it is."""

    def __init__(self, properties: Iterable[RawProperty], report: Report) -> None:
        self.left = {one.name: one for one in properties}
        self.report = report

    def take(self, name: str) -> RawProperty | None:
        """The property called ``name``, which then counts as read."""
        return self.left.pop(name, None)


class Column(Protocol):
    """One or more fields and the properties they stand in. Columns are values: ``read`` and ``write`` change nothing else."""

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of the properties it reads."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields it gives."""

    def read(self, bag: Bag) -> dict[str, Any]:
        """Field values; a field that is not given keeps its default."""

    def write(self, holder: object) -> list[Property]:
        """The properties of ``holder``, an element or a part of one."""


def read_flag(prop: RawProperty, report: Report) -> bool | str:
    """A switch as JMeter reads it: ``true`` in any case, live text, else false."""
    text = prop.value.strip()
    word = text.lower()
    if word in {"true", "false", ""}:
        return word == "true"
    if prop.kind == "bool":
        report("JX305", f"boolProp “{prop.name}” holds the text “{text}”", prop.line)
    if "${" in text:
        return prop.value
    report("JX310", f"“{text}” is not true, so “{prop.name}” reads as false", prop.line)
    return False


def flag_property(name: str, value: bool | str) -> Property:
    """A switch as a property; a computed one must stand in a ``stringProp``."""
    if isinstance(value, bool):
        return Property("bool", name, "true" if value else "false")
    return Property("string", name, value)


def scalar(prop: RawProperty, report: Report | None = None) -> str:
    """Its text; with ``report``, a tag that does not fit the text is reported.

    Raises:
        Unheld: it is a structure.
    """
    if not prop.scalar:
        raise Unheld(f"“{prop.name}” holds a structure where text is expected", prop.line)
    if report is not None and not fits(prop.kind, prop.value.strip()):
        report("JX305", f"{prop.kind}Prop “{prop.name}” holds the text “{prop.value.strip()}”", prop.line)
    return prop.value


@record
class SingleColumn:
    """A column of one field, ``field``, and one property, ``name``."""

    field: str
    name: str

    @property
    def properties(self) -> tuple[str, ...]:
        """The property's name."""
        return (self.name,)

    @property
    def fields(self) -> tuple[str, ...]:
        """The field's name."""
        return (self.field,)


@record
class TextColumn(SingleColumn):
    """Text. ``kind`` is the property's type when the text fits it (numbers), else it is a string.

    ``renames`` maps values of old files to present ones. ``omit`` leaves a value that ``absent`` stands for unwritten.
    """

    kind: str = "string"
    absent: Any = CLASS_DEFAULT
    omit: bool = False
    renames: Mapping[str, str] = field(default_factory=dict)

    def read(self, bag: Bag) -> dict[str, Any]:
        """The text; an absent property gives ``absent``."""
        prop = bag.take(self.name)
        if prop is None:
            return {} if self.absent is CLASS_DEFAULT else {self.field: self.absent}
        value = scalar(prop, bag.report)
        return {self.field: self.renames.get(value, value)}

    def write(self, holder: object) -> list[Property]:
        """The text as a property of ``kind`` where it fits, else as a string."""
        value = getattr(holder, self.field)
        if value is None or (self.omit and value == self.absent):
            return []
        return [Property(self.kind if fits(self.kind, value) else "string", self.name, value)]


_FITTING = {
    "bool": re.compile(r"true|false|", re.IGNORECASE),
    "int": re.compile(r"-?[0-9]{1,9}"),
    "long": re.compile(r"-?[0-9]{1,18}"),
    "float": re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[Ee]-?[0-9]+)?"),
}
_FITTING["double"] = _FITTING["float"]


def fits(kind: str, text: str) -> bool:
    """Whether a property of ``kind`` can hold ``text``."""
    pattern = _FITTING.get(kind)
    return pattern is None or pattern.fullmatch(text) is not None


@record
class FlagColumn(SingleColumn):
    """A switch. With ``words`` it is written as one of two texts (false, true) of type ``kind``."""

    absent: Any = CLASS_DEFAULT
    omit: bool = False
    words: tuple[str, str] | None = None
    kind: str = "bool"

    def read(self, bag: Bag) -> dict[str, Any]:
        """The switch; an absent property gives ``absent``."""
        prop = bag.take(self.name)
        if prop is None:
            return {} if self.absent is CLASS_DEFAULT else {self.field: self.absent}
        text = scalar(prop)
        if self.words and text in self.words:
            return {self.field: text == self.words[1]}
        return {self.field: read_flag(prop, bag.report)}

    def write(self, holder: object) -> list[Property]:
        """The switch, or nothing where ``omit`` allows."""
        value = getattr(holder, self.field)
        if self.omit and value == self.absent:
            return []
        if self.words and isinstance(value, bool):
            return [Property(self.kind, self.name, self.words[value])]
        return [flag_property(self.name, value)]


@record
class NumberColumn(SingleColumn):
    """A whole number that the plan graph holds as one; a computed one it cannot hold."""

    absent: Any = CLASS_DEFAULT

    def read(self, bag: Bag) -> dict[str, Any]:
        """The number.

        Raises:
            Unheld: it is computed, or none.
        """
        prop = bag.take(self.name)
        if prop is None:
            return {} if self.absent is CLASS_DEFAULT else {self.field: self.absent}
        text = scalar(prop).strip()
        if not fits("int", text):
            raise Unheld(f"“{prop.name}” must be a whole number, not “{text}”", prop.line)
        return {self.field: int(text)}

    def write(self, holder: object) -> list[Property]:
        """The number as an ``intProp``."""
        return [Property("int", self.name, str(getattr(holder, self.field)))]


@record
class Fixed:
    """Properties that every element of the kind has and no field holds; reading ignores them."""

    written: tuple[Property, ...]

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of its properties."""
        return tuple(one.name for one in self.written)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return ()

    def read(self, bag: Bag) -> dict[str, Any]:
        """Nothing; the properties count as read."""
        for one in self.written:
            bag.take(one.name)
        return {}

    def write(self, holder: object) -> list[Property]:
        """The properties."""
        return list(self.written)


@record
class LeftOut:
    """Properties without any effect that old plans are full of: read, and written no more.

    ``noted``: they hold something that was meant, so it is said.
    """

    properties: tuple[str, ...]
    noted: bool = False
    fields: tuple[str, ...] = ()

    def read(self, bag: Bag) -> dict[str, Any]:
        """Nothing."""
        for prop in [prop for prop in map(bag.take, self.properties) if prop is not None and self.noted]:
            bag.report("JX314", f"“{prop.name}” is left out", prop.line)
        return {}

    def write(self, holder: object) -> list[Property]:
        """Nothing."""
        return []
