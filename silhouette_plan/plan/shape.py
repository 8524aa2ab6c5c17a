"""The shape of the plan graph, read once from its dataclasses.

The JSON form, its schema and every table that walks fields work from this description, so that a field added to an
element is known everywhere at once.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Hashable
from functools import cache
from typing import Any

from silhouette_plan.plan import expressions
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record

EXPRESSIONS: dict[str, type] = {kind.__name__: kind for kind in typing.get_args(expressions.Expression)}
"""The kinds of expression by name."""

_UNSTORED = frozenset({"span", "children"})


@record
class Choice:
    """A value of one of several types; ``options`` in the order they are tried."""

    options: tuple[Any, ...]


@record
class Sequence:
    """A tuple of any length."""

    item: Any


@record
class Row:
    """A tuple of fixed length."""

    items: tuple[Any, ...]


@record
class Record:
    """A small frozen dataclass that is no element."""

    kind: type


@record
class AnyExpression:
    """An expression of the language."""


@record
class Field:
    """A stored field: ``shape`` is a ``type`` (``str int float bool NoneType``) or one of the classes above."""

    name: str
    shape: Any
    required: bool
    default: Any


def fields(kind: type) -> tuple[Field, ...]:
    """The fields of an element, record or expression that are stored, in order, without ``span`` and ``children``."""
    return _fields(typing.cast("Hashable", kind))


@cache
def _fields(kind: typing.Any) -> tuple[Field, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(
        Field(
            field.name,
            _shape(hints[field.name]),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            field.default,
        )
        for field in dataclasses.fields(kind)
        if field.name not in _UNSTORED
    )


def _shape(hint: Any) -> Any:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _union(arguments)
    if typing.get_origin(hint) is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return Sequence(_shape(arguments[0]))
        return Row(tuple(_shape(argument) for argument in arguments))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and not issubclass(hint, Element):
        return Record(hint)
    return hint


def _union(arguments: tuple[Any, ...]) -> Any:
    plain = tuple(a for a in arguments if not (isinstance(a, type) and a in EXPRESSIONS.values()))
    options = tuple(_shape(argument) for argument in plain)
    if len(plain) != len(arguments):
        options = (*options, AnyExpression())
    return options[0] if len(options) == 1 else Choice(options)
