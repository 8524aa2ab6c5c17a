"""JMESPath on JSON as Jackson reads and writes it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import jmespath
import jmespath.functions
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


_OPTIONS = jmespath.Options(custom_functions=_JavaFunctions())


@lru_cache(maxsize=1024)
def compile_query(path: str) -> Callable[[Any], Any]:
    """``path`` compiled; raises ``JMESPathError``."""
    query = jmespath.compile(path)
    return lambda document: query.search(document, options=_OPTIONS)


def read_document(text: str | bytes) -> Any:
    """``text`` as JSON, strictly; raises ``BadDocument``."""
    found = strict_json(text)
    if isinstance(found, Exception):
        raise BadDocument(str(found))
    return found


def document_of(sample: Sample) -> Any:
    """The body as JSON, strictly; raises ``BadDocument``."""
    try:
        return once(sample, "strict json", lambda sample: strict_json(sample.text))
    except msgspec.DecodeError as problem:
        raise BadDocument(str(problem)) from None


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
