"""Timers. Delays in ms, as text; throughputs in samples a minute unless a field says otherwise."""

from __future__ import annotations

from silhouette_plan.plan.base import Flag, Text, Timer
from silhouette_plan.plan.records import record


@record(kw_only=True)
class ConstantTimer(Timer):
    """``ConstantTimer``."""

    delay: Text = "300"


@record(kw_only=True)
class UniformRandomTimer(Timer):
    """``offset + U(0, spread)`` (``UniformRandomTimer``, and the older ``RandomTimer``)."""

    offset: Text = "0"
    spread: Text = "100.0"


@record(kw_only=True)
class GaussianRandomTimer(Timer):
    """``|offset + deviation · N(0,1)|``."""

    offset: Text = "300"
    deviation: Text = "100.0"


@record(kw_only=True)
class PoissonRandomTimer(Timer):
    """``offset + Poisson(mean)``."""

    offset: Text = "300"
    mean: Text = "100"


@record(kw_only=True)
class ConstantThroughputTimer(Timer):
    """``throughput`` samples a minute. ``mode``: 0 this user, 1 all users, 2 users of the group, 3 and 4 the same two shared."""

    throughput: Text = "0.0"
    mode: Text = "0"


@record(kw_only=True)
class PreciseThroughputTimer(Timer):
    """``throughput`` samples in ``period`` s over ``duration`` s, as Poisson arrivals."""

    throughput: Text = "100.0"
    period: Text = "3600"
    duration: Text = "3600"
    exact_limit: Text = "10000"
    allowed_surplus: Text = "1.0"
    batch_size: Text = "1"
    batch_delay: Text = "0"
    seed: Text = "0"


@record(kw_only=True)
class SyncTimer(Timer):
    """Synchronizing Timer: waits for ``users`` users (0: the group's size), at most ``timeout`` ms (0: for ever)."""

    users: Text = "0"
    timeout: Text = "0"


@record(kw_only=True)
class ThroughputShapingTimer(Timer):
    """``kg.apc.jmeter.timers.VariableThroughputTimer``: rows of (start rps, end rps, duration s)."""

    rows: tuple[tuple[Text, Text, Text], ...] = ()


@record(kw_only=True)
class ScriptTimer(Timer):
    """A pause computed by a script (``JSR223Timer``; ``BeanShellTimer`` and ``BSFTimer`` where ``legacy`` names them)."""

    language: str = "groovy"
    script: Text = ""
    file: Text = ""
    parameters: Text = ""
    cache_key: Text = "true"
    legacy: str = ""
    reset_interpreter: Flag = False
