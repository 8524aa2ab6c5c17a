"""The JSON form of the plan graph.

An element is an object with ``element`` (its kind), the fields that differ from their defaults, and ``children``; an expression an
object with ``node``; a record a plain object. Spans are not stored.
"""

from __future__ import annotations

from typing import Any

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.shape import EXPRESSIONS, AnyExpression, Choice, Field, Record, Row, Sequence, fields
from silhouette_plan.plan.span import Span
from silhouette_plan.plan.testplan import TestPlan

FORMAT = 1
"""Version of the JSON form, stored as ``silplan``."""

DEPTH_LIMIT = 250
"""How deep elements may nest."""


class CodecError(Exception):
    """Data that is no plan: ``path`` says where in it (``plan.children[2].users``), ``reason`` why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


def to_document(plan: TestPlan) -> dict[str, Any]:
    """The whole file: version and plan."""
    return {"silplan": FORMAT, "plan": to_data(plan)}


def from_document(document: Any, file: str = "") -> TestPlan:
    """The plan of a whole file; elements get spans in ``file`` with their path. Raises ``CodecError``."""
    if not isinstance(document, dict) or document.get("silplan") != FORMAT:
        raise CodecError("silplan", f'a plan in JSON says `"silplan": {FORMAT}` at its top')
    plan = from_data(document.get("plan"), "plan", file)
    if not isinstance(plan, TestPlan):
        raise CodecError("plan.element", "the root of a plan is a TestPlan")
    return plan


def to_data(element: Element) -> dict[str, Any]:
    """An element and all below it, as JSON values."""
    data: dict[str, Any] = {"element": type(element).__name__, **_stored(element)}
    if element.children:
        data["children"] = [to_data(child) for child in element.children]
    return data


def _stored(value: Any) -> dict[str, Any]:
    contents = ((field, getattr(value, field.name)) for field in fields(type(value)))
    return {field.name: _encode(content) for field, content in contents if field.required or not _same(content, field)}


def _same(content: Any, field: Field) -> bool:
    return type(content) is type(field.default) and bool(content == field.default)


def _encode(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    if type(value) in EXPRESSIONS.values():
        return {"node": type(value).__name__, **_stored(value)}
    return _stored(value)


def from_data(data: Any, path: str = "plan", file: str = "", depth: int = 0) -> Element:
    """The element that ``data`` describes. Raises ``CodecError`` for an unknown kind or field, or a wrong type."""
    if depth > DEPTH_LIMIT:
        raise CodecError(path, f"elements nest deeper than {DEPTH_LIMIT}")
    if not isinstance(data, dict):
        raise CodecError(path, "an element is an object")
    kind = KINDS.get(str(data.get("element")))
    if kind is None:
        raise CodecError(f"{path}.element", f"unknown element `{data.get('element')}`")
    children = data.get("children", [])
    if not isinstance(children, list):
        raise CodecError(f"{path}.children", "children are a list")
    values = _read_fields(kind, data, path, ("element", "children"))
    values["children"] = tuple(
        from_data(child, f"{path}.children[{index}]", file, depth + 1) for index, child in enumerate(children)
    )
    if file:
        values["span"] = Span(file, 0, path=path)
    return kind(**values)


def _read_fields(kind: type, data: dict[str, Any], path: str, besides: tuple[str, ...]) -> dict[str, Any]:
    known = {field.name: field for field in fields(kind)}
    for name in data:
        if name not in known and name not in besides:
            raise CodecError(f"{path}.{name}", f"{kind.__name__} has no field `{name}`")
    for name, field in known.items():
        if field.required and name not in data:
            raise CodecError(path, f"{kind.__name__} needs `{name}`")
    return {name: _decode(data[name], field.shape, f"{path}.{name}") for name, field in known.items() if name in data}


def _decode(value: Any, shape: Any, path: str) -> Any:
    match shape:
        case Choice(options):
            return _decode_choice(value, options, path)
        case Sequence(item):
            return tuple(_decode(v, item, f"{path}[{i}]") for i, v in enumerate(_list(value, path)))
        case Row(items):
            if len(_list(value, path)) != len(items):
                raise CodecError(path, f"{len(items)} values are needed here")
            return tuple(_decode(v, item, f"{path}[{i}]") for i, (v, item) in enumerate(zip(value, items, strict=True)))
        case Record(kind):
            return kind(**_read_fields(kind, _object(value, path), path, ()))
        case AnyExpression():
            expression = EXPRESSIONS.get(str(_object(value, path).get("node")))
            if expression is None:
                raise CodecError(f"{path}.node", f"unknown expression `{value.get('node')}`")
            return expression(**_read_fields(expression, value, path, ("node",)))
        case _:
            return _plain(value, shape, path)


def _decode_choice(value: Any, options: tuple[Any, ...], path: str) -> Any:
    for option in options:
        if isinstance(option, type) and (type(value) is option or (option is float and type(value) is int)):
            return value
    for option in options:
        if not isinstance(option, type) and isinstance(value, dict | list):
            return _decode(value, option, path)
    raise CodecError(path, f"a value of type {type(value).__name__} cannot stand here")


def _plain(value: Any, kind: type, path: str) -> Any:
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    raise CodecError(path, f"{kind.__name__} is needed here, not {type(value).__name__}")


def _list(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise CodecError(path, "a list is needed here")
    return value


def _object(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CodecError(path, "an object is needed here")
    return value
