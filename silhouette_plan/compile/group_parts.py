"""What groups of all kinds are made of: their main loop, their common fields, their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.tree import TreeCompiler
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.program.controllers import LoopSpec, PassSpec, index_name
from silhouette_plan.program.fields import fixed_integer, integer_of
from silhouette_plan.program.groups import OnError
from silhouette_plan.program.numbers import BadNumber, number, whole
from silhouette_plan.values.template import Template, ValueFault
from silhouette_plan.values.user import User

T = TypeVar("T")


def common(node: Group, trees: TreeCompiler, body: LoopSpec | PassSpec) -> dict[str, Any]:
    """The fields that every group's specification has. ``body`` has just been compiled."""
    on_error = getattr(node, "on_error", "")
    known = {one.value for one in OnError}
    return {
        "node": node,
        "name": body.name,
        "body": body,
        "on_error": OnError(on_error) if on_error in known else OnError.CONTINUE,
        "start": tuple(trees.start),
    }


def looping(node: Group, trees: TreeCompiler, loops: str) -> LoopSpec:
    """A main loop of ``loops`` passes."""
    build = trees.build
    count, fixed = integer_of(build, node, loops), fixed_integer(build, node, loops)
    return LoopSpec(**_body(node, trees), loops=count, fixed=fixed, repeats=False)


def passing(node: Group, trees: TreeCompiler) -> PassSpec:
    """A main loop that the group decides about pass by pass."""
    return PassSpec(**_body(node, trees))


def _body(node: Group, trees: TreeCompiler) -> dict[str, Any]:
    name = trees.build.template(node.name, node)
    children, told = trees.group(node)
    index = "" if name.constant is None else index_name(name.constant)
    return {"node": node, "name": name, "index_name": index, "children": children, "on_iteration": told}


def checked_number(text: str, field: str, node: Element, build: PlanBuild) -> Template:
    """A whole number that the group reads when it starts; one that is known now is checked now."""
    template = build.template(text, node)
    tried(lambda user: whole(template, user, field), text, node, build)
    return template


def whole_of(text: str, field: str, node: Element, build: PlanBuild) -> Callable[[User], int]:
    """The same, as a closure; 0 where it is empty. It raises ``BadNumber``."""
    template = checked_number(text, field, node, build)
    return lambda user: whole(template, user, field)


def number_of(text: str, field: str, node: Element, build: PlanBuild) -> Callable[[User], float]:
    """A number with a fraction, as a closure; 0 where it is empty. It raises ``BadNumber``."""
    template = build.template(text, node)
    return tried(lambda user: number(template, user, field), text, node, build)


def tried(read: Callable[[User], T], text: str, node: Element, build: PlanBuild) -> Callable[[User], T]:
    """``read``, after it was tried where nothing in ``text`` has to wait for the run."""
    if "${__" not in text:
        try:
            read(build.plan_user)
        except (BadNumber, ValueFault) as fault:
            build.report(problem("CP006", f"{described(node)}: {fault}", node))
    return read
