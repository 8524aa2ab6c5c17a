"""From a plan to a program (``StandardJMeterEngine.run``, before the first group starts).

The passes, in order: calls, includes and disabled elements are resolved; variables are evaluated; what stands directly
under the test plan is moved into every group, after the group's own children; each group's tree is compiled.
"""

from __future__ import annotations

from dataclasses import replace

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.calls import resolve_calls
from silhouette_plan.compile.functional import in_functional_mode
from silhouette_plan.compile.groups import compile_group
from silhouette_plan.compile.inert import warn_of_inert
from silhouette_plan.compile.measures import measures_of
from silhouette_plan.compile.objectives import compile_objectives
from silhouette_plan.compile.options import Compilation, CompileOptions
from silhouette_plan.compile.quirks import warn_of_quirks
from silhouette_plan.compile.reports import report_files, summary_interval
from silhouette_plan.compile.tree import TreeCompiler
from silhouette_plan.compile.variables import define_variables
from silhouette_plan.plan.base import Group
from silhouette_plan.plan.testplan import TestFragment, TestPlan
from silhouette_plan.program.fields import fixed_flag
from silhouette_plan.program.program import Program


def compile_plan(plan: TestPlan, options: CompileOptions) -> Compilation:
    """Compiles ``plan``. All problems are reported together; with an error among them there is no program."""
    build = PlanBuild(options, options.file.name if options.file else plan.name)
    resolved = in_functional_mode(resolve_calls(plan, build), build)
    define_variables(resolved, build)
    warn_of_quirks(resolved, build)
    warn_of_inert(resolved, build)
    program = _program(resolved, build)
    done = Compilation(program, tuple(build.diagnostics))
    return replace(done, program=None) if done.failed else done


def _program(plan: TestPlan, build: PlanBuild) -> Program:
    trees, measures = TreeCompiler(build), measures_of(plan, build)
    everywhere = tuple(
        replace(child, children=()) if child.children else child
        for child in plan.children
        if not isinstance(child, (Group, TestFragment))
    )
    groups = [
        compile_group(replace(child, children=child.children + everywhere), trees)
        for child in plan.children
        if isinstance(child, Group)
    ]
    return Program(
        plan=plan,
        name=plan.name,
        file_name=build.plan_user.run.plan_name,
        folder=build.folder,
        groups=tuple(group for group in groups if group is not None),
        variables=dict(build.plan_user.variables),
        properties=dict(build.properties),
        serialized=fixed_flag(build, plan, plan.serialized),
        teardown_on_shutdown=fixed_flag(build, plan, plan.teardown_on_shutdown),
        opening=tuple(trees.opening),
        files_read=frozenset({*build.files_read, *((build.options.file,) if build.options.file else ())}),
        objectives=compile_objectives(plan, measures, build),
        measures_itself=bool(measures.metrics or measures.checks),
        summary_every=summary_interval(plan, build),
        reports=report_files(plan, build),
    )
