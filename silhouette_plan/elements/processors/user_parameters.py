"""User Parameters (``org.apache.jmeter.modifiers.UserParameters``)."""

from __future__ import annotations

from silhouette_plan.plan.configs import UserParameters
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import fixed_flag, text_of
from silhouette_plan.program.steps import Act, DataStep
from silhouette_plan.values.user import User


def each_sample(node: UserParameters, build: Build) -> Act:
    """Sets the variables before each sample, unless they are set each iteration."""
    return _do_nothing if fixed_flag(build, node, node.per_iteration) else _set_row(node, build)


def each_iteration(node: UserParameters, build: Build) -> DataStep:
    """Sets the variables at each iteration, where that is asked for."""
    return DataStep(advance=_set_row(node, build)) if fixed_flag(build, node, node.per_iteration) else DataStep()


def _set_row(node: UserParameters, build: Build) -> Act:
    """User n takes row n mod rows. A value may use names set before it."""
    names = [text_of(build, node, name) for name in node.names]
    rows = [[text_of(build, node, value) for value in row] for row in node.values]

    def act(user: User) -> None:
        if rows:
            variables = user.variables
            for name_of, value_of in zip(names, rows[user.number % len(rows)], strict=False):
                variables[name_of(user)] = value_of(user)

    return act


def _do_nothing(user: User) -> None:
    """Before a sample, where the iteration has set the variables already."""
