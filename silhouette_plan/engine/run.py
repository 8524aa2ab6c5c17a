"""A run of a program, from the first setUp group to the last tearDown group (``StandardJMeterEngine``)."""

from __future__ import annotations

import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

import trio

from silhouette_plan.engine.control import RunControl
from silhouette_plan.engine.garbage import quiet_collector
from silhouette_plan.engine.group import GroupRun
from silhouette_plan.engine.groups import DRIVERS
from silhouette_plan.engine.lag import Lag
from silhouette_plan.engine.session import Session
from silhouette_plan.engine.turns import calling_at_turn_ends
from silhouette_plan.plan.records import record
from silhouette_plan.program.groups import GroupSpec, Phase
from silhouette_plan.program.numbers import BadNumber
from silhouette_plan.program.program import Program
from silhouette_plan.results.clock import Clock
from silhouette_plan.results.observer import Observer
from silhouette_plan.values.user import Run


@record
class RunOptions:
    """What a run may be told. ``properties`` come on top of the program's; ``clock`` is by default Trio's own time.
    ``services`` are in ``Run.services`` from the start; whoever gives them closes them. ``lag`` takes in how late pauses end.
    """

    seed: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    clock: Clock | None = None
    services: Mapping[Any, Any] = field(default_factory=dict)
    lag: Lag = field(default_factory=Lag)


@record
class RunOutcome:
    """What became of a run. ``start`` and ``end`` in ms since 1970; ``stopped`` says that something ended it early."""

    start: int
    end: int
    stopped: bool
    users: int


async def run(
    program: Program, options: RunOptions, observers: Sequence[Observer] = (), *, control: RunControl | None = None
) -> RunOutcome:
    """Runs ``program``; ``observers`` are told of all that happens. Returns when all is over.

    ``control`` stops it from outside. When it is cancelled, users are interrupted in their samples and what is finished
    has been reported. An exception of an observer ends the run and is raised then.
    """
    clock = options.clock or _clock()
    properties = {**program.properties, **options.properties}
    context = Run(properties, program.folder, program.file_name, options.seed, clock)
    context.services.update(options.services)
    start = clock.stamp(clock.now())
    session = Session(context, observers, options.lag)
    for observer in observers:
        observer.on_run_started(start)
    interrupted = "cancelled"
    try:
        with quiet_collector(), calling_at_turn_ends(context.turn_ends):
            stopped = await _run(program, session, {**program.variables, **_stamp(context, start)}, control)
        interrupted = "stop" if stopped else ""
    finally:
        for close in reversed(context.closing):
            close()
        session.pass_on()
        end = clock.stamp(clock.now())
        for observer in observers:
            observer.on_run_ended(end, interrupted)
    if session.fault is not None:
        raise session.fault
    return RunOutcome(start, end, stopped, context.finished_users)


async def _run(program: Program, session: Session, variables: Mapping[str, object], control: RunControl | None) -> bool:
    """All phases, with what serves them in the background; True where the run was stopped early."""
    context = session.run
    async with trio.open_nursery() as background:
        context.spawn = _spawner(background)
        background.start_soon(session.beat)
        background.start_soon(session.sleeper.run)
        if control is not None:
            control.bind(session.stop, session.end_load)
        for open_file in program.opening:
            open_file(context)
        stopped = await _phases(program, session, variables)
        background.cancel_scope.cancel()
    return stopped


async def _phases(program: Program, session: Session, variables: Mapping[str, object]) -> bool:
    """setUp, main, tearDown; True where the run was stopped early."""
    groups = {phase: [group for group in program.groups if group.phase is phase] for phase in Phase}
    await _phase(groups[Phase.SETUP], session, program, variables)
    if session.stopping:
        return True
    await _phase(groups[Phase.MAIN], session, program, variables)
    stopped = session.stopping
    if groups[Phase.TEARDOWN] and (not stopped or program.teardown_on_shutdown):
        session.resume()
        await _phase(groups[Phase.TEARDOWN], session, program, variables)
    return stopped or session.stopping


async def _phase(
    groups: Sequence[GroupSpec], session: Session, program: Program, variables: Mapping[str, object]
) -> None:
    with trio.CancelScope() as session.scope:
        async with trio.open_nursery() as nursery:
            for number, spec in enumerate(groups, start=1):
                if session.stopping:
                    break
                if program.serialized:
                    await _group(session, spec, number, variables)
                else:
                    nursery.start_soon(_group, session, spec, number, variables)


async def _group(session: Session, spec: GroupSpec, number: int, variables: Mapping[str, object]) -> None:
    """One group, until its last user ended."""
    async with trio.open_nursery() as nursery:
        group = GroupRun(session, spec, number, variables, nursery)
        session.alive.add(group)
        if session.stopping:
            group.stop()
        try:
            await DRIVERS[type(spec)](group, spec)
        except BadNumber as problem:
            session.run.finding("RN004", f"{group.state.name}: {problem}")
        finally:
            session.alive.discard(group)
    session.group_ended(group.state.name)


def _spawner(nursery: trio.Nursery) -> Callable[[Callable[[], Awaitable[None]]], None]:
    return lambda task: nursery.start_soon(task)


def _clock() -> Clock:
    """Trio's time: its monotonic clock itself, or a mock clock under test."""
    testing = sys.modules.get("trio.testing")
    if testing is not None and isinstance(trio.lowlevel.current_clock(), testing.MockClock):
        return Clock(trio.current_time, time.time)
    return Clock()


def _stamp(context: Run, now: int) -> dict[str, object]:
    """The variables and properties that tell when the run started."""
    stamps = {
        "START.MS": str(now),
        "START.YMD": time.strftime("%Y%m%d", time.localtime(now / 1000)),
        "START.HMS": time.strftime("%H%M%S", time.localtime(now / 1000)),
        "TESTSTART.MS": str(now),
    }
    context.properties.update(stamps)
    return dict(stamps)
