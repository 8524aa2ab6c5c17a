"""What a factory may ask while a program is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.base import Config, Element
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

Evaluate = Callable[[User, Sample | None], object]
"""An expression over a user and, after a sample, that sample: a number, text, truth value, None (unset) or a JSON value."""


@record
class SamplerScope:
    """What the compiler knows of one sampler. ``configs`` are the enabled configuration elements in scope, innermost first.

    ``reads_body``, ``reads_headers`` (response) and ``reads_request`` say whether anything downstream looks at them; what
    nothing reads need not be kept.
    """

    configs: tuple[Config, ...] = ()
    reads_body: bool = True
    reads_headers: bool = True
    reads_request: bool = True


class Build(Protocol):
    """Handed to every factory by the compiler."""

    @property
    def folder(self) -> Path:
        """The plan's folder; relative paths start here."""

    @property
    def properties(self) -> dict[str, str]:
        """JMeter properties as given before the run."""

    @property
    def plan_user(self) -> User:
        """Stands for JMeter's engine thread: it knows the plan's variables, as far as they are evaluated."""

    def template(self, text: str, node: Element) -> Template:
        """``text`` compiled; problems are reported at ``node`` and the text then stands for itself."""

    def expression(self, expression: Expression, node: Element) -> Evaluate:
        """``expression`` compiled."""

    def report(self, diagnostic: Diagnostic) -> None:
        """A problem found; errors keep the program from running."""

    def may_read(self, path: str, node: Element) -> Path | None:
        """The file to read for ``path`` as the plan writes it, or None where it is refused (and reported)."""

    def may_write(self, path: str, node: Element) -> Path | None:
        """The file to write for ``path``, or None where it is refused (and reported)."""
