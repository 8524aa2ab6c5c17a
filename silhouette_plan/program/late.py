"""Factories that are imported when a plan first needs them: there are many kinds of elements, and few in one plan."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """The function at ``place`` (``package.module:name``), found when it is first called."""

    __slots__ = ("_found", "place")

    def __init__(self, place: str) -> None:
        self.place = place
        self._found: Any = None

    def __call__(self, *arguments: Any) -> Any:
        """Calls the function."""
        return self.load()(*arguments)

    def load(self) -> Any:
        """The function itself. Raises ``ImportError`` or ``AttributeError`` where the place does not exist."""
        if self._found is None:
            module, name = self.place.split(":")
            self._found = getattr(import_module(module), name)
        return self._found

    def __repr__(self) -> str:
        return f"Late({self.place!r})"
