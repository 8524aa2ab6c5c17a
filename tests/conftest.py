"""Fixtures shared by all rooms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import GroupState, Run, User

ROOT = Path(__file__).resolve().parent.parent

MakeUser = Callable[..., User]


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
