"""The tables name functions that exist, and looking at them imports none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from silhouette_plan.elements import tables
from silhouette_plan.program.late import Late
from silhouette_plan.protocols.http.tables import DATA as RENEWALS
from silhouette_plan.protocols.tables import SAMPLERS

ROWS = [
    row
    for table in (*(getattr(tables, name) for name in tables.__all__), SAMPLERS, RENEWALS)
    for row in table.values()
    if isinstance(row, Late)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.place)
def test_every_factory_exists(row: Late) -> None:
    assert callable(row.load())


def test_the_compiler_loads_no_library_that_few_plans_need() -> None:
    code = "import sys, silhouette_plan.compile; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"lxml", "jmespath", "jsonschema", "httptools", "trio"}.isdisjoint(loaded)
    assert "silhouette_plan.compile" in loaded
