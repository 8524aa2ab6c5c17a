"""Elements that stand where they do nothing (AN201 to AN204)."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.scopes import is_after, makes_sample
from silhouette_plan.analysis.tree import Node, is_step
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan import configs, listeners
from silhouette_plan.plan.base import Element, Group, Sampler, Scoped
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Foreign, Parameter, TestPlan, UserVariables

_EVERYWHERE = (
    UserVariables,
    Parameter,
    configs.Database,
    configs.KeystoreConfig,
    configs.DnsCacheManager,
    listeners.SummaryLine,
    listeners.Report,
    listeners.Export,
)
"""Kinds that act on the whole plan, wherever they stand."""

_FOR_HTTP = (
    configs.HttpDefaults,
    configs.HeaderManager,
    configs.CookieManager,
    configs.CacheManager,
    configs.AuthManager,
)


class _Holds(enum.Flag):
    NOTHING = 0
    STEP = enum.auto()
    SAMPLE = enum.auto()
    HTTP = enum.auto()


_EVERYTHING = _Holds.STEP | _Holds.SAMPLE | _Holds.HTTP


def placement(view: PlanView) -> Iterator[Diagnostic]:
    """Every scoped element whose scope does not hold what it acts on."""
    holds = scope_contents(view)
    for node in view.active:
        parent = node.parent
        if parent is None or isinstance(node.element, _EVERYWHERE):
            continue
        if isinstance(parent.element, Scoped):
            yield _below_scoped(node, parent)
        elif isinstance(node.element, Scoped):
            yield from _judge(node, parent, holds.get(parent, _Holds.NOTHING))


def scope_contents(view: PlanView) -> dict[Node, _Holds]:
    """What each element that has a scope holds in it."""
    holds: dict[Node, _Holds] = {}
    for node in reversed(view.active):
        own = _own(node.element) | holds.get(node, _Holds.NOTHING)
        holds[node] = own
        if node.parent and not isinstance(node.parent.element, Scoped):
            holds[node.parent] = holds.get(node.parent, _Holds.NOTHING) | own
    return holds


def _own(element: Element) -> _Holds:
    if isinstance(element, (Foreign, ModuleController, IncludeController)):
        return _EVERYTHING
    if isinstance(element, HttpRequest):
        return _EVERYTHING
    if isinstance(element, Sampler):
        return _Holds.STEP | (_Holds.SAMPLE if makes_sample(element) else _Holds.NOTHING)
    return _Holds.NOTHING


def _below_scoped(node: Node, parent: Node) -> Diagnostic:
    return found(
        "AN204",
        node,
        f"`{node.name}` stands below `{parent.name}`, which has no scope",
        label="it never runs" if is_step(node.element) else "it is never used",
        hint=f"move it up, beside `{parent.name}`",
    )


def _judge(node: Node, parent: Node, holds: _Holds) -> Iterator[Diagnostic]:
    what = f"`{node.name}`"
    if not holds & _Holds.STEP:
        if not isinstance(parent.element, (Group, TestPlan)):
            yield found(
                "AN201",
                node,
                f"{what} applies to nothing: there is no sampler in `{parent.name}`",
                hint="move it into the block whose steps it is for",
            )
    elif is_after(node.element) and not holds & _Holds.SAMPLE:
        yield found(
            "AN203",
            node,
            f"{what} never acts: nothing in `{parent.name}` makes a sample",
            hint="put it below the request it is for",
        )
    elif isinstance(node.element, _FOR_HTTP) and not holds & _Holds.HTTP:
        yield found("AN202", node, f"{what} is for HTTP, and there is no HTTP request in `{parent.name}`")
