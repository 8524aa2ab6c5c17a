"""A sampler with all that is in scope of it, resolved (``org.apache.jmeter.threads.SamplePackage``)."""

from __future__ import annotations

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record
from silhouette_plan.program.steps import Act, ActAsync, After, AfterAsync, Judge, Take, TimerStep
from silhouette_plan.values.template import Template


@record
class Judges:
    """Assertions in order; ``names`` has one entry each, None where it is not noted that it held. ``all_held`` are the others."""

    steps: tuple[Judge, ...] = ()
    names: tuple[str | None, ...] = ()
    all_held: tuple[str, ...] = ()


NO_JUDGES = Judges()


@record(eq=False)
class Package:
    """One sampler. ``label`` is its name, None where reading it twice could be noticed (it calls a function).

    ``before``, ``timers``, ``after``, ``judges`` run in this order around ``take``. ``listeners`` receive the sample;
    within a parent transaction those are left out that receive the transaction. ``all_listeners`` receive what a plain
    transaction reports after this sampler. ``open_to`` are the keys of the plain transactions that add up
    this sampler's samples.
    """

    node: Element
    label: Template | None
    take: Take
    before: tuple[Act | ActAsync, ...] = ()
    timers: tuple[TimerStep, ...] = ()
    after: tuple[After | AfterAsync, ...] = ()
    judges: Judges = NO_JUDGES
    listeners: tuple[After, ...] = ()
    all_listeners: tuple[After, ...] = ()
    open_to: frozenset[int] = frozenset()
