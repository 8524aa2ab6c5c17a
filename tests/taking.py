"""Runs a plan of steps for the samples it gives."""

from __future__ import annotations

from pathlib import Path

from silhouette_plan.cli.preparing import prepare
from silhouette_plan.execution import ExecutionOptions, execute
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.groups import ThreadGroup
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.results.observer import Observer
from silhouette_plan.results.sample import Sample


class _Taken(Observer):
    def __init__(self) -> None:
        self.samples: list[Sample] = []

    def on_sample(self, sample: Sample) -> None:
        self.samples.append(sample)


def samples_of(*steps: Element, loops: int = 1) -> list[Sample]:
    """The samples of one user that makes ``loops`` passes over ``steps``."""
    group = ThreadGroup(name="G", ramp_up="0", loops=str(loops), children=steps)
    program = prepare(TestPlan(children=(group,)), Path("plan.json"), {}).program
    assert program is not None
    taken = _Taken()
    execute(program, ExecutionOptions(handle_signals=False), [taken])
    return taken.samples
