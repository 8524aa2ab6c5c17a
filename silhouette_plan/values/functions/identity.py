"""Functions that say who and where: thread, group, sampler, plan, machine."""

from __future__ import annotations

import functools
import socket

from silhouette_plan.values.context import Evaluate, Function, Make
from silhouette_plan.values.user import User


def _constantly(evaluate: Evaluate) -> Make:
    return lambda occurrence: evaluate


def _thread_number(user: User) -> str:
    return user.thread_name.rpartition("-")[2]


@functools.cache
def machine_name() -> str:
    """The name of this host."""
    return socket.gethostname()


@functools.cache
def machine_address() -> str:
    """The address that this host's name resolves to."""
    try:
        return socket.gethostbyname(machine_name())
    except OSError:
        return "127.0.0.1"


TABLE = {
    "__threadNum": Function(0, 0, _constantly(_thread_number)),
    "__threadGroupName": Function(0, 0, _constantly(lambda user: user.group.name)),
    "__samplerName": Function(0, 1, _constantly(lambda user: user.sampler_name), store=0),
    "__TestPlanName": Function(0, 0, _constantly(lambda user: user.run.plan_name)),
    "__machineName": Function(0, 1, _constantly(lambda user: machine_name()), store=0),
    "__machineIP": Function(0, 1, _constantly(lambda user: machine_address()), store=0),
}
