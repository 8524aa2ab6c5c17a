"""The limit of a Parallel Controller: a number that a switch of its own puts in force (``LIMIT_MAX_THREAD_NUMBER``)."""

from __future__ import annotations

from typing import Any

from silhouette_plan.importers.jmx.columns.basic import Bag, scalar

from silhouette_plan.plan.base import Property
from silhouette_plan.plan.controllers import ParallelController
from silhouette_plan.plan.records import record

_SWITCH, _NUMBER = "LIMIT_MAX_THREAD_NUMBER", "MAX_THREAD_NUMBER"

PLUGINS_OWN = "6"
"""The limit where the switch is on and no number is given."""


@record
class Limit:
    """``limit``; empty where the switch is off, and the number then has no effect."""

    @property
    def properties(self) -> tuple[str, ...]:
        """The names of its properties."""
        return (_SWITCH, _NUMBER)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return ("limit",)

    def read(self, bag: Bag) -> dict[str, Any]:
        """The number that is in force."""
        switch, number = bag.take(_SWITCH), bag.take(_NUMBER)
        if switch is None or scalar(switch).strip().lower() != "true":
            return {"limit": ""}
        return {"limit": scalar(number) if number is not None else PLUGINS_OWN}

    def write(self, holder: object) -> list[Property]:
        """Both properties where there is a limit."""
        assert isinstance(holder, ParallelController)
        if not holder.limit:
            return []
        kind = "int" if holder.limit.isdecimal() else "string"
        return [Property("bool", _SWITCH, "true"), Property(kind, _NUMBER, holder.limit)]
