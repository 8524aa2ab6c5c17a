"""From a plan that was read to a program that can run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from silhouette_plan.cli.sources import parse_source
from silhouette_plan.compile.options import CompileOptions
from silhouette_plan.compile.plan import compile_plan
from silhouette_plan.diagnostics import Diagnostic, PlanError
from silhouette_plan.elements.reads import NOTHING, Reads
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Parameter, TestPlan
from silhouette_plan.plan.walk import walk
from silhouette_plan.program.groups import GroupSpec, Phase, ThreadGroupSpec
from silhouette_plan.program.program import Program
from silhouette_plan.results.jtl.fields import config_from_properties
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import GroupState, Run, User


@record
class Prepared:
    """``program`` is None where the plan does not compile. ``secrets`` are texts to mask; ``duration`` s, where planned."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    secrets: tuple[str, ...] = ()
    duration: float | None = None


def prepare(
    plan: TestPlan | None,
    path: Path,
    properties: Mapping[str, str],
    allow_unsupported: bool = False,
    allowed: tuple[Path, ...] = (),
    seed: int = 0,
) -> Prepared:
    """Compiles ``plan``, read from ``path``; included files are read by their endings."""
    if plan is None:
        return Prepared(None, ())
    options = CompileOptions(
        folder=path.resolve().parent,
        file=path.resolve(),
        properties=properties,
        read_plan=_read,
        allow_unsupported=allow_unsupported,
        allowed_paths=allowed,
        seed=seed,
        environment=os.environ,
        observers_read=_recorded(plan, properties),
    )
    compilation = compile_plan(plan, options)
    program = compilation.program
    duration = planned_duration(program) if program is not None else None
    return Prepared(program, compilation.diagnostics, _secrets(plan, properties), duration)


def planned_duration(program: Program) -> float | None:
    """Seconds until the last group's time is over; None where a group ends by its loops alone."""
    nobody = User(
        Run(program.properties, program.folder, "", 0), GroupState("", 0, None), 0, "", dict(program.variables)
    )
    main = [group for group in program.groups if group.phase is Phase.MAIN]
    try:
        times = [_seconds(group, nobody) for group in main]
    except (ValueError, ValueFault):
        return None
    return max(times) if times and all(times) else None


def _seconds(group: GroupSpec, user: User) -> float:
    if isinstance(group, ThreadGroupSpec) and group.scheduler:
        return float(group.duration.evaluate(user)) + float(group.delay.evaluate(user) or 0)
    return 0.0


def _recorded(plan: TestPlan, properties: Mapping[str, str]) -> Reads:
    """What the results file of the run holds of a sample beside figures: nothing in CSV, in XML what its switches say."""
    try:
        config = config_from_properties(properties)
    except PlanError:
        return NOTHING
    if not config.xml:
        return NOTHING
    whole = plan.functional is True
    return Reads(
        config.response_data or config.response_data_on_error or whole,
        config.response_headers,
        config.sampler_data or config.request_headers or whole,
    )


def _read(path: Path) -> tuple[TestPlan | None, tuple[Diagnostic, ...]]:
    source = parse_source(path)
    return source.plan, source.diagnostics


def _secrets(plan: TestPlan, properties: Mapping[str, str]) -> tuple[str, ...]:
    """The values of parameters that are marked secret."""
    secret = [element for element in walk(plan) if isinstance(element, Parameter) and element.secret]
    values = (
        properties.get(
            found.name, os.environ.get(found.environment, found.default) if found.environment else found.default
        )
        for found in secret
    )
    return tuple(value for value in values if value)
