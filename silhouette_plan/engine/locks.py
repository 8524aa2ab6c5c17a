"""The locks of Critical Sections: one a name and run, held by a user, counted (Java's ``ReentrantLock``)."""

from __future__ import annotations

import trio

from silhouette_plan.values.user import User


class Lock:
    """Held by one user at a time, as often as it likes."""

    __slots__ = ("_depth", "_owner", "_waiting")

    def __init__(self) -> None:
        self._owner: User | None = None
        self._depth = 0
        self._waiting = trio.lowlevel.ParkingLot()

    def try_acquire(self, user: User) -> bool:
        """Takes the lock where it is free or ``user``'s already."""
        if self._owner is not None and self._owner is not user:
            return False
        self._owner = user
        self._depth += 1
        return True

    def release(self) -> None:
        """Gives back one hold; after the last, whoever has waited longest may try."""
        self._depth -= 1
        if self._depth == 0:
            self._owner = None
            self._waiting.unpark()

    async def released(self) -> None:
        """Waits until the lock may be free."""
        await self._waiting.park()


def lock_named(user: User, name: str) -> Lock:
    """The run's lock called ``name``."""
    locks: dict[str, Lock] = user.run.service(Lock, dict)
    return locks.setdefault(name, Lock())
