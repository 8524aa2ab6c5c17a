"""Values of expressions as truth, number and text (the language's coercion table)."""

from __future__ import annotations

from decimal import Decimal

from silhouette_plan.elements.jsonpath import render_json
from silhouette_plan.values.java.numbers import parse_double


def truth_of(value: object) -> bool:
    """False are unset, null, ``""``, 0 and ``false``, the text too; all else is true."""
    if isinstance(value, str):
        return value not in ("", "false")
    return bool(value) if isinstance(value, int | float | Decimal) else value is not None


def number_of(value: object) -> float | None:
    """A number, or a text that reads as one; None for anything else."""
    if isinstance(value, int | float | Decimal):
        return float(value)
    if isinstance(value, str):
        try:
            return parse_double(value)
        except (ValueError, IndexError):
            return None
    return None


def variable_text(value: object) -> str:
    """A value as a variable holds it: whole numbers without a fraction, JSON as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, float) else render_json(value)
