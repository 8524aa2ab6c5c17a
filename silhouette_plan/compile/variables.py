"""User-defined variables and parameters, evaluated once, before the run (``org.apache.jmeter.engine.PreCompiler``).

In document order over the whole tree. All values of one element are computed before any of them is stored, so they see
what stands before the element and not each other. The first of a name within an element wins, later elements overwrite.
"""

from __future__ import annotations

from collections.abc import Iterable

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.compile.codes import problem
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.testplan import Argument, Parameter, TestPlan, UserVariables
from silhouette_plan.plan.walk import walk
from silhouette_plan.values.template import ValueFault


def define_variables(plan: TestPlan, build: PlanBuild) -> None:
    """Gives ``build.plan_user`` all variables of ``plan``."""
    for node in walk(plan):
        match node:
            case TestPlan():
                _define(node, node.variables, build)
            case UserVariables():
                _define(node, node.variables, build)
            case Parameter():
                build.plan_user.variables[node.name] = _parameter(node, build)
            case _:
                pass


def _define(node: Element, variables: Iterable[Argument], build: PlanBuild) -> None:
    values: dict[str, str] = {}
    for variable in variables:
        name = _value(variable.name, node, build)
        value = _value(variable.value, node, build)
        values.setdefault(name, value)
    build.plan_user.variables.update(values)


def _parameter(node: Parameter, build: PlanBuild) -> str:
    """From the property of its name, else the environment, else its default."""
    given = build.properties.get(node.name)
    if given is not None:
        return str(given).strip()
    from_environment = build.options.environment.get(node.environment) if node.environment else None
    return _value(node.default, node, build) if from_environment is None else from_environment


def _value(text: str, node: Element, build: PlanBuild) -> str:
    template = build.template(text, node)
    try:
        return template.evaluate(build.plan_user)
    except ValueFault as fault:
        build.report(problem("CP006", f"`{text}` cannot be computed: {fault}", node))
        return text
