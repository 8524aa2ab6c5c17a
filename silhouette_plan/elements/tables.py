"""Which factory builds the step of which element. The compiler looks elements up here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.elements.assertions.compare import compare_assertion, forget_samples
from silhouette_plan.elements.assertions.expression import expression_assertion
from silhouette_plan.elements.assertions.json import jmespath_assertion, json_assertion, json_schema_assertion
from silhouette_plan.elements.assertions.measures import duration_assertion, md5_hex_assertion, size_assertion
from silhouette_plan.elements.assertions.response import response_assertion
from silhouette_plan.elements.assertions.xml import (
    xml_assertion,
    xml_schema_assertion,
    xpath2_assertion,
    xpath_assertion,
)
from silhouette_plan.elements.data.counter import counter
from silhouette_plan.elements.data.csv_data_set import csv_data_set
from silhouette_plan.elements.data.random_variable import random_choice, random_variable
from silhouette_plan.elements.extractors.boundary import boundary_extractor
from silhouette_plan.elements.extractors.css import css_extractor
from silhouette_plan.elements.extractors.expression import expression_extractor
from silhouette_plan.elements.extractors.jmespath import jmespath_extractor
from silhouette_plan.elements.extractors.json import json_extractor
from silhouette_plan.elements.extractors.regex import regex_extractor
from silhouette_plan.elements.extractors.xpath import xpath2_extractor, xpath_extractor
from silhouette_plan.elements.listeners import build_result_collector, build_summariser
from silhouette_plan.elements.processors.debug import debug_post_processor
from silhouette_plan.elements.processors.measuring import check, record
from silhouette_plan.elements.processors.result_action import result_action
from silhouette_plan.elements.processors.sample_timeout import limited, sample_timeout
from silhouette_plan.elements.processors.user_parameters import each_iteration, each_sample
from silhouette_plan.elements.reads import READS
from silhouette_plan.elements.timers.pauses import (
    constant_timer,
    gaussian_random_timer,
    poisson_random_timer,
    uniform_random_timer,
)
from silhouette_plan.elements.timers.precise import precise_throughput_timer
from silhouette_plan.elements.timers.shaping import throughput_shaping_timer
from silhouette_plan.elements.timers.sync import sync_timer
from silhouette_plan.elements.timers.throughput import constant_throughput_timer
from silhouette_plan.plan import assertions, configs, listeners, processors, testplan, timers
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import Act, After, DataStep, Judge, Take, TimerStep

PRE_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], Act]] = {
    configs.UserParameters: each_sample,
    processors.SampleTimeout: sample_timeout,
}

POST_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], After]] = {
    processors.JsonExtractor: json_extractor,
    processors.JmesPathExtractor: jmespath_extractor,
    processors.RegexExtractor: regex_extractor,
    processors.BoundaryExtractor: boundary_extractor,
    processors.XPathExtractor: xpath_extractor,
    processors.XPath2Extractor: xpath2_extractor,
    processors.CssExtractor: css_extractor,
    processors.ExpressionExtractor: expression_extractor,
    processors.DebugPostProcessor: debug_post_processor,
}

ASSERTIONS: Mapping[type[Element], Callable[[Any, Build], Judge]] = {
    assertions.ResponseAssertion: response_assertion,
    assertions.DurationAssertion: duration_assertion,
    assertions.SizeAssertion: size_assertion,
    assertions.JsonAssertion: json_assertion,
    assertions.JmesPathAssertion: jmespath_assertion,
    assertions.XPathAssertion: xpath_assertion,
    assertions.XPath2Assertion: xpath2_assertion,
    assertions.XmlAssertion: xml_assertion,
    assertions.XmlSchemaAssertion: xml_schema_assertion,
    assertions.Md5HexAssertion: md5_hex_assertion,
    assertions.CompareAssertion: compare_assertion,
    assertions.JsonSchemaAssertion: json_schema_assertion,
    assertions.ExpressionAssertion: expression_assertion,
}

TIMERS: Mapping[type[Element], Callable[[Any, Build], TimerStep]] = {
    timers.ConstantTimer: constant_timer,
    timers.UniformRandomTimer: uniform_random_timer,
    timers.GaussianRandomTimer: gaussian_random_timer,
    timers.PoissonRandomTimer: poisson_random_timer,
    timers.ConstantThroughputTimer: constant_throughput_timer,
    timers.PreciseThroughputTimer: precise_throughput_timer,
    timers.SyncTimer: sync_timer,
    timers.ThroughputShapingTimer: throughput_shaping_timer,
}

DATA: Mapping[type[Element], Callable[[Any, Build], DataStep]] = {
    configs.CsvDataSet: csv_data_set,
    configs.Counter: counter,
    configs.RandomVariable: random_variable,
    configs.RandomChoice: random_choice,
    configs.UserParameters: each_iteration,
    assertions.CompareAssertion: forget_samples,
}
"""What is told of iterations; an element may have a row in another table too."""

LISTENERS: Mapping[type[Element], Callable[[Any, Build], After]] = {
    listeners.ResultCollector: build_result_collector,
    listeners.Summariser: build_summariser,
    processors.ResultAction: result_action,
}
"""What receives each sample after its assertions; in a parent transaction, not what receives the transaction itself."""

CHECKS: Mapping[type[Element], Callable[[Any, Build], After]] = {processors.Check: check}
"""What looks at each sample after its assertions, and at transactions never."""

MEASURES: Mapping[type[Element], Callable[[Any, Build], After]] = {processors.Record: record}
"""What measures each sample after all its checks, and transactions never."""

AROUND: Mapping[type[Element], Callable[[Take], Take]] = {
    processors.SampleTimeout: limited,
}
"""What puts something around the samplers in scope."""

UNSUPPORTED: Mapping[type[Element], str] = {
    assertions.HtmlAssertion: "it counts the errors of JTidy, which is not here",
    assertions.ScriptAssertion: "scripts are not supported yet",
    processors.ScriptPreProcessor: "scripts are not supported yet",
    processors.ScriptPostProcessor: "scripts are not supported yet",
    processors.SqlPreProcessor: "database statements are not supported yet",
    processors.SqlPostProcessor: "database statements are not supported yet",
    timers.ScriptTimer: "scripts are not supported yet",
    configs.Database: "database statements are not supported yet",
}
"""Kinds that are refused, and why."""

HANDLED_ELSEWHERE: Mapping[type[Element], str] = {
    testplan.UserVariables: "the compiler evaluates them once, before any group starts",
    testplan.Parameter: "the compiler makes variables of them",
    configs.HttpDefaults: "the HTTP sampler merges it",
    configs.HeaderManager: "the HTTP sampler merges it",
    configs.CookieManager: "the HTTP sampler keeps its cookies",
    configs.CacheManager: "the HTTP sampler keeps its entries",
    configs.AuthManager: "the HTTP sampler takes its credentials",
    configs.LoginConfig: "samplers of protocols with a login take it",
    configs.DnsCacheManager: "the HTTP sampler resolves by it",
    configs.KeystoreConfig: "the HTTP sampler takes its certificates",
}
"""Kinds that make no step here, and who deals with them."""

__all__ = [
    "AROUND",
    "ASSERTIONS",
    "CHECKS",
    "DATA",
    "HANDLED_ELSEWHERE",
    "LISTENERS",
    "MEASURES",
    "POST_PROCESSORS",
    "PRE_PROCESSORS",
    "READS",
    "TIMERS",
    "UNSUPPORTED",
]
