"""The catalogue of codes: one meaning each, and none that is used without being explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from reliability.commands import called

from silhouette_plan.cli.codes import catalogue
from silhouette_plan.results.verdict import ExitStatus

ROOT = Path(__file__).resolve().parents[2]
_CODE = re.compile(r'"((?:JX|LP|AN|CP|VL|EL|HT|RN|RS|CL|DM)\d{3})"')


def _sources() -> Iterator[Path]:
    for room in ("silhouette_plan", "importers"):
        yield from (ROOT / room).rglob("*.py")


def test_every_code_in_use_is_explained() -> None:
    used = {code: file.name for file in _sources() for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    known = catalogue()
    assert {f"{code} in {file}" for code, file in used.items() if code not in known} == set()


def test_no_two_rooms_share_a_code() -> None:
    tables = [file for file in _sources() if file.name == "codes.py"]
    told = [code for file in tables for code in set(_CODE.findall(file.read_text(encoding="utf-8")))]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_code_is_explained_in_sentences(code: str) -> None:
    found = catalogue()[code]
    assert found.code == code
    assert found.title
    assert found.explanation.rstrip().endswith((".", ".)", "`", ")"))


def test_explain() -> None:
    done = called("explain", "cp001")
    assert (done.status, "[CP001]" in done.out) == (ExitStatus.OK, True)
    assert "CP001" in called("explain").out
    unknown = called("explain", "CP00l")
    assert (unknown.status, "did you mean" in unknown.err) == (ExitStatus.USAGE, True)
