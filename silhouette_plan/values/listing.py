"""Lists of what is known, as the Debug elements write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from silhouette_plan.values.java.strings import text_of

_PARTS = re.compile(r"([^0-9]*)([0-9]*)")


def listed(values: Mapping[str, object]) -> str:
    """``name=value`` a line, by name; numbers in names count as numbers (``AlphaNumericKeyComparator``)."""
    return "".join(f"{name}={text_of(values[name])}\n" for name in sorted(values, key=natural))


def natural(name: str) -> list[tuple[str, int, str]]:
    """What ``name`` sorts by: text, then number, in turn; no number comes before any."""
    return [
        (text, len(digits.lstrip("0")) if digits else -1, digits.lstrip("0")) for text, digits in _PARTS.findall(name)
    ]
