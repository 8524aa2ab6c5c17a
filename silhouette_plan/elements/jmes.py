"""JMESPath on JSON as Jackson reads and writes it."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import jmespath
import jmespath.functions
import jmespath.visitor
import msgspec

from silhouette_plan.elements.documents import once, strict_json
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.numbers import double_text


class BadDocument(ValueError):
    """Text that is no JSON."""


class _JavaFunctions(jmespath.functions.Functions):
    """The functions, where the Java implementation's results are of another type."""

    @jmespath.functions.signature({"types": ["array-number"]})
    def _func_sum(self, numbers: list[float]) -> float:
        return float(sum(numbers))

    @jmespath.functions.signature({"types": ["number"]})
    def _func_abs(self, number: float) -> float:
        return float(abs(number))

    @jmespath.functions.signature({"types": ["number"]})
    def _func_ceil(self, number: float) -> float:
        return float(math.ceil(number))

    @jmespath.functions.signature({"types": ["number"]})
    def _func_floor(self, number: float) -> float:
        return float(math.floor(number))

    @jmespath.functions.signature({"types": []})
    def _func_to_string(self, value: Any) -> str:
        return written(value)

    @jmespath.functions.signature({"types": ["array", "string"]}, {"types": []})
    def _func_contains(self, held: list[Any] | str, wanted: Any) -> bool:
        if isinstance(held, str):
            return isinstance(wanted, str) and wanted in held
        return any(type(one) is type(wanted) and one == wanted for one in held)


_OPTIONS = jmespath.Options(custom_functions=_JavaFunctions())
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


class _Interpreter(jmespath.visitor.TreeInterpreter):
    """Evaluates a query; only numbers have an order, anything else compares to null."""

    def visit_comparator(self, node: Any, value: Any) -> Any:
        order = _ORDER.get(node["value"])
        if order is None:
            return super().visit_comparator(node, value)
        left, right = (self.visit(child, value) for child in node["children"])
        return order(left, right) if _is_number(left) and _is_number(right) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@lru_cache(maxsize=1024)
def compile_query(path: str) -> Callable[[Any], Any]:
    """``path`` compiled; raises ``JMESPathError``."""
    parsed = jmespath.compile(path).parsed
    return lambda document: _Interpreter(_OPTIONS).visit(parsed, document)


def read_document(text: str | bytes) -> Any:
    """The first JSON value in ``text``, strictly; raises ``BadDocument``."""
    found = _first_value(text)
    if isinstance(found, Exception):
        raise BadDocument(str(found))
    return found


def document_of(sample: Sample) -> Any:
    """The first JSON value in the body, strictly; raises ``BadDocument``."""
    try:
        return once(sample, "strict json", lambda sample: _first_value(sample.text))
    except msgspec.DecodeError as problem:
        raise BadDocument(str(problem)) from None


_TRAILING = re.compile(r".*trailing characters \(byte (\d+)\)")


def _first_value(text: str | bytes) -> Any:
    """Jackson does not look at what follows a value that is plainly over; the exception where it cannot be read."""
    found = strict_json(text)
    trailing = _TRAILING.match(str(found)) if isinstance(found, msgspec.DecodeError) else None
    if trailing is None:
        return found
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    value = data[: int(trailing[1]) - 1]
    return strict_json(value) if value[-1:].isspace() or value[-1:] in (b"}", b"]", b'"') else found


def written(value: Any) -> str:
    """A match as text: a text itself, anything else as compact JSON in the document's order."""
    return value if isinstance(value, str) else write(value)


def write(value: Any) -> str:
    """``value`` as Jackson writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            return double_text(value)
        case int() | Decimal():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case dict():
            return "{" + ",".join(f"{write(str(key))}:{write(member)}" for key, member in value.items()) + "}"
        case _:
            return f"[{','.join(map(write, value))}]"
