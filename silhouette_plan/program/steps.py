"""The shapes of compiled steps.

Factories in ``elements`` and ``protocols`` turn a plan node into one of these; the engine calls them and knows nothing
else of the element. All but samplers and waits are plain functions: nothing between two samples awaits but a timer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from silhouette_plan.plan.records import record
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.user import User

Act = Callable[[User], None]
"""A pre-processor, or what a data element does when an iteration starts."""

ActAsync = Callable[[User], Awaitable[None]]
"""A pre-processor that sends (SQL)."""

After = Callable[[User, Sample], None]
"""A post-processor, or a listener in the plan."""

AfterAsync = Callable[[User, Sample], Awaitable[None]]
"""A post-processor that sends (SQL)."""

Judge = Callable[[User, Sample], AssertionResult | None]
"""An assertion; None where it holds. It may set ``sample.success`` itself (*assume success*)."""

Take = Callable[[User], Awaitable[Sample | None]]
"""A sampler: takes one sample, with label, times, code, message, sizes and body filled in; None makes none."""

Delay = Callable[[User], float]
"""A timer's pause in ms."""

Wait = Callable[[User], Awaitable[None]]
"""A timer that waits by itself (Synchronizing Timer)."""


@record
class TimerStep:
    """A timer in scope: ``delay`` or ``wait``; ``advance`` at each iteration of its controller, where something is read then.

    ``scaled``: ``timer.factor`` applies.
    """

    delay: Delay | None = None
    wait: Wait | None = None
    scaled: bool = False
    advance: Act | None = None


@record
class DataStep:
    """A data element: ``advance`` at each iteration of its controller, ``start`` once when a user begins."""

    advance: Act | None = None
    start: Act | None = None
