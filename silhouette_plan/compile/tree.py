"""The tree of a group: controllers with their children, samplers with their packages.

Data elements, and timers that read something then, are told of the passes of the nearest controller above them. JMeter gathers
them bottom-up and tells the last gathered first, hence the order reversed at the end (``TestCompiler.trackIterationListeners``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.controllers import CONTROLLERS, Parts
from silhouette_plan.compile.inert import inert
from silhouette_plan.compile.reads import looks_back, merged, reads_of
from silhouette_plan.compile.scope import Level, Scope
from silhouette_plan.diagnostics import Severity
from silhouette_plan.elements import tables
from silhouette_plan.elements.assertions.scope import entries
from silhouette_plan.elements.reads import EVERYTHING, NOTHING
from silhouette_plan.plan.base import Config, Controller, Element, Sampler
from silhouette_plan.plan.controllers import ParallelController, TransactionController
from silhouette_plan.plan.listeners import Objectives, Report, SummaryLine, Threshold
from silhouette_plan.plan.testplan import Parameter, UserVariables
from silhouette_plan.plan.walk import walk
from silhouette_plan.program.build import SamplerScope
from silhouette_plan.program.controllers import ControllerSpec
from silhouette_plan.program.fields import fixed_flag
from silhouette_plan.program.package import Package
from silhouette_plan.program.steps import Act, DataStep, TimerStep
from silhouette_plan.protocols.http.tables import DATA as RENEWALS
from silhouette_plan.protocols.tables import CONFIGS, SAMPLERS
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import Run, User

T = TypeVar("T")

STRUCTURE = (UserVariables, Parameter)
"""Elements that are dealt with before a group's tree is compiled."""

ASIDE = (Objectives, Threshold, Report, SummaryLine)
"""Elements that are no part of the flow; ``objectives`` and ``reports`` read them off the plan."""

Told = list[Act | int]


class TreeCompiler:
    """Compiles the trees of all groups of a plan; what stands at the plan's level is compiled once for all of them."""

    def __init__(self, build: PlanBuild) -> None:
        self.build = build
        self.opening: list[Callable[[Run], object]] = []
        self.start: list[Act] = []
        self._steps: dict[tuple[int, int], Any] = {}
        self._kept: list[Element] = []
        self._keys: dict[int, int] = {}
        self._group_reads = NOTHING
        self._renewals: Told = []

    def group(self, group: Element) -> tuple[tuple[ControllerSpec | Package, ...], tuple[Act | int, ...]]:
        """The children of ``group`` and who is told of its iterations; ``start`` then holds what users do first."""
        self._kept.append(group)
        self.start = []
        observed = self.build.options.observers_read
        self._group_reads = EVERYTHING if looks_back(list(walk(group))) else observed
        self._renewals = []
        children, told = self._children(group, Scope(self._level(group)))
        return children, (*self._renewals, *told)

    def _children(
        self, node: Element, scope: Scope
    ) -> tuple[tuple[ControllerSpec | Package, ...], tuple[Act | int, ...]]:
        """The steps below ``node``, whose inside has ``scope``, and who is told of its passes."""
        steps: list[ControllerSpec | Package] = []
        told: Told = []
        for child in node.children:
            if isinstance(child, Controller):
                spec = self._controller(child, scope)
                if spec is not None:
                    if spec.watches_parent:
                        told.append(len(steps))
                    steps.append(spec)
            elif isinstance(child, Sampler):
                self._gather_data(child, told)
                package = self._package(child, scope)
                if package is not None:
                    steps.append(package)
            else:
                self._gather_data(child, told)
        return tuple(steps), tuple(reversed(told))

    def _controller(self, node: Controller, outer: Scope) -> ControllerSpec | None:
        make = CONTROLLERS.get(type(node))
        if make is None:
            self.refuse(node)
            return None
        scope = outer.inside(self._level(node))
        children, told = self._children(node, scope.inside(Level(), parent_transaction=self._holds_samples(node)))
        name = self.build.template(node.name, node)
        if isinstance(node, TransactionController) and "${__" in node.name:
            # JMeter reads the name when it prepares a user, once more than it shows it; a function may notice.
            self.start.append(partial(_read, name))
        return make(node, Parts(self.build, scope, self._key(node), name, children, told))

    def _holds_samples(self, node: Controller) -> bool:
        """Whether the samples below ``node`` become parts of one of its own."""
        match node:
            case TransactionController(parent=flag) | ParallelController(parent_sample=flag):
                return fixed_flag(self.build, node, flag)
            case _:
                return False

    def _package(self, node: Sampler, outer: Scope) -> Package | None:
        make = SAMPLERS.get(type(node))
        if make is None:
            self.refuse(node)
            return None
        scope = outer.inside(self._level(node))
        reads = merged(scope.reads, self._group_reads)
        take = make(node, SamplerScope(scope.configs, reads.body, reads.headers, reads.request), self.build)
        for put_around in scope.around:
            take = put_around(take)
        return scope.package(node, self.build.template(node.name, node), take)

    def _gather_data(self, node: Element, told: Told) -> None:
        """The data elements and timers at and below ``node``, the lowest first."""
        for child in node.children:
            self._gather_data(child, told)
        timer: TimerStep | None = self._step(tables.TIMERS, node)
        if timer is not None and timer.advance is not None:
            told.append(timer.advance)
        self._add_data(self._step(tables.DATA, node), told)
        self._add_data(self._step(RENEWALS, node), self._renewals)

    def _add_data(self, step: DataStep | None, told: Told) -> None:
        if step is not None and step.advance is not None:
            told.append(step.advance)
        if step is not None and step.start is not None:
            self.start.append(step.start)

    def _level(self, node: Element) -> Level:
        """What the children of ``node`` bring into scope."""
        scoped = [child for child in node.children if not isinstance(child, (Controller, Sampler))]
        for child in scoped:
            self._check(child)
        return Level(
            configs=tuple(child for child in scoped if isinstance(child, Config)),
            before=self._steps_in(tables.PRE_PROCESSORS, scoped),
            timers=self._steps_in(tables.TIMERS, scoped),
            after=self._steps_in(tables.POST_PROCESSORS, scoped),
            judges=tuple(
                entry
                for child in scoped
                if (judge := self._step(tables.ASSERTIONS, child)) is not None
                for entry in entries(child.name, judge)
            ),
            listeners=self._steps_in(tables.LISTENERS, scoped),
            checks=self._steps_in(tables.CHECKS, scoped),
            measures=self._steps_in(tables.MEASURES, scoped),
            around=tuple(
                tables.AROUND[type(child)] for child in scoped if child.enabled and type(child) in tables.AROUND
            ),
            transactions=frozenset(
                self._key(child) for child in node.children if isinstance(child, TransactionController)
            ),
            reads=reads_of(scoped),
        )

    def _steps_in(self, table: Mapping[type[Element], Callable[[Any, Any], T]], nodes: list[Element]) -> tuple[T, ...]:
        return tuple(step for node in nodes if (step := self._step(table, node)) is not None)

    def _step(self, table: Mapping[type[Element], Callable[[Any, Any], T]], node: Element) -> T | None:
        """The step that ``table`` makes of ``node``, made once; None where it has none."""
        make = table.get(type(node))
        if make is None:
            return None
        key = (id(node), id(table))
        if key not in self._steps:
            step = self._steps[key] = make(node, self.build)
            opening = getattr(step, "open", None)
            if opening is not None:
                self.opening.append(opening)
        found: T = self._steps[key]
        return found

    def _check(self, node: Element) -> None:
        """Refuses what no table has."""
        if not isinstance(node, (*STRUCTURE, *ASIDE)) and not _is_known(node) and inert(node) is None:
            self.refuse(node)

    def refuse(self, node: Element) -> None:
        """Reports that ``node`` cannot run; an error, unless what is unsupported may be left out."""
        severity = Severity.WARNING if self.build.options.allow_unsupported else Severity.ERROR
        reason = tables.UNSUPPORTED.get(type(node), "")
        message = f"{described(node)} is not supported{': ' if reason else ''}{reason}"
        if severity is Severity.WARNING:
            self.build.report(problem("CP001", f"{message}; it is left out", node, severity=severity))
        else:
            self.build.report(problem("CP001", message, node, "disable it, or leave it out with --allow-unsupported"))

    def _key(self, node: Element) -> int:
        return self._keys.setdefault(id(node), len(self._keys))


def _read(text: Template, user: User) -> None:
    text.evaluate(user)


def _is_known(node: Element) -> bool:
    kind: Any = type(node)
    return kind in CONFIGS or any(kind in table for table in tables.OF_STEPS)
