"""Fixtures shared by all rooms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import GroupState, Run, User

ROOT = Path(__file__).resolve().parent.parent

MakeUser = Callable[..., User]
MakeSample = Callable[..., Sample]

USUAL = {
    "code": "200",
    "message": "OK",
    "thread_name": "Users 1-1",
    "success": True,
    "elapsed": 12,
    "latency": 11,
    "received": 1234,
    "sent": 345,
    "group_threads": 1,
    "all_threads": 1,
    "data_type": "text",
    "url": "http://127.0.0.1:8000/api",
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; tests that need it are skipped where it is absent."""
    found = ROOT.parent / "shared"
    if not found.is_dir():
        pytest.skip("reference material is not here")
    return found


@pytest.fixture(scope="session")
def cases(shared: Path) -> Path:
    """The recorded conformance cases."""
    return shared / "conformance" / "cases"


@pytest.fixture
def make_user(tmp_path: Path) -> MakeUser:
    """Makes user 1 of group ``TG`` with the given variables, after a sample that went well."""

    def make(variables: dict[str, object] | None = None, run: Run | None = None, number: int = 0) -> User:
        run = run or Run({"START.MS": "1"}, tmp_path, "plan.jmx", 7)
        user = User(run, GroupState("TG", 1, 1), number, f"TG 1-{number + 1}", dict(variables or {}))
        user.iteration = 1
        user.sampler_name = "GET /"
        user.previous = Sample("GET /", 0)
        user.previous.code, user.previous.success = "200", True
        return user

    return make


@pytest.fixture(scope="session")
def sample() -> MakeSample:
    """Makes a successful HTTP sample, changed by what is given."""

    def make(label: str = "home", start: int = 1_700_000_000_000, **given: Any) -> Sample:
        made = Sample(label, start)
        for name, value in {**USUAL, **given}.items():
            setattr(made, name, value)
        return made

    return make
