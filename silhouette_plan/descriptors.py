"""What the users of a program surely need of this machine: file descriptors, and memory.

A user of a group that sends over the network holds at least one socket. Groups count whose number of users is known
before the run and whose users are all alive at once; of the others nothing is said, so that no plan is refused that
might have run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psutil

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.samplers import HttpRequest, SqlRequest, TcpRequest
from silhouette_plan.program import groups
from silhouette_plan.program.controllers import ControllerSpec
from silhouette_plan.program.numbers import BadNumber, whole
from silhouette_plan.program.package import Package
from silhouette_plan.program.program import Program
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import GroupState, Run, User

NETWORKED = (HttpRequest, TcpRequest, SqlRequest)
"""Samplers that hold a socket."""

USER_BYTES = 2000
"""Memory that no user does without; most need some times as much."""

MARGIN = 32
"""Descriptors for all else that a run opens: result and data files, the event loop."""


def shortage(program: Program) -> Diagnostic | None:
    """What there is to say where ``program`` needs more memory than there is, or more descriptors than this process can have.

    The limit of descriptors is raised first.
    """
    return _memory_shortage(planned_users(program)) or _descriptor_shortage(planned_sockets(program))


def _memory_shortage(users: int) -> Diagnostic | None:
    needed, there = users * USER_BYTES, psutil.virtual_memory().total
    if needed <= there:
        return None
    return Diagnostic(
        "CL008",
        f"{users} users need more than {_gigabytes(needed)} of memory; this machine has {_gigabytes(there)}",
        hint="run fewer users, or spread them over several machines",
    )


def _gigabytes(size: int) -> str:
    return f"{size / (1 << 30):,.0f} GB"


def _descriptor_shortage(users: int) -> Diagnostic | None:
    if not users:
        return None
    needed = users + open_now() + MARGIN
    limit = _raised_limit(needed)
    if limit is None or needed <= limit:
        return None
    return Diagnostic(
        "CL006",
        f"{users} users that each hold a connection need {needed} file descriptors; this process may have {limit}",
        hint=f"raise the limit with `ulimit -n {needed}` (the system's own setting may have to follow), or run fewer users",
    )


def planned_sockets(program: Program) -> int:
    """Users that surely hold a socket at the same time."""
    return _together(program, _sends)


def planned_users(program: Program) -> int:
    """Users that are surely there at the same time."""
    return _together(program, lambda group: True)


def _together(program: Program, counts: Callable[[groups.GroupSpec], bool]) -> int:
    run = Run(program.properties, program.folder, program.file_name, 0)
    user = User(run, GroupState("", 0, None), 0, "", dict(program.variables))
    join: Callable[[Iterator[int]], int] = (lambda counts: max(counts, default=0)) if program.serialized else sum
    return max(
        join(_users(group, user) for group in program.groups if group.phase is phase and counts(group))
        for phase in groups.Phase
    )


def _sends(group: groups.GroupSpec) -> bool:
    return any(isinstance(package.node, NETWORKED) for package in _packages(group.body))


def _users(group: groups.GroupSpec, user: User) -> int:
    count = _TOGETHER.get(type(group))
    if count is None:
        return 0
    try:
        return max(count(group, user), 0)
    except (BadNumber, ValueFault):
        return 0


def _packages(spec: Any) -> Iterator[Package]:
    stack = [spec]
    while stack:
        found = stack.pop()
        if isinstance(found, Package):
            yield found
        elif isinstance(found, ControllerSpec):
            stack += found.children


def _thread_group(group: groups.ThreadGroupSpec, user: User) -> int:
    """All users, unless the first may have ended before the last begins."""
    endless = getattr(group.body, "loops", None)
    stays = endless is not None and endless(user) < 0
    return whole(group.users, user, "users") if stays or not whole(group.ramp_up, user, "ramp-up") else 0


def _planned_group(group: groups.PlannedGroupSpec, user: User) -> int:
    changes = sorted((moment, step) for stay in group.stays(user) for moment, step in ((stay.start, 1), (stay.end, -1)))
    alive = most = 0
    for _, step in changes:
        alive += step
        most = max(most, alive)
    return most


def _concurrency_group(group: groups.ConcurrencyGroupSpec, user: User) -> int:
    return group.climb(user).target


_TOGETHER: Mapping[type[groups.GroupSpec], Callable[[Any, User], int]] = {
    groups.ThreadGroupSpec: _thread_group,
    groups.PlannedGroupSpec: _planned_group,
    groups.ConcurrencyGroupSpec: _concurrency_group,
    groups.SharedIterationsSpec: lambda group, user: whole(group.users, user, "users"),
}
"""Users of a group that are alive at the same time, by its kind."""


def open_now() -> int:
    """Descriptors that this process has open (handles, on Windows); 0 where the system does not tell.

    Linux 6.2 and later tell the number as the size of a folder; to list that takes 10 ms for 10,000 sockets, in which nobody is
    served.
    """
    try:
        if count := os.stat("/proc/self/fd").st_size:
            return count
    except OSError:
        pass
    process = psutil.Process()
    try:
        return int(process.num_handles() if hasattr(process, "num_handles") else process.num_fds())
    except psutil.Error:
        return 0


def _raised_limit(needed: int) -> int | None:
    """The limit, raised towards ``needed`` as far as it may be; None where the system has none."""
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    if soft < needed:
        wanted = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, soft), hard))
        except (OSError, ValueError):
            return soft
        return max(wanted, soft)
    return soft
