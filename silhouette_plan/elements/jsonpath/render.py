"""Values as JMeter's variables hold them (``JSONManager.stringifyJSONObject``).

An object that is the match itself comes out in the order of a Java ``HashMap``, since it is copied into one; whatever
lies inside it, and every array, keeps the document's order. ``/`` and some ranges of characters are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from silhouette_plan.values.java.numbers import double_text
from silhouette_plan.values.java.strings import hash_code

_SPECIAL = re.compile(r'["\\/\x00-\x1f\x7f-\x9f\u2000-\u20ff]')
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


class Keys(list[str]):
    """The names of an object's members, as ``keys()`` gives them: a Java set, which writes itself without quotes."""


def render(value: Any) -> str | None:
    """A match as text, None for JSON null."""
    match value:
        case str() | None:
            return value
        case dict():
            return render_json({key: value[key] for key in hash_map_order(tuple(value))})
        case float():
            return double_text(value)
        case _:
            return render_json(value)


def render_json(value: Any) -> str:
    """``value`` as compact JSON in the order it has."""
    match value:
        case str():
            return f'"{_SPECIAL.sub(_escape, value)}"'
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float() if not isfinite(value):
            return "null"
        case dict():
            return _object(value)
        case Keys():
            return f"[{', '.join(value)}]"
        case list():
            return f"[{','.join(map(render_json, value))}]"
        case _:
            return render_number(value)


def render_number(value: float | Decimal) -> str:
    """``value`` as Java's ``Double``, ``BigDecimal`` or whole number writes itself."""
    return double_text(value) if isinstance(value, float) else str(value)


def _object(members: Mapping[str, Any]) -> str:
    return (
        "{" + ",".join(f'"{_SPECIAL.sub(_escape, key)}":{render_json(value)}' for key, value in members.items()) + "}"
    )


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def hash_map_order(keys: Sequence[str]) -> list[str]:
    """``keys`` in the order in which a Java ``HashMap`` made by copying a map of them gives them.

    The table's size is the power of two that holds them at a load of 0.75; a key's place is its hash with the upper half
    folded in. Keys of one place keep their order.
    """
    size = 1
    while size < int(len(keys) / 0.75 + 1.0):
        size *= 2
    places = [(_spread(key) & size - 1, key) for key in keys]
    places.sort(key=lambda place: place[0])
    return [key for _, key in places]


def _spread(key: str) -> int:
    code = hash_code(key) & 0xFFFF_FFFF
    return code ^ code >> 16
