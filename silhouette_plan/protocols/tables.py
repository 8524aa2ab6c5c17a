"""Which factory builds which sampler. The compiler looks samplers up here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.plan import configs, samplers
from silhouette_plan.plan.base import Config, Sampler
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.late import Late
from silhouette_plan.program.steps import Take


def _late(place: str) -> Late:
    """A factory in a module of this package, imported when it is needed."""
    return Late(f"silhouette_plan.protocols.{place}")


SAMPLERS: Mapping[type[Sampler], Callable[[Any, SamplerScope, Build], Take]] = {
    samplers.HttpRequest: _late("http.sampler:build_http"),
    samplers.JavaRequest: _late("java:build_java"),
    samplers.DebugSampler: _late("debug:build_debug"),
    samplers.DummySampler: _late("dummy:build_dummy"),
    samplers.FlowControl: _late("flow:build_flow_control"),
    samplers.Pause: _late("flow:build_pause"),
    samplers.SetVariable: _late("flow:build_set_variable"),
    samplers.LogMessage: _late("flow:build_log"),
    samplers.AddMetric: _late("flow:build_add_metric"),
}

CONFIGS: frozenset[type[Config]] = frozenset(
    {
        configs.HttpDefaults,
        configs.HeaderManager,
        configs.CookieManager,
        configs.CacheManager,
        configs.AuthManager,
        configs.DnsCacheManager,
    }
)
"""Configuration that samplers read in their scope."""
