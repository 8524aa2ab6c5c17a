"""Which factory builds which sampler. The compiler looks samplers up here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.plan import configs, samplers
from silhouette_plan.plan.base import Config, Sampler
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.steps import Take
from silhouette_plan.protocols.debug import build_debug
from silhouette_plan.protocols.dummy import build_dummy
from silhouette_plan.protocols.flow import (
    build_add_metric,
    build_flow_control,
    build_log,
    build_pause,
    build_set_variable,
)
from silhouette_plan.protocols.java import build_java


def build_http(node: samplers.HttpRequest, scope: SamplerScope, build: Build) -> Take:
    """Imported when first needed: the protocol is the largest."""
    from silhouette_plan.protocols.http.sampler import build_http

    return build_http(node, scope, build)


SAMPLERS: Mapping[type[Sampler], Callable[[Any, SamplerScope, Build], Take]] = {
    samplers.HttpRequest: build_http,
    samplers.JavaRequest: build_java,
    samplers.DebugSampler: build_debug,
    samplers.DummySampler: build_dummy,
    samplers.FlowControl: build_flow_control,
    samplers.Pause: build_pause,
    samplers.SetVariable: build_set_variable,
    samplers.LogMessage: build_log,
    samplers.AddMetric: build_add_metric,
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
