from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Result files that JMeter 5.5 wrote: one run, several listeners."""
    return Path(__file__).parent / "recorded"
