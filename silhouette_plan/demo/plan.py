"""The plan that ``silplan demo`` runs."""

from __future__ import annotations

from importlib import resources

PLAN_NAME = "demo.jmx"


def demo_plan() -> bytes:
    """The plan as ``.jmx``; it reads the properties ``host``, ``port``, ``users``, ``rampup`` (s) and ``duration`` (s)."""
    return resources.files(__package__).joinpath(PLAN_NAME).read_bytes()
