"""Random Variable (``org.apache.jmeter.config.RandomVariableConfig``) and the language's weighted draw."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from silhouette_plan.elements.data.numbers import number_writer
from silhouette_plan.plan.base import Element, Flag
from silhouette_plan.plan.configs import RandomChoice, RandomVariable
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import decimal_of, flag_of, text_of
from silhouette_plan.program.steps import DataStep
from silhouette_plan.values.java.numbers import parse_long
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.user import User

T = TypeVar("T")

_MAX_RANGE = (1 << 31) - 1


class _Source(NamedTuple):
    """Numbers from ``low`` on, ``range`` many; none at all where that is 0."""

    low: int
    range: int
    random: JavaRandom


def random_variable(node: RandomVariable, build: Build) -> DataStep:
    """``RandomVariableConfig``. With a seed, the sequence is that of Java's ``Random``; limits are read once."""
    name_of = text_of(build, node, node.variable)
    low_of = text_of(build, node, node.minimum)
    high_of = text_of(build, node, node.maximum)
    write = number_writer(build, node, node.format)
    random_of = _random_of(node, node.seed, build)
    source_of = _source_of(
        node,
        node.per_user,
        build,
        lambda user: _source(low_of(user), high_of(user), random_of(user)),
    )

    def advance(user: User) -> None:
        source = source_of(user)
        if source.range > 0:
            number = source.low + source.random.next_int(source.range)
            user.variables[name_of(user)] = write(user, number)

    return DataStep(advance=advance)


def random_choice(node: RandomChoice, build: Build) -> DataStep:
    """``draw q from "a" 70%, "b" 30%``: one of the texts, by weight."""
    texts = [text_of(build, node, text) for text, _ in node.choices]
    weights = [decimal_of(build, node, weight.rstrip("%")) for _, weight in node.choices]
    random_of = _random_of(node, node.seed, build)
    source_of = _source_of(node, node.per_user, build, random_of)

    def advance(user: User) -> None:
        totals = list(itertools.accumulate(weight(user) for weight in weights))
        drawn = source_of(user).next_double() * totals[-1]
        chosen = min(bisect.bisect_right(totals, drawn), len(texts) - 1)
        user.variables[node.variable] = texts[chosen](user)

    return DataStep(advance=advance)


def _source(low_text: str, high_text: str, random: JavaRandom) -> _Source:
    low, high = _long(low_text), _long(high_text)
    if low > high:
        return _Source(low, 0, random)
    return _Source(low, min(high - low + 1, _MAX_RANGE), random)


def _long(text: str) -> int:
    try:
        return parse_long(text)
    except ValueError:
        return 0


def _random_of(node: Element, seed: str, build: Build) -> Callable[[User], JavaRandom]:
    """A new generator: of the seed where there is one, else from the run's own streams."""
    seed_of = text_of(build, node, seed)

    def make(user: User) -> JavaRandom:
        text = seed_of(user)
        try:
            return JavaRandom(parse_long(text))
        except ValueError:
            return JavaRandom(user.random.getrandbits(48))

    return make


def _source_of(node: Element, per_user: Flag, build: Build, make: Callable[[User], T]) -> Callable[[User], T]:
    """What ``make`` gives, made once for all users, or once a user."""
    key = object()
    own = flag_of(build, node, per_user)

    def source(user: User) -> T:
        if not own(user):
            return user.run.service(key, lambda: make(user))
        found: T | None = user.state.get(key)
        if found is None:
            found = user.state[key] = make(user)
        return found

    return source
