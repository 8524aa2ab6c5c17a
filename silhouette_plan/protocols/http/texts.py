"""A node's texts, flags and numbers as functions of the user."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from silhouette_plan.plan.base import Element, Flag, Text
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import constantly, integer, parsed, truth, value_of
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

Render = Callable[[User], str]
Switch = Callable[[User], bool]


class Texts:
    """Compiles the texts of one node. ``live``: one of them was not constant, so they must be read for each sample."""

    def __init__(self, build: Build, node: Element) -> None:
        self.build = build
        self.node = node
        self.live = False

    def constant(self, text: Text) -> str | None:
        """The value of ``text`` where nothing in it is live."""
        return self.build.template(text, self.node).constant

    def text(self, text: Text) -> Render:
        """``text`` as a function of the user."""
        return value_of(self._template(text))

    def flag(self, flag: Flag) -> Switch:
        """``flag`` as a function of the user."""
        return constantly(flag) if isinstance(flag, bool) else parsed(self._template(flag), truth)

    def seconds(self, text: Text) -> Callable[[User], float]:
        """A timeout as a function of the user."""
        return parsed(self._template(text), seconds)

    def _template(self, text: Text) -> Template:
        template = self.build.template(text, self.node)
        self.live = self.live or template.constant is None
        return template


def seconds(milliseconds: str) -> float:
    """A timeout field in whole ms as seconds; what is no positive number means none (infinite)."""
    value = integer(milliseconds)
    return value / 1000 if value > 0 else inf
