"""What the engine runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.program.groups import GroupSpec
from silhouette_plan.results.objectives import Objective
from silhouette_plan.values.user import Run


@record(kw_only=True, eq=False)
class Program:
    """A compiled plan. ``groups`` keep the plan's order, of all phases together. ``file_name`` is that of its file, or its
    own name where it has none: what ``__TestPlanName`` gives.

    ``variables`` are the user-defined variables, evaluated; every user starts with a copy. ``properties`` are JMeter's
    as they stood when the variables had been evaluated. ``opening`` is called as a run starts: files that are there even
    if no sample is made. ``files_read`` are the plan's own and those that it names to be read: no results go there.
    ``objectives`` are what the run is judged by. ``measures_itself``: it has checks, or metrics of its own.
    ``summary_every`` are seconds between summary lines, None where the plan does not say; ``reports`` are files that get the
    figures as JSON when the run is over.
    """

    plan: TestPlan
    name: str
    file_name: str
    folder: Path
    groups: tuple[GroupSpec, ...]
    variables: Mapping[str, object]
    properties: Mapping[str, str]
    serialized: bool = False
    teardown_on_shutdown: bool = True
    opening: tuple[Callable[[Run], object], ...] = ()
    files_read: frozenset[Path] = frozenset()
    objectives: tuple[Objective, ...] = ()
    measures_itself: bool = False
    summary_every: int | None = None
    reports: tuple[Path, ...] = ()
