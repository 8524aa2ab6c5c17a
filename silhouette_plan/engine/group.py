"""A group while it runs: its state, its nursery, and how its users are made."""

from __future__ import annotations

from collections.abc import Mapping

import trio

from silhouette_plan.engine.life import Life
from silhouette_plan.engine.session import Session
from silhouette_plan.engine.sleeper import Pause
from silhouette_plan.program.groups import GroupSpec
from silhouette_plan.values.user import GroupState, Run, User


class GroupRun:
    """One group of a session. ``start`` is the moment it started, in s of the run's clock."""

    def __init__(
        self, session: Session, spec: GroupSpec, number: int, variables: Mapping[str, object], nursery: trio.Nursery
    ) -> None:
        self.session = session
        self.spec = spec
        self.variables = variables
        self.nursery = nursery
        self.engine_user = engine_user(session.run, variables)
        self.state = GroupState(spec.name.evaluate(self.engine_user), number, None)
        self.start = session.run.clock.now()
        self.stopped = False
        self.waiting: Pause | None = None

    def start_user(self, number: int, deadline: float | None = None, name: str | None = None) -> Life:
        """User ``number`` (from 0) starts its life; its group's time is over at ``deadline``."""
        thread_name = name or f"{self.state.name} {self.state.number}-{number + 1}"
        user = User(self.session.run, self.state, number, thread_name, dict(self.variables))
        life = Life(self.session, self.spec, user, deadline)
        self.session.alive.add(life)
        self.nursery.start_soon(life.live)
        return life

    def stop(self) -> None:
        """No more users are started."""
        self.stopped = True
        if self.waiting is not None:
            self.waiting.cancel()

    async def sleep_until(self, moment: float) -> bool:
        """Waits until ``moment`` on the run's clock; False where the group was stopped."""
        if not self.stopped and moment > self.session.run.clock.now():
            self.waiting = self.session.sleeper.until(moment)
            await self.waiting.over()
            self.waiting = None
        return not self.stopped


def engine_user(run: Run, variables: Mapping[str, object]) -> User:
    """The user that stands for JMeter's engine thread: it sees the plan's variables and nothing else."""
    return User(run, GroupState("", 0, None), 0, "", dict(variables))
