"""A demo target for the tests of the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from silhouette_plan.demo.options import DemoOptions
from silhouette_plan.demo.process import DemoProcess, start


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoProcess]:
    with start(DemoOptions()) as running:
        yield running
