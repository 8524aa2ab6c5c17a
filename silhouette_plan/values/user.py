"""What templates, scripts and elements see while a plan runs (``org.apache.jmeter.threads.JMeterContext``).

Plain data: the engine creates and drives these objects, every other room reads them.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from silhouette_plan.results.clock import Clock
from silhouette_plan.results.sample import NextAction, Sample

S = TypeVar("S")


class Run:
    """One run of one program. Nothing of it is global: two runs in one process know nothing of each other.

    ``properties`` are JMeter's (``-J``, ``__setProperty``); ``folder`` is the plan's; ``seed`` feeds every random stream by
    name. ``services`` hold what is shared by all users (sockets' pump, connection pools, CSV cursors), by type or key.
    ``active_users`` counts users alive in all groups. ``stop(now)`` ends the run, gracefully or at once. ``spawn`` starts a
    background task (an ``async def`` without arguments) that lives as long as the run, ``closing`` are called when it is
    over, last added first, ``turn_ends`` each time that all users had their turn and the run is about to wait. ``finding(code, message)`` tells observers of something worth knowing that is no sample,
    ``metric(kind, name, value)`` of an observation made outside samples.
    """

    __slots__ = (
        "__weakref__",
        "active_users",
        "clock",
        "closing",
        "finding",
        "finished_users",
        "folder",
        "metric",
        "plan_name",
        "properties",
        "seed",
        "services",
        "spawn",
        "started_users",
        "stop",
        "turn_ends",
    )

    def __init__(
        self, properties: Mapping[str, str], folder: Path, plan_name: str, seed: int, clock: Clock | None = None
    ) -> None:
        self.properties: dict[str, Any] = dict(properties)
        self.folder = folder
        self.plan_name = plan_name
        self.seed = seed
        self.clock = clock or Clock()
        self.services: dict[Any, Any] = {}
        self.active_users = 0
        self.started_users = 0
        self.finished_users = 0
        self.stop: Callable[[bool], None] = lambda now: None
        self.spawn: Callable[[Callable[[], Awaitable[None]]], None]
        self.closing: list[Callable[[], None]] = []
        self.turn_ends: list[Callable[[], None]] = []
        self.finding: Callable[[str, str], None] = lambda code, message: None
        self.metric: Callable[[str, str, float], None] = lambda kind, name, value: None

    def service(self, key: Any, make: Callable[[], S]) -> S:
        """The shared object under ``key``, made at its first use."""
        found = self.services.get(key)
        if found is None:
            found = self.services[key] = make()
        return found

    def stream(self, name: str) -> random.Random:
        """The random stream called ``name``: the same for the same seed, in every process and version."""
        return random.Random(f"{self.seed}/{name}")


class GroupState:
    """A group while it runs. ``number`` counts from 1 in plan order; ``active_users`` are those alive now; it began at
    ``start`` (monotonic, s)."""

    __slots__ = ("active_users", "name", "number", "planned_users", "start", "state")

    def __init__(self, name: str, number: int, planned_users: int | None, start: float = 0.0) -> None:
        self.name = name
        self.number = number
        self.planned_users = planned_users
        self.start = start
        self.active_users = 0
        self.state: dict[Any, Any] = {}


class User:
    """A virtual user (JMeter's thread).

    ``number`` is 0-based within the group, ``thread_name`` is ``GROUP g-n`` with n from 1. ``variables`` hold text, or
    objects that scripts put there. ``previous`` is the last sample (``prev``), ``sampler_name`` the label of the sampler
    being run, ``closing`` what to call when the user ends; ``iteration`` the group loop's count from 1. ``state`` is per-user storage of elements, keyed by whatever
    object each chooses. ``next_action`` and ``stopping`` steer the engine after the current step.
    ``under_way`` is what a sampler leaves of a sample in which it is interrupted.
    ``began`` is the monotonic time (s) at which the sample under way began,
    ``due`` is the monotonic time (s) at which the current sample should have started, where a schedule says so.
    ``pause(seconds)`` waits; a stop, or the end of the group's time (``deadline``), cuts it short.
    """

    __slots__ = (
        "_random",
        "began",
        "closing",
        "deadline",
        "due",
        "group",
        "iteration",
        "next_action",
        "number",
        "observers",
        "pause",
        "previous",
        "run",
        "sampler_name",
        "state",
        "stopping",
        "thread_name",
        "under_way",
        "variables",
    )

    def __init__(self, run: Run, group: GroupState, number: int, thread_name: str, variables: dict[str, Any]) -> None:
        self.run = run
        self.group = group
        self.number = number
        self.thread_name = thread_name
        self.variables = variables
        self.previous: Sample | None = None
        self.under_way: Sample | None = None
        self.sampler_name = ""
        self.iteration = 0
        self.state: dict[Any, Any] = {}
        self.closing: list[Callable[[], None]] = []
        self.next_action = NextAction.CONTINUE
        self.stopping = False
        self.deadline: float | None = None
        self.pause: Callable[[float], Awaitable[None]]
        self.began = 0.0
        self.due: float | None = None
        self._random: random.Random | None = None

    def branch(self) -> User:
        """The user in one of several things it does at once: variables, state, what to close and the random stream are shared.

        What belongs to the step under way is the branch's own.
        """
        branch = User(self.run, self.group, self.number, self.thread_name, self.variables)
        branch.state, branch.closing, branch._random = self.state, self.closing, self.random
        branch.iteration, branch.deadline = self.iteration, self.deadline
        branch.previous, branch.sampler_name = self.previous, self.sampler_name
        return branch

    @property
    def random(self) -> random.Random:
        """This user's own random stream."""
        if self._random is None:
            self._random = self.run.stream(self.thread_name)
        return self._random
