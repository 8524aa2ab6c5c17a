"""Raw JSON bodies whose backslashes JMeter would eat (AN404)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.samplers import HttpRequest

_RUN = re.compile(r"\\+")


def lost_backslashes(view: PlanView) -> Iterator[Diagnostic]:
    """JSON text with a reference and a pair of backslashes that is not written twice."""
    for node in view.of(HttpRequest):
        request = node.element
        assert isinstance(request, HttpRequest)
        body = request.body
        if not body or request.json_body or body.lstrip()[:1] not in ("{", "["):
            continue
        if any(len(run) % 4 in (2, 3) for run in _RUN.findall(body)) and is_live(body):
            yield found(
                "AN404",
                node,
                f"the JSON body of `{node.name}` loses backslashes",
                label="with a reference in the text JMeter sends `\\` for `\\\\`",
                hint="write each of these backslashes twice",
            )
