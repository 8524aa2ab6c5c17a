"""The JSON Schema (2020-12) of the plan's JSON form, made from the dataclasses."""

from __future__ import annotations

import inspect
from typing import Any

from silhouette_plan.plan.codec import FORMAT
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.shape import EXPRESSIONS, AnyExpression, Choice, Record, Row, Sequence, fields

_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def plan_schema() -> dict[str, Any]:
    """The schema of a whole plan file."""
    definitions: dict[str, Any] = {}
    for name, kind in KINDS.items():
        definitions[name] = _element(name, kind, definitions)
    for name, kind in EXPRESSIONS.items():
        definitions[name] = _object(kind, definitions, {"node": {"const": name}}, ["node"])
    definitions["Element"] = {
        "type": "object",
        "required": ["element"],
        "properties": {"element": {"enum": list(KINDS)}},
        "allOf": [
            {"if": {"properties": {"element": {"const": name}}}, "then": {"$ref": f"#/$defs/{name}"}} for name in KINDS
        ],
    }
    definitions["Expression"] = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in EXPRESSIONS]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "silplan plan",
        "type": "object",
        "required": ["silplan", "plan"],
        "additionalProperties": False,
        "properties": {"silplan": {"const": FORMAT}, "plan": {"$ref": "#/$defs/TestPlan"}},
        "$defs": dict(sorted(definitions.items())),
    }


def _element(name: str, kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    children = {"type": "array", "items": {"$ref": "#/$defs/Element"}}
    return _object(kind, definitions, {"element": {"const": name}, "children": children}, ["element"])


def _object(kind: type, definitions: dict[str, Any], first: dict[str, Any], required: list[str]) -> dict[str, Any]:
    stored = fields(kind)
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "required": required + [field.name for field in stored if field.required],
        "properties": {**first, **{field.name: _value(field.shape, definitions) for field in stored}},
    }
    if summary := inspect.getdoc(kind):
        schema["description"] = summary
    return schema


def _value(shape: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Choice(options):
            return {"anyOf": [_value(option, definitions) for option in options]}
        case Sequence(item):
            return {"type": "array", "items": _value(item, definitions)}
        case Row(items):
            rows = [_value(item, definitions) for item in items]
            return {"type": "array", "prefixItems": rows, "minItems": len(rows), "maxItems": len(rows)}
        case Record(kind):
            if kind.__name__ not in definitions:
                definitions[kind.__name__] = {}
                definitions[kind.__name__] = _object(kind, definitions, {}, [])
            return {"$ref": f"#/$defs/{kind.__name__}"}
        case AnyExpression():
            return {"$ref": "#/$defs/Expression"}
        case _:
            return {"type": _PLAIN[shape]}
