from __future__ import annotations

from collections.abc import Iterator

import pytest

from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.process import DemoProcess, start


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoProcess]:
    """A demo target without faults, on its own PostgreSQL, for all tests that leave it as it is."""
    with start(DemoOptions()) as running:
        yield running
