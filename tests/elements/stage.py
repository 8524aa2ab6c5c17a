"""What element tests stand on: real templates, users and samples, without an engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from silhouette_plan.compile.scope import judges_of
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.elements.assertions.scope import entries
from silhouette_plan.elements.tables import ASSERTIONS, POST_PROCESSORS, QUERIES
from silhouette_plan.engine.package import judge
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.program.build import Evaluate
from silhouette_plan.results.clock import Clock
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.expressions import compile_expression
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import GroupState, Run, User


@dataclass
class Stage:
    """A ``Build`` over a folder; ``codes`` are the diagnostics reported so far."""

    folder: Path = Path()
    properties: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.diagnostics]

    @property
    def plan_user(self) -> User:
        return User(Run(self.properties, self.folder, "", 1), GroupState("", 0, None), 0, "", {})

    def template(self, text: str, node: Element) -> Template:
        return compile_template(text, ValueContext(properties=self.properties, report=self.report))

    def expression(self, expression: Expression, node: Element) -> Evaluate:
        return compile_expression(expression, ValueContext(report=self.report, queries=QUERIES))

    def report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def may_read(self, path: str, node: Element) -> Path | None:
        return self.folder / path

    def may_write(self, path: str, node: Element) -> Path | None:
        return self.folder / path


class Hand:
    """A clock moved by hand; ``now`` in s."""

    def __init__(self) -> None:
        self.moment = 1000.0

    def clock(self) -> Clock:
        return Clock(lambda: self.moment, lambda: self.moment)


def a_run(folder: Path = Path(), seed: int = 1, clock: Clock | None = None) -> Run:
    run = Run({}, folder, "plan", seed, clock)
    findings: list[tuple[str, str]] = []
    run.finding = lambda code, message: findings.append((code, message))
    run.services["findings"] = findings
    return run


def a_user(run: Run | None = None, number: int = 0, group: GroupState | None = None, **variables: Any) -> User:
    group = group or GroupState("G", 1, 1)
    return User(run or a_run(), group, number, f"{group.name} {group.number}-{number + 1}", variables)


def a_sample(text: str = "", code: str = "200", message: str = "OK", success: bool = True, **fields: Any) -> Sample:
    sample = Sample("s", 0)
    sample.body, sample.encoding = text.encode(), "utf-8"
    sample.code, sample.message, sample.success = code, message, success
    sample.received = len(sample.body)
    for name, value in fields.items():
        setattr(sample, name, value)
    return sample


def process(user: User, sample: Sample, elements: list[Element], build: Stage | None = None) -> Sample:
    """What the engine does after a sample: post-processors, then assertions."""
    build = build or Stage()
    for element in elements:
        make = POST_PROCESSORS.get(type(element))
        if make is not None:
            make(element, build)(user, sample)
    judging = [element for element in elements if type(element) in ASSERTIONS]
    steps = [entry for element in judging for entry in entries(element.name, ASSERTIONS[type(element)](element, build))]
    judge(user, judges_of(tuple(steps)), sample)
    return sample
