"""A user to evaluate values for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import GroupState, Run, User

MakeUser = Callable[..., User]


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
