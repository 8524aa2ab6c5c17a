"""Groups whose users each have their time: Ultimate, Stepping, the language's stages."""

from __future__ import annotations

from silhouette_plan.engine.group import GroupRun
from silhouette_plan.program.groups import PlannedGroupSpec


async def drive_planned(group: GroupRun, spec: PlannedGroupSpec) -> None:
    """Starts each user when it is due, to end at its own time."""
    stays = list(enumerate(spec.stays(group.engine_user)))
    group.announce(len(stays))
    for number, stay in sorted(stays, key=lambda numbered: numbered[1].start):
        if not await group.sleep_until(group.start + stay.start):
            return
        group.start_user(number, group.start + stay.end)
