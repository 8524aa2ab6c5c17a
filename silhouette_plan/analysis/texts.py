"""The texts of an element: every template and every expression it holds, found from its dataclass.

A field counts by its annotation: ``Text`` and ``Flag`` (where it is text) are templates, ``str`` is not. Records inside a
field (headers, arguments, rows) are read in the same way.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from silhouette_plan.plan.base import Config, Element, Property, Timer
from silhouette_plan.plan.expressions import (
    Binary,
    Call,
    Expression,
    IsKind,
    ListOf,
    Literal,
    Name,
    Range,
    TextLiteral,
    Unary,
)
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign

_NOT_CONTENT = frozenset({"children", "span", "extra", "comments", "enabled"})
_EXPRESSIONS = (Literal, TextLiteral, Name, Call, ListOf, Range, Unary, Binary, IsKind)
_SCRIPT_FIELDS = frozenset({"script"})


@record
class TextSite:
    """A template with the place it stands in, as a reader would call it (``path``, ``header `Accept```)."""

    text: str
    place: str
    field: str


@record
class ExpressionSite:
    """An expression of the language with its place."""

    expression: Expression
    place: str
    field: str


Site = TextSite | ExpressionSite


def sites(element: Element) -> tuple[Site, ...]:
    """Every template and expression of ``element``, in the order of its fields; a foreign element's properties too.

    The name of a configuration or a timer is none: no run evaluates it.
    """
    found = [
        site for site in _of_record(element, "", "") if site.field != "name" or not isinstance(element, (Config, Timer))
    ]
    if isinstance(element, Foreign):
        found += [
            TextSite(text, f"property `{name}`", "properties") for name, text in property_texts(element.properties)
        ]
    return tuple(found)


def is_script(site: TextSite) -> bool:
    """Whether the text is source of a script language, where ``${…}`` may be meant for that language."""
    return site.field in _SCRIPT_FIELDS


def parts(expression: Expression) -> Iterator[Expression]:
    """``expression`` and all below it."""
    pending: list[Expression] = [expression]
    while pending:
        part = pending.pop()
        yield part
        match part:
            case Call(arguments=items) | ListOf(items=items):
                pending.extend(reversed(items))
            case Range(low, high):
                pending += (high, low)
            case Unary(operand=operand) | IsKind(operand=operand):
                pending.append(operand)
            case Binary(left=left, right=right):
                pending += (right, left)
            case _:
                pass


@cache
def _content(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Fields to look into, each with whether a ``str`` directly in it is a template."""
    return tuple(
        (field.name, bool(re.search(r"\b(Text|Flag)\b", str(field.type))))
        for field in dataclasses.fields(kind)
        if field.name not in _NOT_CONTENT and str(field.type) not in ("str", "bool", "int")
    )


def _of_record(record: Any, place: str, top: str) -> Iterator[Site]:
    for name, live in _content(record.__class__):
        yield from _of_value(getattr(record, name), live, place or name.replace("_", " "), top or name)


def _of_value(value: Any, live: bool, place: str, top: str) -> Iterator[Site]:
    if isinstance(value, str):
        if live and value:
            yield TextSite(value, place, top)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of_value(item, live, place, top)
    elif isinstance(value, _EXPRESSIONS):
        yield ExpressionSite(value, place, top)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (Element, Property)):
        label = getattr(value, "name", "")
        yield from _of_record(value, f"{top.removesuffix('s')} `{label}`" if label else place, top)


def property_texts(properties: tuple[Property, ...]) -> Iterator[tuple[str, str]]:
    """Name and text of every property that holds one, at any depth."""
    pending = list(reversed(properties))
    while pending:
        item = pending.pop()
        if item.value:
            yield item.name, item.value
        pending.extend(reversed(item.items))
