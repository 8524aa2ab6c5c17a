"""Counter (``org.apache.jmeter.modifiers.CounterConfig``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from silhouette_plan.elements.data.numbers import number_writer
from silhouette_plan.plan.configs import Counter
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import DataStep
from silhouette_plan.values.java.numbers import wrap_long
from silhouette_plan.values.user import User

_NO_END = (1 << 63) - 1
_UNSET = -(1 << 63)


@dataclass(slots=True)
class _Count:
    """Where a counter stands: its next value, and the group's iteration in which it gave the last one."""

    value: int
    iteration: int = 1


def counter(node: Counter, build: Build) -> DataStep:
    """``CounterConfig``. A shared count starts again when its value has passed the end; a user's own one before it would."""
    key = object()
    name_of = text_of(build, node, node.variable)
    start_of = integer_of(build, node, node.start)
    end_of = _end_of(node, build)
    step_of = integer_of(build, node, node.step)
    write = number_writer(build, node, node.format)
    resets_of = flag_of(build, node, node.reset_each_iteration)

    def advance_shared(user: User) -> None:
        count: _Count = user.run.service(key, lambda: _Count(_UNSET))
        if count.value == _UNSET or count.value > end_of(user):
            count.value = start_of(user)
        user.variables[name_of(user)] = write(user, count.value)
        count.value = wrap_long(count.value + step_of(user))

    def advance_own(user: User) -> None:
        count = user.state.get(key)
        if count is None:
            count = user.state[key] = _Count(start_of(user))
        if resets_of(user):
            if user.iteration != count.iteration:
                count.value = start_of(user)
            count.iteration = user.iteration
        user.variables[name_of(user)] = write(user, count.value)
        count.value = wrap_long(count.value + step_of(user))
        if count.value > end_of(user):
            count.value = start_of(user)

    own = flag_of(build, node, node.per_user)
    if isinstance(node.per_user, bool):
        return DataStep(advance=advance_own if node.per_user else advance_shared)
    return DataStep(advance=lambda user: (advance_own if own(user) else advance_shared)(user))


def _end_of(node: Counter, build: Build) -> Callable[[User], int]:
    """The last value; empty text means no end."""
    text = text_of(build, node, node.end)
    number = integer_of(build, node, node.end)
    return lambda user: number(user) if text(user) else _NO_END
