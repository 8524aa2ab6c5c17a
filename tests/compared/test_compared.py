"""Many small cases of every extractor, assertion and function give what a real JMeter 5.5 gave (``record.py``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compared import plans
from compared.record import CASES, read_rows
from compared.server import serving

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.execution import ExecutionOptions, execute


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.json")))
def test_cases_give_what_jmeter_gave(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Etc/UTC")
    groups = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    plan, jtl = tmp_path / "plan.jmx", tmp_path / "out.csv"
    plan.write_text(plans.document(groups), encoding="utf-8")
    source = read_source(plan)
    assert source.plan is not None, source.diagnostics
    with serving() as port:
        prepared = prepare(source.plan, source.path, {"port": str(port)})
        assert prepared.program is not None, prepared.diagnostics
        execute(prepared.program, ExecutionOptions(jtl=jtl, handle_signals=False))
    cases = plans.cases_of(groups)
    found = plans.given_by(read_rows(jtl), groups, port)
    wrong = [
        f"{case.properties}: {given} and not {case.given}"
        for case, given in zip(cases, found, strict=True)
        if given != case.given
    ]
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(wrong[:20])
