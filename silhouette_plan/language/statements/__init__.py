"""The one table of statements: parser, printer, formatter, reference and editors read it."""

from __future__ import annotations

from silhouette_plan.language.statements import (
    asserting,
    controllers,
    data,
    extracting,
    generic,
    groups,
    http,
    listening,
    measuring,
    planning,
    requests,
    scripts,
    sql,
    steps,
    timers,
)
from silhouette_plan.language.statements.measuring import THRESHOLD
from silhouette_plan.language.statements.model import Row
from silhouette_plan.plan.base import Element

FAMILIES: dict[str, tuple[Row, ...]] = {
    "The plan": planning.ROWS,
    "Groups": groups.ROWS,
    "Controllers": controllers.ROWS,
    "HTTP": (*requests.ROWS, *http.ROWS),
    "SQL": sql.ROWS,
    "Scripts": scripts.ROWS,
    "Other steps": steps.ROWS,
    "Data": data.ROWS,
    "Timers": timers.ROWS,
    "Extractors": extracting.ROWS,
    "Assertions": asserting.ROWS,
    "Measures": measuring.ROWS,
    "Listeners": listening.ROWS,
    "Other elements": generic.ROWS,
}
"""All statements, in the order of the reference."""

ROWS: tuple[Row, ...] = tuple(row for family in FAMILIES.values() for row in family)

BY_VERB: dict[str, Row] = {row.verb: row for row in ROWS}
"""The row of each verb; some verbs have two words."""


def _by_kind() -> dict[type[Element], tuple[Row, ...]]:
    rows: dict[type[Element], tuple[Row, ...]] = {}
    for row in (*ROWS, THRESHOLD):
        for kind in row.kinds:
            rows[kind] = (*rows.get(kind, ()), row)
    return rows


BY_KIND: dict[type[Element], tuple[Row, ...]] = _by_kind()
"""The statements that may say a node."""

__all__ = ["BY_KIND", "BY_VERB", "FAMILIES", "ROWS", "THRESHOLD"]
