"""Numbers of a group, read when it starts, since a setUp group may set them."""

from __future__ import annotations

import math
import re

from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)


class BadNumber(Exception):
    """A field of a group does not read as a number; the message says which."""


def whole(template: Template, user: User, field: str) -> int:
    """``template`` as a whole number, 0 where it is empty. Raises ``BadNumber``."""
    text = template.evaluate(user).strip()
    if not text:
        return 0
    if not _INTEGER.fullmatch(text):
        raise BadNumber(f"{field} is `{text}`, which is no whole number")
    return int(text)


def number(template: Template, user: User, field: str) -> float:
    """``template`` as a number, 0 where it is empty. Raises ``BadNumber``."""
    text = template.evaluate(user).strip()
    if not text:
        return 0.0
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadNumber(f"{field} is `{text}`, which is no number")
    return value
