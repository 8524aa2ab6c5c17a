from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.results.sample import Sample

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
def sample() -> MakeSample:
    """Makes a successful HTTP sample, changed by what is given."""

    def make(label: str = "home", start: int = 1_700_000_000_000, **given: Any) -> Sample:
        made = Sample(label, start)
        for name, value in {**USUAL, **given}.items():
            setattr(made, name, value)
        return made

    return make


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Result files that JMeter 5.5 wrote: one run, several listeners."""
    return Path(__file__).parent / "recorded"
