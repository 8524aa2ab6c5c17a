"""How Regex, Boundary and CSS extractors keep what they found.

A match number of 1 … n takes that match, 0 a random one. Below 0 each match is kept, as ``v_1`` …, with their number in
``v_matchNr``. What an earlier run left beyond that is unset. ``v`` itself was set to the default before, if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from silhouette_plan.values.java.numbers import parse_int
from silhouette_plan.values.user import User

M = TypeVar("M")

Keep = Callable[[dict[str, Any], str, M], None]
"""Stores a match under a name."""

Forget = Callable[[dict[str, Any], str], None]
"""Unsets what goes with a name besides the name itself."""


def keep_text(variables: dict[str, Any], name: str, match: str) -> None:
    """A match that is only text."""
    variables[name] = match


def forget_nothing(variables: dict[str, Any], name: str) -> None:
    """For matches that are only text."""


def keep_matches(
    user: User, name: str, number: int, matches: Sequence[M], keep: Keep[M], forget: Forget = forget_nothing
) -> None:
    """Stores the match or matches that ``number`` asks for."""
    variables = user.variables
    before = count_of(variables.pop(f"{name}_matchNr", None))
    kept = 0
    if number < 0:
        kept = len(matches)
        forget(variables, name)
        variables[f"{name}_matchNr"] = str(kept)
        for place, match in enumerate(matches, 1):
            keep(variables, f"{name}_{place}", match)
    elif matches and number <= len(matches):
        keep(variables, name, matches[number - 1 if number else user.random.randrange(len(matches))])
    else:
        forget(variables, name)
    for place in range(kept + 1, before + 1):
        variables.pop(f"{name}_{place}", None)
        forget(variables, f"{name}_{place}")


def count_of(text: Any) -> int:
    """A count that an earlier run left in a variable, 0 where that is none."""
    try:
        return parse_int(text) if isinstance(text, str) else 0
    except ValueError:
        return 0
