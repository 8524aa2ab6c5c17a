"""Sample Timeout (``org.apache.jmeter.modifiers.SampleTimeout``)."""

from __future__ import annotations

import trio

from silhouette_plan.plan.processors import SampleTimeout
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import integer_of
from silhouette_plan.program.interruption import interrupted_sample
from silhouette_plan.program.steps import Act, Take
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


def sample_timeout(node: SampleTimeout, build: Build) -> Act:
    """Leaves the limit for the next sample under ``user.state[SampleTimeout, user]``, in s; ``limited`` takes it from there.

    A user that does several things at once has a limit for each. Where several are in scope, the shortest
    counts. 0 or less sets none.
    """
    timeout_of = integer_of(build, node, node.timeout)

    def act(user: User) -> None:
        timeout = timeout_of(user)
        if timeout > 0:
            before = user.state.get((SampleTimeout, user))
            limit = timeout / 1000.0
            user.state[SampleTimeout, user] = limit if before is None else min(limit, before)

    return act


def limited(take: Take) -> Take:
    """``take``, interrupted when the limit of its sample is over; the sample then has failed."""

    async def within(user: User) -> Sample | None:
        limit = user.state.pop((SampleTimeout, user), None)
        if limit is None:
            return await take(user)
        with trio.move_on_after(limit):
            return await take(user)
        return interrupted_sample(user)

    return within
