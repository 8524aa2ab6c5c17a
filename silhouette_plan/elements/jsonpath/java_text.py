"""Values in Java's own spelling, as they stand in error messages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from silhouette_plan.elements.jsonpath.render import render_json


def java_text(value: Any) -> str:
    """``String.valueOf``: maps as ``{a=1}``, lists as JSON."""
    match value:
        case str():
            return value
        case dict():
            return "{" + ", ".join(f"{key}={java_text(member)}" for key, member in value.items()) + "}"
        case _:
            return render_json(value)


def class_name(value: Any) -> str:
    """The Java class of ``value``."""
    match value:
        case None:
            return "null"
        case bool():
            return "java.lang.Boolean"
        case int():
            return _integer_class(value)
        case Decimal():
            return "java.math.BigDecimal"
        case float():
            return "java.lang.Double"
        case str():
            return "java.lang.String"
        case list():
            return "net.minidev.json.JSONArray"
        case _:
            return "java.util.LinkedHashMap"


def _integer_class(value: int) -> str:
    if -(1 << 31) <= value < 1 << 31:
        return "java.lang.Integer"
    return "java.lang.Long" if -(1 << 63) <= value < 1 << 63 else "java.math.BigInteger"
