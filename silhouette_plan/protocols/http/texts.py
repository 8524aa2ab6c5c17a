"""A node's texts, flags and numbers as functions of the user."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from silhouette_plan.plan.base import Element, Flag, Text
from silhouette_plan.program.build import Build
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
        template = self.build.template(text, self.node)
        constant = template.constant
        if constant is None:
            self.live = True
            return template.evaluate
        return lambda user: constant

    def flag(self, flag: Flag) -> Switch:
        """``flag`` as a function of the user."""
        if isinstance(flag, bool):
            return lambda user: flag
        render = self.text(flag)
        return lambda user: render(user).strip().lower() == "true"

    def seconds(self, text: Text) -> Callable[[User], float]:
        """A timeout as a function of the user."""
        render = self.text(text)
        return lambda user: seconds(render(user))


def seconds(milliseconds: str) -> float:
    """A timeout field in whole ms as seconds; what is no positive number means none (infinite)."""
    try:
        value = int(milliseconds.strip() or 0)
    except ValueError:
        return inf
    return value / 1000 if value > 0 else inf
