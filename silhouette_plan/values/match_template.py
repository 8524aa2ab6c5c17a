"""The templates that write a match of a regular expression: ``$1$-$2$`` (``RegexExtractor``, ``__regexFunction``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MatchTemplate = Sequence[str | int]
"""Texts and group numbers, as they follow one another."""

_GROUP = re.compile(r"\$([0-9]+)\$")


@lru_cache(maxsize=1024)
def read_match_template(text: str) -> MatchTemplate:
    """``$1$-$2$`` taken apart."""
    parts: list[str | int] = []
    for place, part in enumerate(_GROUP.split(text)):
        if place % 2:
            parts.append(int(part))
        elif part:
            parts.append(part)
    return tuple(parts)


def filled(template: MatchTemplate, groups: Sequence[str | None]) -> str:
    """``template`` with ``groups`` (0 is the whole match), ``null`` for one that is not there."""
    return "".join([part if isinstance(part, str) else _group(groups, part) for part in template])


def _group(groups: Sequence[str | None], number: int) -> str:
    text = groups[number] if number < len(groups) else None
    return "null" if text is None else text
