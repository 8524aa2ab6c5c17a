"""The closed set of element kinds, by name. Tables elsewhere are tested to have a row for each."""

from __future__ import annotations

from silhouette_plan.plan import (
    assertions,
    base,
    configs,
    controllers,
    groups,
    listeners,
    processors,
    samplers,
    testplan,
    timers,
)

_FAMILIES = (testplan, groups, controllers, samplers, configs, timers, processors, assertions, listeners)

_ABSTRACT = frozenset(
    {
        base.Element,
        base.Group,
        base.Controller,
        base.Sampler,
        base.Scoped,
        base.Config,
        base.Timer,
        base.PreProcessor,
        base.PostProcessor,
        base.Assertion,
        base.Listener,
    }
)

KINDS: dict[str, type[base.Element]] = {
    name: kind
    for family in _FAMILIES
    for name, kind in vars(family).items()
    if isinstance(kind, type) and issubclass(kind, base.Element) and kind not in _ABSTRACT
}
"""Element class by its name, in the order of the families."""
