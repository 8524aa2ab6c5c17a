"""Server names that hold a URL or a path (AN408)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.configs import HttpDefaults
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.plan.testplan import Argument, TestPlan, UserVariables

_WHOLE_REFERENCE = re.compile(r"\$\{([^${}(),]+)\}\Z")
_NOT_A_HOST = re.compile(r"[a-z][a-z0-9+.-]*://|[^/]*/", re.IGNORECASE)


def hosts(view: PlanView) -> Iterator[Diagnostic]:
    """Every constant server name with ``/`` in it, also by way of a variable of the plan's level."""
    constants = {variable.name: variable.value for variable in _plan_variables(view) if not is_live(variable.value)}
    for node in view.of(HttpRequest, HttpDefaults):
        domain = getattr(node.element, "domain", "").strip()
        reference = _WHOLE_REFERENCE.match(domain)
        value = constants.get(reference[1], "") if reference else "" if is_live(domain) else domain
        if _NOT_A_HOST.match(value):
            yield found(
                "AN408",
                node,
                f"the server name of `{node.name}` is no host name: `{value}`",
                label="JMeter builds a URL from it that it cannot open",
                hint="write protocol, host, port and path each in its own field",
            )


def _plan_variables(view: PlanView) -> Iterator[Argument]:
    for node in view.live:
        if isinstance(node.element, (TestPlan, UserVariables)):
            yield from node.element.variables
