"""Records what a real JMeter gives for the case files: ``PYTHONPATH=tests python -m compared.record PATH/TO/jmeter [NAME …]``.

Each file of ``cases/`` becomes one plan (``plans.py``), which is run twice; what was given is written back into it. A case
that gives one thing and then another is told, and loses what it had.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from compared import plans
from compared.server import serving

CASES = Path(__file__).parent / "cases"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run_jmeter(jmeter: str, groups: list[dict[str, Any]]) -> list[plans.Given]:
    with tempfile.TemporaryDirectory() as folder, serving() as port:
        plan, jtl = Path(folder) / "plan.jmx", Path(folder) / "out.csv"
        plan.write_text(plans.document(groups), encoding="utf-8")
        command = [jmeter, "-n", "-t", str(plan), "-l", str(jtl), "-j", f"{folder}/log", f"-Jport={port}"]
        subprocess.run(command, check=True, capture_output=True, timeout=300, cwd=folder)
        return plans.given_by(read_rows(jtl), groups, port)


def written(groups: list[dict[str, Any]]) -> str:
    """A case file: what a group shares on a line each, and a line a case."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    shown = []
    for group in groups:
        shared = [f"{compact(key)}:{compact(value)}" for key, value in group.items() if key != "cases"]
        cases = ",\n".join(compact(case) for case in group["cases"])
        shown.append("{" + ",\n".join([*shared, f'"cases":[\n{cases}\n]']) + "}")
    return "[\n" + ",\n".join(shown) + "\n]\n"


def record(jmeter: str, path: Path) -> str:
    groups = json.loads(path.read_text("utf-8"))
    first, second = run_jmeter(jmeter, groups), run_jmeter(jmeter, groups)
    rows = iter(zip(first, second, strict=True))
    unsteady = 0
    for group in groups:
        for case in group["cases"]:
            one, other = next(rows)
            case[1] = one if one == other else None
            unsteady += one != other
    path.write_text(written(groups), encoding="utf-8")
    return f"{len(first)} cases" + (f", {unsteady} NOT DETERMINISTIC" if unsteady else "")


def main() -> None:
    jmeter, *wanted = sys.argv[1:]
    for path in sorted(CASES.glob("*.json")):
        if not wanted or path.stem in wanted:
            print(path.stem, record(jmeter, path), flush=True)


if __name__ == "__main__":
    main()
