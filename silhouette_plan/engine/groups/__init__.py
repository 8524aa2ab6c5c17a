"""Groups, one module a kind: when users start and end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.groups.arrivals import drive_arrivals
from silhouette_plan.engine.groups.concurrency import drive_concurrency
from silhouette_plan.engine.groups.open_model import drive_open
from silhouette_plan.engine.groups.planned import drive_planned
from silhouette_plan.engine.groups.shared import drive_shared
from silhouette_plan.engine.groups.thread_group import drive_thread_group
from silhouette_plan.program import groups as specs

DRIVERS: Mapping[type[specs.GroupSpec], Callable[[GroupRun, Any], Awaitable[None]]] = {
    specs.ThreadGroupSpec: drive_thread_group,
    specs.PlannedGroupSpec: drive_planned,
    specs.OpenGroupSpec: drive_open,
    specs.ConcurrencyGroupSpec: drive_concurrency,
    specs.ArrivalsGroupSpec: drive_arrivals,
    specs.SharedIterationsSpec: drive_shared,
}
"""What starts the users of a group, by its kind; returns when the last one is started."""
