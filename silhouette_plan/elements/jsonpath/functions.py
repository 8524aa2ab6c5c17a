"""The functions of a path (``com.jayway.jsonpath.internal.function``).

Each takes the value the path has led to and the values of its arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from silhouette_plan.elements.jsonpath.faults import InvalidPath, PathFault
from silhouette_plan.elements.jsonpath.java_text import java_text
from silhouette_plan.elements.jsonpath.render import Keys

PathFunction = Callable[[Any, Sequence[Any]], Any]

_EMPTY = "Aggregation function attempted to calculate value using empty array"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _flat(arguments: Sequence[Any]) -> Iterator[Any]:
    for argument in arguments:
        if isinstance(argument, list):
            yield from argument
        else:
            yield argument


def _aggregate(summarise: Callable[[list[float]], float]) -> PathFunction:
    """Of all numbers in the array and the arguments, as doubles."""

    def call(value: Any, arguments: Sequence[Any]) -> Any:
        own = value if isinstance(value, list) else ()
        numbers = [float(item) for item in (*own, *_flat(arguments)) if _is_number(item)]
        if not numbers:
            raise PathFault(_EMPTY)
        return summarise(numbers)

    return call


def _total(numbers: list[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number
    return total


def _deviation(numbers: list[float]) -> float:
    count, total = len(numbers), _total(numbers)
    variance = _total([number * number for number in numbers]) / count - total * total / count / count
    return math.sqrt(variance) if variance >= 0 else math.nan


def _concat(value: Any, arguments: Sequence[Any]) -> str:
    own = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return "".join(own) + "".join(java_text(item) for item in _flat(arguments) if item is not None)


def _length(value: Any, arguments: Sequence[Any]) -> int | None:
    return len(value) if isinstance(value, list | dict) else None


def _keys(value: Any, arguments: Sequence[Any]) -> Any:
    return Keys(value) if isinstance(value, dict) else None


def _append(value: Any, arguments: Sequence[Any]) -> Any:
    return [*value, *arguments] if isinstance(value, list) else value


FUNCTIONS: Mapping[str, PathFunction] = {
    "avg": _aggregate(lambda numbers: _total(numbers) / len(numbers)),
    "stddev": _aggregate(_deviation),
    "sum": _aggregate(_total),
    "min": _aggregate(min),
    "max": _aggregate(max),
    "concat": _concat,
    "length": _length,
    "size": _length,
    "append": _append,
    "keys": _keys,
}


def function_named(name: str) -> PathFunction:
    """The function called ``name``; raises ``InvalidPath``."""
    try:
        return FUNCTIONS[name]
    except KeyError:
        raise InvalidPath(f"Function with name: {name} does not exist.") from None
