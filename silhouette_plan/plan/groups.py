"""Groups of users. Times are in seconds, as text, unless a field says otherwise.

``on_error`` is ``continue``, ``startnextloop``, ``stopthread``, ``stoptest`` or ``stoptestnow``, as JMeter's
``ThreadGroup.on_sample_error`` spells it.
"""

from __future__ import annotations

from silhouette_plan.plan.base import Flag, Group, Text
from silhouette_plan.plan.records import record


@record(kw_only=True)
class ThreadGroup(Group):
    """``users`` users, started over ``ramp_up`` s, each running its steps ``loops`` times (−1: for ever).

    ``scheduler`` switches ``duration`` and ``delay`` on. ``delayed_start`` makes each user only when it is due.
    ``same_user`` keeps cookies, cache and connections from one iteration to the next.
    ``continue_forever`` is the main loop controller's own flag, kept for the way back.
    """

    users: Text = "1"
    ramp_up: Text = "1"
    loops: Text = "1"
    continue_forever: Flag = False
    scheduler: Flag = False
    duration: Text = ""
    delay: Text = ""
    on_error: str = "continue"
    delayed_start: Flag = False
    same_user: Flag = True
    loop_name: str = "Loop Controller"


@record(kw_only=True)
class SetupGroup(ThreadGroup):
    """setUp Thread Group (``SetupThreadGroup``): runs to its end before any other group."""


@record(kw_only=True)
class TeardownGroup(ThreadGroup):
    """tearDown Thread Group (``PostThreadGroup``): runs after all other groups."""


@record(kw_only=True)
class OpenModelGroup(Group):
    """Open Model Thread Group: arrivals by a schedule (``rate(10/min) random_arrivals(1 min) …``), one user an arrival."""

    schedule: Text = ""
    seed: Text = ""


@record(kw_only=True)
class ConcurrencyGroup(Group):
    """``com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup``: keeps a number of users alive.

    ``unit`` is ``S`` or ``M`` (seconds or minutes) for ``ramp_up`` and ``hold``.
    """

    target: Text = ""
    ramp_up: Text = ""
    steps: Text = ""
    hold: Text = ""
    unit: str = "M"
    iterations: Text = ""
    log_file: str = ""
    on_error: str = "continue"


@record(kw_only=True)
class ArrivalsGroup(Group):
    """``com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroup``: starts ``target`` iterations a ``unit`` (``S``/``M``)."""

    target: Text = ""
    ramp_up: Text = ""
    steps: Text = ""
    hold: Text = ""
    unit: str = "M"
    iterations: Text = ""
    concurrency_limit: Text = ""
    log_file: str = ""
    on_error: str = "continue"


@record
class FreeFormArrivalsRow:
    """From ``start`` to ``end`` arrivals a unit, over ``duration`` units."""

    start: Text
    end: Text
    duration: Text


@record(kw_only=True)
class FreeFormArrivalsGroup(Group):
    """``com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroup``."""

    rows: tuple[FreeFormArrivalsRow, ...] = ()
    unit: str = "M"
    iterations: Text = ""
    concurrency_limit: Text = ""
    log_file: str = ""
    on_error: str = "continue"


@record
class UltimateRow:
    """``users`` users after ``delay`` s, started over ``ramp_up`` s, held ``hold`` s, ended over ``ramp_down`` s."""

    users: Text
    delay: Text
    ramp_up: Text
    hold: Text
    ramp_down: Text


@record(kw_only=True)
class UltimateGroup(Group):
    """``kg.apc.jmeter.threads.UltimateThreadGroup``: rows of users that come and go."""

    rows: tuple[UltimateRow, ...] = ()
    on_error: str = "continue"
    loops: Text = "-1"


@record(kw_only=True)
class SteppingGroup(Group):
    """``kg.apc.jmeter.threads.SteppingThreadGroup``: users started and stopped in equal steps."""

    users: Text = "100"
    initial_delay: Text = "0"
    burst: Text = "0"
    step_users: Text = "10"
    step_interval: Text = "30"
    step_ramp_up: Text = "5"
    hold: Text = "60"
    stop_users: Text = "5"
    stop_interval: Text = "1"
    on_error: str = "continue"
    loops: Text = "-1"


@record
class Stage:
    """A line of a load shape: from ``start`` to ``end`` (users, or arrivals a second) over ``duration``.

    All three are text in the language's own units (``100/s``, ``2m``); ``start`` is empty where it equals ``end``.
    """

    start: Text
    end: Text
    duration: Text


@record(kw_only=True)
class ArrivalStages(Group):
    """``arrivals``: the language's open group, exported as an Open Model Thread Group. ``spread`` is ``even`` or ``poisson``."""

    stages: tuple[Stage, ...] = ()
    spread: str = "poisson"
    seed: Text = ""


@record(kw_only=True)
class UserStages(Group):
    """``stages``: users follow a line of stages, exported as an Ultimate Thread Group."""

    stages: tuple[Stage, ...] = ()
    on_error: str = "continue"


@record(kw_only=True)
class SharedIterations(Group):
    """``iterations``: ``iterations`` passes shared by ``users`` users (k6's shared-iterations)."""

    iterations: Text = "1"
    users: Text = "1"
    on_error: str = "continue"
