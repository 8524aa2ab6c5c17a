"""Which factory builds the step of which element. The compiler and the engine look elements up here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.elements.assertions.measures import duration_assertion, md5_hex_assertion, size_assertion
from silhouette_plan.elements.assertions.response import response_assertion
from silhouette_plan.elements.extractors.json import json_extractor
from silhouette_plan.elements.timers.pauses import (
    constant_timer,
    gaussian_random_timer,
    poisson_random_timer,
    uniform_random_timer,
)
from silhouette_plan.plan import assertions, processors, timers
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import Act, After, DataStep, Judge, TimerStep

PRE_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], Act]] = {}

POST_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], After]] = {
    processors.JsonExtractor: json_extractor,
}

ASSERTIONS: Mapping[type[Element], Callable[[Any, Build], Judge]] = {
    assertions.ResponseAssertion: response_assertion,
    assertions.DurationAssertion: duration_assertion,
    assertions.SizeAssertion: size_assertion,
    assertions.Md5HexAssertion: md5_hex_assertion,
}

TIMERS: Mapping[type[Element], Callable[[Any, Build], TimerStep]] = {
    timers.ConstantTimer: constant_timer,
    timers.UniformRandomTimer: uniform_random_timer,
    timers.GaussianRandomTimer: gaussian_random_timer,
    timers.PoissonRandomTimer: poisson_random_timer,
}

DATA: Mapping[type[Element], Callable[[Any, Build], DataStep]] = {}

LISTENERS: Mapping[type[Element], Callable[[Any, Build], After]] = {}
"""Listeners that only act (``results`` builds those that write; the compiler adds them)."""
