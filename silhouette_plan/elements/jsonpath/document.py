"""JSON text to values, as json-smart reads it with all its permissions.

Text that is JSON goes through ``msgspec``; what it refuses is read again by the permissive reader. Numbers are ``int``,
``float``, or ``Decimal`` when written with more than 18 characters (a ``BigDecimal`` there).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from silhouette_plan.elements.jsonpath.permissive import read_permissively


def number(text: str) -> float | Decimal:
    """A number with a fraction or an exponent."""
    return float(text) if len(text) <= 18 else Decimal(text)


_decode = msgspec.json.Decoder(float_hook=number).decode


def parse(source: bytes | str) -> Any:
    """The document in ``source`` (bytes are UTF-8); raises ``NotJson``."""
    try:
        return _decode(source)
    except (msgspec.DecodeError, RecursionError):
        text = source if isinstance(source, str) else source.decode("utf-8", "replace")
        return read_permissively(text, number)
