"""Fixtures shared by all rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
