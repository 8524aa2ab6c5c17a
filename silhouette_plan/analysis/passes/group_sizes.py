"""Sizes of groups that read what is set only while the plan runs (AN110)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic


def group_sizes(view: PlanView) -> Iterator[Diagnostic]:
    """Every variable in a group's own fields that is not one of the plan's level."""
    names = view.names
    for group in view.groups:
        for use in names.uses.get(group, ()):
            mask = names.mask_of(use.name)
            if use.field != "name" and mask and not mask & names.plan_level:
                setter = names.setters_of(use.name)[0]
                yield found(
                    "AN110",
                    group,
                    f"the {use.place} of `{group.name}` reads `{use.name}`, which is set only while the plan runs",
                    label="JMeter takes 0",
                    hint="use a variable of the plan's level, or a property: `${__P(name,10)}`",
                    notes=(f"set by `{setter.name}`",),
                )
