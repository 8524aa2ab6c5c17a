"""Specifications of groups. Numbers are templates: they are read when the group starts, since a setUp group may set them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from silhouette_plan.plan.base import Element
from silhouette_plan.program.controllers import LoopSpec
from silhouette_plan.program.steps import Act
from silhouette_plan.values.template import Template


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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GroupSpec:
    """A group: ``body`` is its main loop, ``start`` what each user does once when it begins."""

    node: Element
    name: Template
    body: LoopSpec
    phase: Phase = Phase.MAIN
    on_error: OnError = OnError.CONTINUE
    same_user: bool = True
    start: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ThreadGroupSpec(GroupSpec):
    """``users`` over ``ramp_up`` s; with ``scheduler``, for ``duration`` s after ``delay`` s."""

    users: Template
    ramp_up: Template
    duration: Template
    delay: Template
    scheduler: bool = False
    delayed_start: bool = False
