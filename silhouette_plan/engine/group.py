"""A group while it runs: its state, its nursery, and how its users are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import trio

from silhouette_plan.engine.life import Again, Life
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
        self.start = session.run.clock.now()
        self.state = GroupState(spec.name.evaluate(self.engine_user), number, None, self.start)
        self.stopped = False
        self.lives: set[Life] = set()
        self.waiting: Pause | None = None

    def announce(self, users: int | None) -> None:
        """Tells observers that the group starts; ``users`` None where arrivals decide."""
        self.state.planned_users = users
        self.session.group_started(self.state.name, users)

    def start_user(
        self,
        number: int,
        deadline: float | None = None,
        name: str | None = None,
        *,
        again: Again | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Life:
        """User ``number`` (from 0) starts its life, which is over at ``deadline``.

        ``again`` is asked after each pass whether there is another; ``ended`` is called when the user ended.
        """
        thread_name = name or f"{self.state.name} {self.state.number}-{number + 1}"
        user = User(self.session.run, self.state, number, thread_name, dict(self.variables))
        life = Life(self.session, self.spec, user, deadline, again)
        self.session.alive.add(life)
        self.lives.add(life)
        self.nursery.start_soon(self._live, life, ended)
        return life

    def starter_name(self, number: int) -> str:
        """The thread name of user ``number`` in the groups that name users after the thread that starts them."""
        return f"{self.state.name}-ThreadStarter {self.state.number}-{number + 1}"

    async def _live(self, life: Life, ended: Callable[[], None] | None) -> None:
        try:
            await life.live()
        finally:
            self.lives.discard(life)
        if ended is not None:
            ended()

    def end_users(self) -> None:
        """The sample that a user takes, or its next, is its last; pauses go on."""
        for life in self.lives:
            life.ending = True

    def look(self) -> None:
        """Whoever waits for a moment goes on at once."""
        if self.waiting is not None:
            self.waiting.cancel()

    def stop(self) -> None:
        """No more users are started."""
        self.stopped = True
        self.look()

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
