"""Groups, one module a kind: when users start and end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.groups.thread_group import drive_thread_group
from silhouette_plan.program.groups import GroupSpec, ThreadGroupSpec

DRIVERS: Mapping[type[GroupSpec], Callable[[GroupRun, Any], Awaitable[None]]] = {
    ThreadGroupSpec: drive_thread_group,
}
"""What starts the users of a group, by its kind; returns when the last one is started."""
