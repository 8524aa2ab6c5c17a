"""Functions of chance. All of it comes from ``user.random``, so that a seed repeats a run."""

from __future__ import annotations

import random
import uuid

from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.functions.variables import variable_text
from silhouette_plan.values.java.numbers import parse_int, parse_long
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def _random(occurrence: Occurrence) -> Evaluate:
    if (bounds := _constant_bounds(occurrence)) is not None:
        low, high = bounds
        return lambda user: str(user.random.randint(low, high))
    low_of, high_of = occurrence.text(0), occurrence.text(1)

    def evaluate(user: User) -> str:
        try:
            return _draw(user, parse_long(trim(low_of(user))), parse_long(trim(high_of(user))))
        except ValueError as error:
            raise ValueFault(f"__Random: {error}") from None

    return evaluate


def _constant_bounds(occurrence: Occurrence) -> tuple[int, int] | None:
    """Both bounds where they are constant and in order."""
    low, high = occurrence.constant(0), occurrence.constant(1)
    if low is None or high is None:
        return None
    try:
        bounds = parse_long(trim(low)), parse_long(trim(high))
    except ValueError:
        return None
    return bounds if bounds[0] <= bounds[1] else None


def _draw(user: User, low: int, high: int) -> str:
    if low > high:
        raise ValueFault("__Random: bound must be greater than origin")
    return str(user.random.randint(low, high))


def random_unicode(stream: random.Random, length: int) -> str:
    """``length`` UTF-16 units of any assigned-looking Unicode characters, without surrogates or private use."""
    drawn: list[str] = []
    left = length
    while left > 0:
        point = stream.randrange(0x110000 if left > 1 else 0xD800)
        if 0xD800 <= point < 0xF900 or point >= 0xE0000:
            continue
        drawn.append(chr(point))
        left -= 2 if point > 0xFFFF else 1
    return "".join(drawn)


def _random_string(occurrence: Occurrence) -> Evaluate:
    length_of, characters_of = occurrence.text(0), occurrence.text(1)

    def evaluate(user: User) -> str:
        try:
            length = parse_int(length_of(user))
        except ValueError as error:
            raise ValueFault(f"__RandomString: {error}") from None
        if length < 0:
            raise ValueFault(f"__RandomString: length {length} is negative")
        characters = trim(characters_of(user))
        if not characters:
            return random_unicode(user.random, length)
        return "".join(user.random.choices(characters, k=length))

    return evaluate


def _pool(user: User, names: str) -> list[str]:
    pool: list[str] = []
    for name in filter(None, names.split("|")):
        try:
            matches = parse_int(variable_text(user, f"{name}_matchNr") or "0")
        except ValueError as error:
            raise ValueFault(f"__RandomFromMultipleVars: {error}") from None
        if matches > 0:
            found = (variable_text(user, f"{name}_{index}") for index in range(1, matches + 1))
            pool.extend("null" if value is None else value for value in found)
        elif value := variable_text(user, name):
            pool.append(value)
    return pool


def _from_variables(occurrence: Occurrence) -> Evaluate:
    names_of = occurrence.text(0)

    def evaluate(user: User) -> str:
        pool = _pool(user, trim(names_of(user)))
        return user.random.choice(pool) if pool else ""

    return evaluate


def random_uuid(stream: random.Random) -> str:
    """A version-4 UUID in lower case (``java.util.UUID.randomUUID``)."""
    return str(uuid.UUID(int=stream.getrandbits(128), version=4))


TABLE = {
    "__Random": Function(2, 3, _random, store=2),
    "__RandomString": Function(1, 3, _random_string, store=2),
    "__RandomFromMultipleVars": Function(1, 2, _from_variables, store=1),
    "__UUID": Function(0, 0, lambda occurrence: lambda user: random_uuid(user.random)),
}
