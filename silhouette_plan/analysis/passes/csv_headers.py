"""CSV files whose first line is taken for what it is not (AN409)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.configs import CsvDataSet

_DATA = re.compile(r"\s*(?:[\d.+-]+|.*@.*|)\s*\Z")


def csv_headers(view: PlanView) -> Iterator[Diagnostic]:
    """Data sets that read their header as data, or their first row of data as the header; needs the file."""
    for node in view.of(CsvDataSet):
        data = node.element
        assert isinstance(data, CsvDataSet)
        line = None if is_live(data.file) or data.ignore_first_line is True else view.surroundings.first_line(data.file)
        if not line:
            continue
        columns = [column.strip().strip('"') for column in line.split(_delimiter(data))]
        names = [name.strip() for name in data.variables.split(",")] if data.variables.strip() else []
        if names and columns[: len(names)] == names:
            yield found(
                "AN409",
                node,
                f"`{node.name}` reads the header of `{data.file}` as its first row",
                hint="ignore the first line (`skip-header`)",
            )
        elif not names and any(_DATA.match(column) for column in columns):
            yield found(
                "AN409",
                node,
                f"`{node.name}` takes its variables' names from the first line of `{data.file}`, which looks like data",
                label=f"`{line[:60]}`",
                hint="give the names of the columns",
            )


def _delimiter(data: CsvDataSet) -> str:
    return "\t" if data.delimiter == "\\t" else data.delimiter or ","
