"""What can be said of any element: `prop`, `field`, and whole elements with no statement of their own."""

from __future__ import annotations

import dataclasses
from typing import Any

from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Operand,
    Place,
    Row,
    Sentence,
    Value,
    Values,
    differing,
)
from silhouette_plan.language.statements.values import EXPRESSION, NAME, TERM, TEXT, choice, listed
from silhouette_plan.language.texts import spell, spell_long
from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.expressions import Expression, ListOf, Literal, TextLiteral
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.shape import AnyExpression, Choice, Field, Record, Sequence, fields
from silhouette_plan.plan.shape import Row as RowShape
from silhouette_plan.plan.testplan import Foreign

# ---- elements that the language does not know


def _element(values: Values) -> Built:
    return Foreign, {"tag": values["testclass"], **values}


def _of_element(element: Foreign) -> Values:
    values = {"testclass": element.testclass, **differing(element, "guiclass")}
    return values if element.tag == element.testclass else {**values, "tag": element.tag}


ROWS = (
    Row(
        verb="element",
        kinds=(Foreign,),
        place=Place.ANYWHERE,
        operands=(Operand("testclass", TEXT),),
        clauses=(Clause("gui", "guiclass", TEXT), Clause("tag", "tag", TEXT)),
        build=_element,
        values_of=_of_element,
        jmeter="any",
        summary="An element that the language does not know, kept whole: its `prop` lines are its properties.",
        example='element "kg.apc.X" gui "kg.apc.XGui" as "Odd" {\n  prop "a.b" "v"\n  prop int "n" 5\n  prop list "c" {\n    prop "1" "x"\n  }\n'
        '  prop element "e" "c.Y" {\n    prop bool "on" true\n  }\n}',
    ),
)
"""Elements of other programs."""

NODE = Sentence(
    verb="node",
    operands=(Operand("kind", TEXT),),
    summary="Any node of the plan graph by its kind, all its fields given by `field`.",
)

# ---- properties

_KINDS = {word: word for word in ("string", "int", "bool", "long", "float", "double", "element", "map", "obj")}
_KINDS["list"] = "collection"


def _read_pair(cursor: Cursor) -> tuple[str, str]:
    return cursor.text(), cursor.text()


_PAIRS = listed(
    Value("a name and a text", _read_pair, lambda pair: f"{spell(pair[0])} {spell(pair[1])}"), "names with texts"
)
_KIND = choice("a kind of property", _KINDS)

_VALUE = Value(
    "a value", TERM.read, TERM.show, lambda cursor: not cursor.here.is_word("attributes", "text", "kind", "as")
)

PROP = Sentence(
    verb="prop",
    operands=(Operand("kind", _KIND, optional=True), Operand("name", TEXT), Operand("value", _VALUE, optional=True)),
    clauses=(
        Clause("text", "text", TEXT),
        Clause("attributes", "attributes", _PAIRS),
        Clause("kind", "odd_kind", TEXT),
    ),
    summary="A property of the element's JMX that no clause says, kept for the way back. Kinds: string (if none is given), int, bool, "
    "long, float, double, list, map, obj, element (with its class).",
)


def property_of(values: Values, items: tuple[Property, ...]) -> Property:
    """The property that a `prop` line says."""
    kind, value = values.get("odd_kind", values.get("kind", "string")), values.get("value", "")
    attributes = tuple(values.get("attributes", ()))
    kind, value = str(kind), str(value)
    if kind == "element" and value:
        attributes, value = (("elementType", value), *attributes), ""
    return Property(kind, values["name"], values.get("text", value), items, attributes)


def show_property(prop: Property, indent: str = "") -> list[str]:
    """The lines that say a property."""
    first, *more = " ".join(_property_parts(prop)).split("\n")
    lines = [indent + first, *(indent + line if line else line for line in more)]
    if not prop.items:
        return lines
    return [
        *lines[:-1],
        f"{lines[-1]} {{",
        *(inner for item in prop.items for inner in show_property(item, f"{indent}  ")),
        f"{indent}}}",
    ]


def _property_parts(prop: Property) -> list[str]:
    attributes, value = prop.attributes, prop.value
    word = _KIND.show(prop.kind)
    parts = ["prop", *([word] if word not in (None, "string") else []), spell(prop.name)]
    if prop.kind == "element":
        if attributes and attributes[0][0] == "elementType" and attributes[0][1]:
            parts.append(spell(attributes[0][1]))
            attributes = attributes[1:]
        if value:
            parts.append(f"text {spell(value)}")
    elif value or not prop.items:
        parts.append(_bare(prop) or spell_long(value))
    if attributes:
        parts.append(f"attributes {_PAIRS.show(attributes)}")
    return parts if word is not None else [*parts, f"kind {spell(prop.kind)}"]


def _bare(prop: Property) -> str | None:
    numeric = prop.kind in ("int", "long", "float", "double")
    shown = TERM.show(prop.value) if numeric else None
    return prop.value if prop.kind == "bool" and prop.value in ("true", "false") else shown


# ---- fields

FIELD = Sentence(
    verb="field",
    operands=(Operand("field", NAME), Operand("value", EXPRESSION)),
    summary="Gives a field of the plan's JSON form a value that no clause says: text, number, `true`, `null`, or a list; "
    "records are lists of their fields.",
)


class Undecodable(Exception):
    """A `field` value that does not fit its field."""


def _fields(kind: type) -> tuple[Field, ...]:
    return fields(kind)


def encode(element: Element, name: str) -> Expression:
    """The field ``name`` of an element as an expression. Where a field may hold plain data too, an expression is a list of one."""
    shape = next(field.shape for field in _fields(type(element)) if field.name == name)
    value = getattr(element, name)
    if isinstance(shape, Choice) and isinstance(value, Expression):
        return ListOf((value,))
    return _encode(value)


def _encode(value: Any) -> Expression:
    if isinstance(value, str):
        return TextLiteral(value)
    if isinstance(value, tuple):
        return ListOf(tuple(_encode(item) for item in value))
    if value is None or isinstance(value, bool | int | float):
        return Literal(value)
    if isinstance(value, Expression):
        return value
    return ListOf(tuple(_encode(getattr(value, field.name)) for field in dataclasses.fields(value)))


def decode(kind: type[Element], name: str, expression: Expression) -> Any:
    """The value for the field ``name`` of ``kind``. Raises ``Undecodable``."""
    field = next((field for field in _fields(kind) if field.name == name), None)
    if field is None:
        raise Undecodable(f"{kind.__name__} has no field `{name}`")
    return _decode(expression, field.shape)


def _decode(expression: Expression, shape: Any) -> Any:
    match shape, expression:
        case Choice(options), _:
            return _decode_choice(expression, options)
        case AnyExpression(), _:
            return expression
        case Sequence(item), ListOf(items):
            return tuple(_decode(inner, item) for inner in items)
        case RowShape(shapes), ListOf(items) if len(shapes) == len(items):
            return tuple(_decode(inner, item) for inner, item in zip(items, shapes, strict=True))
        case Record(kind), ListOf(items) if len(fields(kind)) == len(items):
            return kind(*(_decode(inner, field.shape) for inner, field in zip(items, fields(kind), strict=True)))
    value = _plain(expression)
    if isinstance(shape, type) and type(value) is shape:
        return value
    wanted = getattr(shape, "__name__", "list").replace("Sequence", "list").replace("str", "text")
    raise Undecodable(f"a value of kind {wanted} is wanted")


def _decode_choice(expression: Expression, options: tuple[Any, ...]) -> Any:
    for option in options:
        if isinstance(option, AnyExpression):
            if isinstance(expression, ListOf) and len(expression.items) == 1:
                return expression.items[0]
            continue
        try:
            return _decode(expression, option)
        except Undecodable:
            continue
    raise Undecodable("the value does not fit the field")


def _plain(expression: Expression) -> Any:
    match expression:
        case TextLiteral(text):
            return text
        case Literal(value):
            return value
    raise Undecodable("a text, a number, a truth value, null or a list is wanted")


def kind_named(name: str) -> type[Element] | None:
    """The node kind of that name."""
    return KINDS.get(name)
