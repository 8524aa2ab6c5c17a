"""Random plans (``random_plans.py``) do the same in every form: as read from `.jmx`, and rewritten as `.jmx`, `.lplan` and JSON."""

from __future__ import annotations

from pathlib import Path

import jmx
import pytest
from differential import Outcome, outcome
from random_plans import FILES, serial_plan
from test_conformance import FORMS

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.execution import ExecutionOptions, execute

SEEDS = range(1, 41)


def given(folder: Path, file: str, text: bytes) -> Outcome:
    """What the plan ``text`` gives, run alone in ``folder``."""
    folder.mkdir()
    (folder / file).write_bytes(text)
    for name, lines in FILES.items():
        (folder / name).write_text(lines, encoding="utf-8")
    source = read_source(folder / file)
    assert source.plan is not None, source.diagnostics
    prepared = prepare(source.plan, source.path, {})
    assert prepared.program is not None, prepared.diagnostics
    execute(prepared.program, ExecutionOptions(jtl=folder / "out.csv", handle_signals=False))
    return outcome(folder)


@pytest.mark.parametrize("form", FORMS)
def test_a_random_plan_does_the_same_in_every_form(form: str, tmp_path: Path) -> None:
    written = jmx.document(serial_plan(SEEDS)).encode()
    expected = given(tmp_path / "first", "plan.jmx", written)
    plan = read_source(tmp_path / "first" / "plan.jmx").plan
    assert plan is not None
    assert given(tmp_path / "rewritten", f"plan.{form}", FORMS[form](plan)) == expected
