"""What silplan gives for a plan is what a real JMeter 5.5 gave for it, user by user and row by row.

Two collections: the project's own (``catalogue.py``, recorded with ``record.py``) and, where it is there, the reference material
beside the checkout. Cases that need a script language that silplan does not have yet must be refused, never guessed at.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from record import by_user, read_rows
from silhouette_plan.importers.jmx import write

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.cli.sources import read_source
from silhouette_plan.execution import ExecutionOptions, execute
from silhouette_plan.language import print_plan
from silhouette_plan.plan.codec import to_document
from silhouette_plan.plan.testplan import TestPlan

OWN = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "conformance"
NOT_YET = ("VL002", "CP001")
"""Codes that refuse what is not supported."""


def names(folder: Path) -> list[str]:
    return sorted(case.name for case in folder.glob("*/") if (case / "expected.json").exists())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The reference server, on a port of its own choosing."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    server = subprocess.Popen([sys.executable, str(SHARED / "server.py"), str(number)])
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", number), 1).close()
                break
            except ConnectionRefusedError:
                assert server.poll() is None
        yield number
    finally:
        server.terminate()
        server.wait()


FORMS: dict[str, Callable[[TestPlan], bytes]] = {
    "jmx": write,
    "lplan": lambda plan: print_plan(plan).encode(),
    "json": lambda plan: json.dumps(to_document(plan)).encode(),
}
"""Ways to write a plan; a plan that went through any of them gives the same rows."""


def run_case(case: Path, folder: Path, properties: dict[str, str], form: str = "") -> list[list[str]] | None:
    """The rows of a case, run in a copy of its folder, rewritten in ``form``; None where it is refused as not supported."""
    place = folder / "case"
    shutil.copytree(case, place)
    source = read_source(place / "plan.jmx")
    assert source.plan is not None, source.diagnostics
    if form:
        rewritten = place / f"rewritten.{form}"
        rewritten.write_bytes(FORMS[form](source.plan))
        source = read_source(rewritten)
        assert source.plan is not None, source.diagnostics
    prepared = prepare(source.plan, source.path, properties)
    if prepared.program is None:
        errors = [found for found in prepared.diagnostics if found.severity == "error"]
        assert {found.code for found in errors} <= set(NOT_YET), errors
        return None
    jtl = folder / "out.jtl"
    execute(prepared.program, ExecutionOptions(jtl=jtl, handle_signals=False))
    return read_rows(jtl)


def timed(name: str) -> bool:
    """Whether the case takes its time: groups that follow a plan of seconds. Their rows are drawn, or all alike."""
    return bool(json.loads((OWN / name / "meta.json").read_text("utf-8"))["multiset"])


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name in names(OWN) for form in ("", *FORMS) if not (form and timed(name))]
)
def test_own_case(name: str, form: str, tmp_path: Path) -> None:
    case = OWN / name
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    multiset = json.loads((case / "meta.json").read_text("utf-8"))["multiset"]
    rows = run_case(case, tmp_path, {}, form)
    assert rows is not None
    assert by_user(rows, multiset) == by_user(expected, multiset)


def scripted(case: Path) -> bool:
    text = (case / "plan.jmx").read_text("utf-8").lower()
    return "groovy" in text or "beanshell" in text


@pytest.mark.skipif(not SHARED.is_dir(), reason="reference material is not here")
@pytest.mark.parametrize("form", ["", "lplan"])
@pytest.mark.parametrize("name", names(SHARED / "cases") if SHARED.is_dir() else [])
def test_reference_case(name: str, form: str, tmp_path: Path, port: int) -> None:
    case = SHARED / "cases" / name
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    properties = dict(prop.removeprefix("-J").split("=", 1) for prop in meta.get("props", []))
    rows = run_case(case, tmp_path, {"port": str(port), **properties}, form)
    if rows is None:
        assert scripted(case)
        return
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    multiset = bool(meta.get("multiset"))
    assert by_user(comparable(rows, meta, port), multiset) == by_user(expected, multiset)


def comparable(rows: list[list[str]], meta: dict[str, object], port: int) -> list[list[str]]:
    """Rows as the reference keeps them: the port by name, and what a case does not compare left empty."""
    hidden = {2, 5} if meta.get("nomsg") else set()
    hidden |= {6} if meta.get("server") else set()
    return [
        ["" if index in hidden else cell.replace(str(port), "PORT") for index, cell in enumerate(row)] for row in rows
    ]
