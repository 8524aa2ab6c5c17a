"""The bound values of a JDBC request: two comma-separated texts in a ``.jmx``, pairs in the plan graph."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from silhouette_plan.importers.jmx.columns.basic import Bag, Unheld, scalar

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import SqlBinding

_VALUES, _TYPES = "queryArguments", "queryArgumentsTypes"


@record
class SqlBindings:
    """``queryArguments`` and ``queryArgumentsTypes``, split as CSV (``AbstractJDBCTestElement.setArguments``)."""

    properties: tuple[str, ...] = (_VALUES, _TYPES)
    fields: tuple[str, ...] = ("bindings",)

    def read(self, bag: Bag) -> dict[str, Any]:
        """The pairs.

        Raises:
            Unheld: values and types differ in number.
        """
        values, types = bag.take(_VALUES), bag.take(_TYPES)
        texts = _split(scalar(values)) if values else []
        kinds = _split(scalar(types)) if types else []
        if texts and len(texts) != len(kinds):
            line = values.line if values else types.line if types else 0
            raise Unheld(f"{len(texts)} bound values have {len(kinds)} types", line)
        if types and kinds and not texts:
            bag.report("JX312", f"“{_TYPES}” is not read where no value is bound", types.line)
        pairs = zip(texts, kinds, strict=False)
        return {"bindings": tuple(SqlBinding(text, kind.strip().lower()) for text, kind in pairs)}

    def write(self, holder: object) -> list[Property]:
        """The two texts."""
        bindings: tuple[SqlBinding, ...] = getattr(holder, "bindings")  # noqa: B009
        return [
            Property("string", _VALUES, _join(one.value for one in bindings)),
            Property("string", _TYPES, _join(one.type.upper() for one in bindings)),
        ]


def _split(text: str) -> list[str]:
    if not text.strip():
        return []
    return next(csv.reader(io.StringIO(text, newline=""), strict=False), [])


def _join(values: Iterable[str]) -> str:
    return ",".join(_cell(value) for value in values)


def _cell(value: str) -> str:
    plain = value == value.strip() and value and not set(value) & set(',"\r\n')
    return value if plain else f'"{value.replace(chr(34), chr(34) * 2)}"'
