"""Groups by a load profile: Open Model, the casutg plugins', and the language's own.

Their fields are read when the group starts; what is known before that is read once now, to find mistakes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.group_parts import checked_number, common, looping, number_of, passing, tried, whole_of
from silhouette_plan.compile.tree import TreeCompiler
from silhouette_plan.plan import groups as plan
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.plan.units import UnitError, milliseconds, per_second
from silhouette_plan.program import groups as specs
from silhouette_plan.program import profiles
from silhouette_plan.program.numbers import BadNumber
from silhouette_plan.program.schedule import MOST, Arrivals, Rate, Schedule, ScheduleFault, count_of, parse_schedule
from silhouette_plan.program.spawning import PROPERTY, spawned_rows
from silhouette_plan.values.java.random import JavaRandom
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

T = TypeVar("T")
Read = Callable[[User], T]


def open_model_group(node: plan.OpenModelGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Open Model Thread Group."""
    build = trees.build
    text = build.template(node.schedule, node)

    def schedule(user: User) -> Schedule:
        written = text.evaluate(user)
        try:
            return parse_schedule(written)
        except ScheduleFault as fault:
            raise BadNumber(f"the schedule cannot be read: {fault}") from None

    return _open_group(node, trees, schedule, node.schedule)


def arrival_stages(node: plan.ArrivalStages, trees: TreeCompiler) -> specs.GroupSpec:
    """``arrivals``: as an Open Model schedule whose rate goes in a line through each stage."""
    build = trees.build
    even = node.spread == "even"
    rows = [
        (
            _measured(stage.start or stage.end, per_second, node, build),
            _measured(stage.end, per_second, node, build),
            _measured(stage.duration, milliseconds, node, build),
        )
        for stage in node.stages
    ]

    def schedule(user: User) -> Schedule:
        steps: list[Rate | Arrivals] = []
        for start, end, duration in rows:
            steps += [Rate(start(user)), Arrivals(even, duration(user) / 1000), Rate(end(user))]
        return tuple(steps)

    texts = (text for stage in node.stages for text in (stage.start, stage.end, stage.duration))
    return _open_group(node, trees, schedule, *texts)


def _open_group(
    node: plan.OpenModelGroup | plan.ArrivalStages, trees: TreeCompiler, schedule: Read[Schedule], *texts: str
) -> specs.GroupSpec:
    """``texts`` are those that ``schedule`` reads."""
    seed_of = whole_of(node.seed, "seed", node, trees.build)

    def drawn(user: User) -> tuple[Schedule, Callable[[], float]]:
        seed, written = seed_of(user), schedule(user)
        count = count_of(written)
        if count > MOST:
            raise BadNumber(f"the schedule has {count} arrivals, more than {MOST} cannot be held")
        draw = JavaRandom(seed).next_double if seed else user.run.stream(f"arrivals of {node.name}").random
        return written, draw

    schedule_of = tried(drawn, " ".join((*texts, node.seed)), node, trees.build)
    return specs.OpenGroupSpec(**common(node, trees, passing(node, trees)), schedule=schedule_of)


def concurrency_group(node: plan.ConcurrencyGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Concurrency Thread Group."""
    build = trees.build
    fields, target = _Level(node, build), whole_of(node.target, "target", node, build)

    def climb(user: User) -> profiles.Climb:
        return profiles.Climb(target(user), fields.ramp_up(user), fields.hold(user), fields.steps(user))

    return specs.ConcurrencyGroupSpec(
        **common(node, trees, passing(node, trees)),
        climb=climb,
        iterations=checked_number(node.iterations, "iterations", node, build),
    )


def arrivals_group(node: plan.ArrivalsGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Arrivals Thread Group."""
    build, unit = trees.build, _unit(node.unit)
    fields, target = _Level(node, build), whole_of(node.target, "target", node, build)

    def arrivals(user: User) -> Iterator[float]:
        rate = target(user) / unit
        level = profiles.arrivals_level(rate, fields.ramp_up(user), fields.hold(user), fields.steps(user))
        return profiles.arrivals(level)

    return _arrivals_spec(node, trees, arrivals)


def free_form_group(node: plan.FreeFormArrivalsGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Free-Form Arrivals Thread Group."""
    build, unit = trees.build, _unit(node.unit)
    rows = [[number_of(text, "a row", node, build) for text in (row.start, row.end, row.duration)] for row in node.rows]

    def arrivals(user: User) -> Iterator[float]:
        read = [(start(user) / unit, end(user) / unit, duration(user) * unit) for start, end, duration in rows]
        return profiles.arrivals(profiles.free_form_level(read))

    return _arrivals_spec(node, trees, arrivals)


def _arrivals_spec(
    node: plan.ArrivalsGroup | plan.FreeFormArrivalsGroup, trees: TreeCompiler, arrivals: Read[Iterator[float]]
) -> specs.GroupSpec:
    return specs.ArrivalsGroupSpec(
        **common(node, trees, passing(node, trees)),
        arrivals=arrivals,
        iterations=checked_number(node.iterations, "iterations", node, trees.build),
        limit=checked_number(node.concurrency_limit, "concurrency limit", node, trees.build),
    )


def ultimate_group(node: plan.UltimateGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Ultimate Thread Group; a property may take the place of its rows."""
    build = trees.build
    rows = [
        [whole_of(text, "a row", node, build) for text in (row.users, row.delay, row.ramp_up, row.hold, row.ramp_down)]
        for row in node.rows
    ]

    def stays(user: User) -> Sequence[profiles.Stay]:
        spawned = str(user.run.properties.get(PROPERTY, ""))
        if spawned:
            return profiles.ultimate(spawned_rows(spawned))
        read = [_above_zero([field(user) for field in row]) for row in rows]
        return profiles.ultimate([(row[0], row[1], row[2], row[3], row[4]) for row in read])

    texts = (text for row in node.rows for text in (row.users, row.delay, row.ramp_up, row.hold, row.ramp_down))
    return _planned(node, trees, node.loops, stays, texts)


def stepping_group(node: plan.SteppingGroup, trees: TreeCompiler) -> specs.GroupSpec:
    """Stepping Thread Group."""
    texts = (
        node.users,
        node.initial_delay,
        node.burst,
        node.step_users,
        node.step_interval,
        node.step_ramp_up,
        node.hold,
        node.stop_users,
        node.stop_interval,
    )
    fields = [whole_of(text, "a field", node, trees.build) for text in texts]

    def stays(user: User) -> Sequence[profiles.Stay]:
        return profiles.stepping(profiles.Steps(*_above_zero([field(user) for field in fields])))

    return _planned(node, trees, node.loops, stays, texts)


def user_stages(node: plan.UserStages, trees: TreeCompiler) -> specs.GroupSpec:
    """``stages``."""
    build = trees.build
    rows = [
        (
            whole_of(stage.start or stage.end, "users", node, build),
            whole_of(stage.end, "users", node, build),
            _measured(stage.duration, milliseconds, node, build),
        )
        for stage in node.stages
    ]

    def stays(user: User) -> Sequence[profiles.Stay]:
        return profiles.stages([(start(user), end(user), duration(user) / 1000) for start, end, duration in rows])

    texts = (text for stage in node.stages for text in (stage.start, stage.end, stage.duration))
    return _planned(node, trees, "-1", stays, texts)


def _planned(
    node: Group, trees: TreeCompiler, loops: str, stays: Read[Sequence[profiles.Stay]], texts: Iterable[str]
) -> specs.GroupSpec:
    """``texts`` are those that ``stays`` reads."""
    stays_of = tried(stays, " ".join(texts), node, trees.build)
    return specs.PlannedGroupSpec(**common(node, trees, looping(node, trees, loops)), stays=stays_of)


def _above_zero(numbers: Sequence[int]) -> Sequence[int]:
    """``numbers``, where none is negative."""
    for number in numbers:
        if number < 0:
            raise BadNumber(f"`{number}` is below 0")
    return numbers


def shared_iterations(node: plan.SharedIterations, trees: TreeCompiler) -> specs.GroupSpec:
    """``iterations``."""
    return specs.SharedIterationsSpec(
        **common(node, trees, passing(node, trees)),
        iterations=checked_number(node.iterations, "iterations", node, trees.build),
        users=checked_number(node.users, "users", node, trees.build),
    )


class _Level:
    """The fields that Concurrency and Arrivals Thread Groups share; times in whole seconds, rounded as the plugins do."""

    def __init__(self, node: plan.ConcurrencyGroup | plan.ArrivalsGroup, build: PlanBuild) -> None:
        unit = _unit(node.unit)
        ramp_up, hold = number_of(node.ramp_up, "ramp-up", node, build), number_of(node.hold, "hold", node, build)
        self.steps = whole_of(node.steps, "steps", node, build)
        self.ramp_up: Read[int] = lambda user: math.floor(ramp_up(user) * unit + 0.5)
        self.hold: Read[int] = lambda user: math.floor(hold(user) * unit + 0.5)


def _unit(unit: str) -> float:
    return 60.0 if unit == "M" else 1.0


def _measured(text: str, read: Callable[[str], float], node: Element, build: PlanBuild) -> Read[float]:
    """A quantity of the language; text with a hole must turn out as one."""
    template: Template = build.template(text, node)

    def measure(user: User) -> float:
        written = template.evaluate(user)
        try:
            return read(written)
        except UnitError as fault:
            raise BadNumber(str(fault)) from None

    return tried(measure, text, node, build)
