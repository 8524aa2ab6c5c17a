"""Fields that JMeter reads as numbers and that hold none (AN403)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan import assertions, controllers, groups, samplers, timers
from silhouette_plan.plan.base import Element

_WHOLE = re.compile(r"[+-]?\d+\Z")
_DECIMAL = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?\s*\Z")

_FIELDS: dict[type[Element], dict[str, re.Pattern[str]]] = {
    groups.ThreadGroup: dict.fromkeys(("users", "ramp_up", "loops", "duration", "delay"), _WHOLE),
    controllers.LoopController: {"loops": _WHOLE},
    controllers.RuntimeController: {"seconds": _WHOLE},
    controllers.ThroughputController: {"total": _WHOLE, "percent": _DECIMAL},
    timers.ConstantTimer: {"delay": _WHOLE},
    timers.UniformRandomTimer: {"offset": _DECIMAL, "spread": _DECIMAL},
    timers.GaussianRandomTimer: {"offset": _DECIMAL, "deviation": _DECIMAL},
    timers.PoissonRandomTimer: {"offset": _DECIMAL, "mean": _DECIMAL},
    timers.ConstantThroughputTimer: {"throughput": _DECIMAL},
    timers.SyncTimer: {"users": _WHOLE, "timeout": _WHOLE},
    samplers.HttpRequest: {"connect_timeout": _WHOLE, "response_timeout": _WHOLE},
    assertions.DurationAssertion: {"duration": _WHOLE},
    assertions.SizeAssertion: {"size": _WHOLE},
}
"""Which fields are numbers, and how they must read; empty ones have a default."""


def numbers(view: PlanView) -> Iterator[Diagnostic]:
    """Every constant text in such a field that is no number."""
    for node in view.active:
        for kind, fields in _FIELDS.items():
            if not isinstance(node.element, kind):
                continue
            for field, shape in fields.items():
                text = getattr(node.element, field)
                if text and not is_live(text) and not shape.match(text) and not _unused(node.element, field):
                    what = "whole number" if shape is _WHOLE else "number"
                    yield found(
                        "AN403",
                        node,
                        f"the {field.replace('_', ' ')} of `{node.name}` is no {what}: `{text}`",
                        label="JMeter takes 0",
                    )


def _unused(element: Element, field: str) -> bool:
    """Whether a switch of the element keeps JMeter from reading the field."""
    if isinstance(element, groups.ThreadGroup) and field in ("duration", "delay"):
        return element.scheduler is False
    if isinstance(element, controllers.ThroughputController):
        return field == ("total" if element.by_percent is True else "percent")
    return False
