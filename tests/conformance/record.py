"""Records the cases of ``catalogue.py`` with a real JMeter: ``python record.py PATH/TO/jmeter [NAME …]``.

For each case ``cases/NAME/plan.jmx`` is written, run twice, and the rows kept in ``expected.json`` as
``[label, code, message, thread, success, failure message, bytes]``. A case whose two runs differ is reported and not kept.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jmx
from catalogue import Case, cases

FOLDER = Path(__file__).parent / "cases"
COLUMNS = ("label", "responseCode", "responseMessage", "threadName", "success", "failureMessage", "bytes")

Rows = list[list[str]]


def read_rows(jtl: Path) -> Rows:
    with jtl.open(newline="", encoding="utf-8") as file:
        return [[row[column] or "" for column in COLUMNS] for row in csv.DictReader(file)]


def by_user(rows: Rows, multiset: bool) -> dict[str, Rows]:
    """Each user's rows in order; order between users means nothing."""
    users: dict[str, Rows] = {}
    for row in rows:
        users.setdefault(row[3], []).append(row)
    return {user: sorted(own) if multiset else own for user, own in users.items()}


def run_jmeter(jmeter: str, plan: Path) -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        jtl = Path(folder) / "out.csv"
        command = [jmeter, "-n", "-t", str(plan), "-l", str(jtl), "-j", f"{folder}/log"]
        subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder)
        return read_rows(jtl)


def record(jmeter: str, name: str, case: Case) -> str:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    plan = folder / "plan.jmx"
    text = jmx.document(case.plan)
    kept = folder / "expected.json"
    if kept.exists() and plan.exists() and plan.read_text("utf-8") == text:
        return "unchanged"
    plan.write_text(text, encoding="utf-8")
    kept.unlink(missing_ok=True)
    first, second = run_jmeter(jmeter, plan), run_jmeter(jmeter, plan)
    if by_user(first, case.multiset) != by_user(second, case.multiset):
        return "NOT DETERMINISTIC, not kept"
    kept.write_text(
        "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in first) + "\n]\n", encoding="utf-8"
    )
    (folder / "meta.json").write_text(json.dumps({"multiset": case.multiset}) + "\n", encoding="utf-8")
    return f"{len(first)} rows"


def main() -> None:
    jmeter, *wanted = sys.argv[1:]
    for name, case in cases().items():
        if not wanted or name in wanted:
            print(name, record(jmeter, name, case), flush=True)


if __name__ == "__main__":
    main()
