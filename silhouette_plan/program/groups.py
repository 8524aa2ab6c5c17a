"""Specifications of groups. Numbers are read when the group starts, since a setUp group may set them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.records import record
from silhouette_plan.program.controllers import LoopSpec, PassSpec
from silhouette_plan.program.profiles import Climb, Stay
from silhouette_plan.program.schedule import Schedule
from silhouette_plan.program.steps import Act
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User


class Phase(enum.Enum):
    """When a group runs."""

    SETUP = 0
    MAIN = 1
    TEARDOWN = 2


class OnError(enum.StrEnum):
    """What a failed sample does, as ``ThreadGroup.on_sample_error`` spells it."""

    CONTINUE = "continue"
    START_NEXT_LOOP = "startnextloop"
    STOP_USER = "stopthread"
    STOP_TEST = "stoptest"
    STOP_NOW = "stoptestnow"


@record(kw_only=True, eq=False)
class GroupSpec:
    """A group: ``body`` is its main loop, ``start`` what each user does once when it begins.

    Functions that the kinds below have are called once, when the group starts, with a user that stands for the plan's
    level. They raise ``numbers.BadNumber``.
    """

    node: Element
    name: Template
    body: LoopSpec | PassSpec
    phase: Phase = Phase.MAIN
    on_error: OnError = OnError.CONTINUE
    same_user: bool = True
    start: tuple[Act, ...] = ()


@record(kw_only=True, eq=False)
class ThreadGroupSpec(GroupSpec):
    """``users`` over ``ramp_up`` s; with ``scheduler``, for ``duration`` s after ``delay`` s."""

    users: Template
    ramp_up: Template
    duration: Template
    delay: Template
    scheduler: bool = False
    delayed_start: bool = False


@record(kw_only=True, eq=False)
class PlannedGroupSpec(GroupSpec):
    """Users that each have their time: ``stays`` gives one entry a user, in the order of their numbers."""

    stays: Callable[[User], Sequence[Stay]]


@record(kw_only=True, eq=False)
class OpenGroupSpec(GroupSpec):
    """A user an arrival, which makes one pass. At the end of the schedule, users still running are interrupted."""

    schedule: Callable[[User], tuple[Schedule, Callable[[], float]]]
    """The schedule, and what draws random numbers for it."""


@record(kw_only=True, eq=False)
class ConcurrencyGroupSpec(GroupSpec):
    """A number of users kept alive; who ends is replaced, until the time is over."""

    climb: Callable[[User], Climb]
    """Read again whenever the group looks how many users it wants."""
    iterations: Template
    """How many passes a user makes; 0 or empty: no limit."""


@record(kw_only=True, eq=False)
class ArrivalsGroupSpec(GroupSpec):
    """An arrival starts a pass of a user that is idle, or of a new one where ``limit`` allows."""

    arrivals: Callable[[User], Iterable[float]]
    """Moments in s from the start; the last is no arrival, but the end."""
    iterations: Template
    limit: Template


@record(kw_only=True, eq=False)
class SharedIterationsSpec(GroupSpec):
    """``iterations`` passes shared by ``users`` users."""

    iterations: Template
    users: Template
