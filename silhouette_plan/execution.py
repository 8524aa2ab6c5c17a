"""A program, run and judged: what ``silplan run`` does, as a function.

It puts together what the rooms offer: the engine runs, observers record and count, signals stop, and at the end the verdict is made.
Nothing is printed here.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import trio

from silhouette_plan.descriptors import shortage
from silhouette_plan.diagnostics import PlanError
from silhouette_plan.engine.control import RunControl
from silhouette_plan.engine.lag import Lag
from silhouette_plan.engine.run import RunOptions, RunOutcome, run
from silhouette_plan.generator import Watch
from silhouette_plan.plan.records import record
from silhouette_plan.program.program import Program
from silhouette_plan.results.jtl.fields import SaveConfig, config_from_properties
from silhouette_plan.results.jtl.opening import Existing, ResultFiles
from silhouette_plan.results.jtl.rowfile import ResultsLost
from silhouette_plan.results.objectives import Tracker
from silhouette_plan.results.objectives.showing import reason_of
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.own_measures import OwnMeasures
from silhouette_plan.results.secrets import masking
from silhouette_plan.results.statistics import Statistics
from silhouette_plan.results.verdict import Outcome, Verdict, judge

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""What stops a run in good order; SIGHUP is how a terminal says that it was closed."""

JUDGING_INTERVAL = 0.5
"""Seconds between two looks at the objectives that may end the run."""

PATIENCE = 1.0
"""Seconds that samples have to end by themselves when an objective ends the run."""

INSISTENCE = 0.1
"""Seconds that a phase of the run still has after the second signal."""


@record
class ExecutionOptions:
    """``jtl`` is the file for every sample, ``existing`` what becomes of result files that are there already.

    ``fail_on_error``: any failed sample fails the run. ``stop_when_lost``: a run whose results cannot be written is stopped.
    ``handle_signals``: SIGINT, SIGTERM and SIGHUP stop the run gracefully, a second one at once. ``secrets`` are texts to mask.
    """

    jtl: Path | None = None
    existing: Existing = Existing.APPEND
    fail_on_error: bool = False
    stop_when_lost: bool = True
    handle_signals: bool = True
    properties: Mapping[str, str] = field(default_factory=dict)
    secrets: Sequence[str] = ()
    seed: int = 0


@record
class Execution:
    """What came of it: figures, what the engine said, what else is known, and the verdict.

    ``own`` are the plan's checks and metrics, None where it has none.
    """

    statistics: Statistics
    run: RunOutcome
    outcome: Outcome
    verdict: Verdict
    rows_lost: int = 0
    own: OwnMeasures | None = None


def execute(
    program: Program,
    options: ExecutionOptions,
    observers: Sequence[Observer] = (),
    beside: Callable[[], AsyncIterator[None]] | None = None,
) -> Execution:
    """Runs ``program`` to its end and judges it.

    ``observers`` are told of all that happens; ``beside`` is an async iterator driven while the run goes on, for a live
    view. Raises ``PlanError`` where the results file cannot be opened, or where file descriptors (CL006) or memory (CL008) are too few; then
    nothing has been sent.
    """
    if problem := shortage(program):
        raise PlanError([problem])
    return trio.run(_execute, program, options, observers, beside)


async def _execute(
    program: Program,
    options: ExecutionOptions,
    observers: Sequence[Observer],
    beside: Callable[[], AsyncIterator[None]] | None,
) -> Execution:
    statistics, control, interruption = Statistics(), RunControl(), _Interruption()
    files = ResultFiles(
        options.existing,
        masking(options.secrets),
        _stopper(control) if options.stop_when_lost else None,
        program.files_read,
    )
    own = OwnMeasures() if program.measures_itself else None
    tracker = Tracker(program.objectives, trio.current_time) if program.objectives else None
    recorders: list[Observer] = [statistics, *(one for one in (own, tracker) if one is not None)]
    if options.jtl is not None:
        recorders.append(files.open(options.jtl, _jtl_config(program, options)))
    lag = Lag()
    watch = Watch(lag, lambda: statistics.count)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(watch.run)
            if options.handle_signals and threading.current_thread() is threading.main_thread():
                await nursery.start(_watch_signals, control, interruption, observers)
            if tracker is not None and tracker.may_abort:
                nursery.start_soon(_judge_meanwhile, tracker, control, observers)
            if beside is not None:
                nursery.start_soon(_drive, beside)
            told = await run(
                program,
                RunOptions(options.seed, options.properties, services={ResultFiles: files}, lag=lag),
                [*recorders, *observers],
                control=control,
            )
            health = watch.health()
            nursery.cancel_scope.cancel()
    finally:
        with trio.CancelScope(shield=True):
            await trio.to_thread.run_sync(files.close)
    outcome = Outcome(
        interrupted=interruption.cause,
        fail_on_error=options.fail_on_error,
        results_lost=tuple(files.lost),
        health=health,
        objectives=tracker.judgements() if tracker is not None else (),
    )
    return Execution(statistics, told, outcome, judge(statistics, outcome), files.rows_lost, own)


def _jtl_config(program: Program, options: ExecutionOptions) -> SaveConfig:
    return config_from_properties({**program.properties, **options.properties})


def _stopper(control: RunControl) -> Callable[[ResultsLost], None]:
    """Stops the run from the thread that could not write."""
    token = trio.lowlevel.current_trio_token()

    def stop(_: ResultsLost) -> None:
        with contextlib.suppress(trio.RunFinishedError):
            token.run_sync_soon(control.stop, False)

    return stop


@dataclass(slots=True)
class _Interruption:
    """The name of the first signal that came; empty while none did."""

    cause: str = ""


async def _watch_signals(
    control: RunControl,
    interruption: _Interruption,
    observers: Sequence[Observer],
    task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
) -> None:
    with trio.open_signal_receiver(*_signals_heeded()) as received:
        task_status.started()
        async for number in received:
            if interruption.cause:
                await _insist(control)
            control.stop(False)
            interruption.cause = signal.Signals(number).name
            for observer in observers:
                observer.on_finding(
                    "RS012", f"{interruption.cause}: users end after their sample; a second signal interrupts it"
                )


def _signals_heeded() -> Iterator[signal.Signals]:
    """Those of ``SIGNALS`` that the system has; a run under ``nohup`` goes on when its terminal is closed."""
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            yield number


async def _insist(control: RunControl) -> None:
    """Interrupts samples again and again until the run is over: those of the tearDown groups that follow, too."""
    while True:
        control.stop(True)
        await trio.sleep(INSISTENCE)


async def _judge_meanwhile(tracker: Tracker, control: RunControl, observers: Sequence[Observer]) -> None:
    """Ends the run's load where an objective says so, and tells it."""
    while True:
        await trio.sleep(JUDGING_INTERVAL)
        breach = tracker.breach()
        if breach is not None and control.end_load(PATIENCE):
            tracker.abort(breach)
            for observer in observers:
                observer.on_finding("RS010", f"the run is stopped by an objective: {reason_of(breach)}")
            return


async def _drive(beside: Callable[[], AsyncIterator[None]]) -> None:
    async for _ in beside():
        pass
