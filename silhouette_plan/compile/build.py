"""What factories are handed while a program is built (``program.build.Build``)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from silhouette_plan.compile.codes import described, problem
from silhouette_plan.compile.options import CompileOptions
from silhouette_plan.compile.reach import Reach
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.elements.tables import QUERIES
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.program.build import Evaluate
from silhouette_plan.values.compiler import compile_template
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.expressions import compile_expression
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import GroupState, Run, User


class PlanBuild:
    """Compiles values at the plan's level and gathers diagnostics.

    ``plan_user`` stands for JMeter's engine thread: it knows the variables evaluated so far.
    ``files_read`` are those that the plan names to be read.
    """

    def __init__(self, options: CompileOptions, plan_name: str) -> None:
        self.options = options
        self.diagnostics: list[Diagnostic] = []
        self.files_read: set[Path] = set()
        self._reach = Reach(options.folder, options.allowed_paths)
        run = Run(options.properties, options.folder, plan_name, options.seed)
        self.plan_user = User(run, GroupState("", 0, None), 0, "", {})
        self._context = ValueContext(
            properties=run.properties,
            report=self.report,
            folder=options.folder,
            may_read=self._reach.find,
            may_write=self._reach.find,
            plan_level=self.plan_user,
            queries=QUERIES,
        )

    @property
    def folder(self) -> Path:
        """The plan's folder."""
        return self.options.folder

    @property
    def properties(self) -> dict[str, str]:
        """JMeter's properties, as they stand before the run."""
        return self.plan_user.run.properties

    def template(self, text: str, node: Element) -> Template:
        """``text`` compiled."""
        return compile_template(text, self.context(node))

    def expression(self, expression: Expression, node: Element) -> Evaluate:
        """``expression`` compiled."""
        return compile_expression(expression, self.context(node))

    def context(self, node: Element) -> ValueContext:
        """What a value at ``node`` may use."""
        return replace(self._context, span=node.span)

    def report(self, diagnostic: Diagnostic) -> None:
        """Once each."""
        if diagnostic not in self.diagnostics:
            self.diagnostics.append(diagnostic)

    def may_read(self, path: str, node: Element) -> Path | None:
        """Below the plan's folder, or a folder allowed beside it."""
        return self._checked(path, node, "read")

    def may_write(self, path: str, node: Element) -> Path | None:
        """Below the plan's folder, or a folder allowed beside it. What is meant for another machine is only told of."""
        elsewhere = self._reach.folder_elsewhere(path)
        if elsewhere:
            message = f"{described(node)} writes no file: this machine has no folder `{elsewhere}`"
            self.report(
                problem("CP014", message, node, hint="paths start at the plan's folder; `-l` writes all results")
            )
            return None
        return self._checked(path, node, "write")

    def _checked(self, path: str, node: Element, verb: str) -> Path | None:
        refusal = self._reach.refusal(path)
        if refusal:
            missing = verb == "read" and not (self.folder / path).exists()
            message = f"{described(node)} would {verb} `{path}`, {refusal}{' and is missing' if missing else ''}"
            self.report(problem("CP005", message, node, hint="allow it, or its folder, with --allow-path"))
            return None
        found = self._reach.find(path)
        if found is not None and verb == "read":
            self.files_read.add(found)
        return found
