"""Which factory builds the step of which element. The compiler looks elements up here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.plan import assertions, configs, listeners, processors, testplan, timers
from silhouette_plan.plan.base import Element
from silhouette_plan.program.build import Build
from silhouette_plan.program.late import Late
from silhouette_plan.program.steps import Act, After, DataStep, Judge, Take, TimerStep
from silhouette_plan.values.context import Query


def _late(place: str) -> Late:
    """A factory in a module of this package, imported when it is needed."""
    return Late(f"silhouette_plan.elements.{place}")


PRE_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], Act]] = {
    configs.UserParameters: _late("processors.user_parameters:each_sample"),
    processors.SampleTimeout: _late("processors.sample_timeout:sample_timeout"),
}

POST_PROCESSORS: Mapping[type[Element], Callable[[Any, Build], After]] = {
    processors.JsonExtractor: _late("extractors.json:json_extractor"),
    processors.JmesPathExtractor: _late("extractors.jmespath:jmespath_extractor"),
    processors.RegexExtractor: _late("extractors.regex:regex_extractor"),
    processors.BoundaryExtractor: _late("extractors.boundary:boundary_extractor"),
    processors.XPathExtractor: _late("extractors.xpath:xpath_extractor"),
    processors.XPath2Extractor: _late("extractors.xpath:xpath2_extractor"),
    processors.CssExtractor: _late("extractors.css:css_extractor"),
    processors.ExpressionExtractor: _late("extractors.expression:expression_extractor"),
    processors.DebugPostProcessor: _late("processors.debug:debug_post_processor"),
}

ASSERTIONS: Mapping[type[Element], Callable[[Any, Build], Judge]] = {
    assertions.ResponseAssertion: _late("assertions.response:response_assertion"),
    assertions.DurationAssertion: _late("assertions.measures:duration_assertion"),
    assertions.SizeAssertion: _late("assertions.measures:size_assertion"),
    assertions.JsonAssertion: _late("assertions.json:json_assertion"),
    assertions.JmesPathAssertion: _late("assertions.json:jmespath_assertion"),
    assertions.XPathAssertion: _late("assertions.xml:xpath_assertion"),
    assertions.XPath2Assertion: _late("assertions.xml:xpath2_assertion"),
    assertions.XmlAssertion: _late("assertions.xml:xml_assertion"),
    assertions.XmlSchemaAssertion: _late("assertions.xml:xml_schema_assertion"),
    assertions.Md5HexAssertion: _late("assertions.measures:md5_hex_assertion"),
    assertions.CompareAssertion: _late("assertions.compare:compare_assertion"),
    assertions.JsonSchemaAssertion: _late("assertions.json:json_schema_assertion"),
    assertions.ExpressionAssertion: _late("assertions.expression:expression_assertion"),
}

TIMERS: Mapping[type[Element], Callable[[Any, Build], TimerStep]] = {
    timers.ConstantTimer: _late("timers.pauses:constant_timer"),
    timers.UniformRandomTimer: _late("timers.pauses:uniform_random_timer"),
    timers.GaussianRandomTimer: _late("timers.pauses:gaussian_random_timer"),
    timers.PoissonRandomTimer: _late("timers.pauses:poisson_random_timer"),
    timers.ConstantThroughputTimer: _late("timers.throughput:constant_throughput_timer"),
    timers.PreciseThroughputTimer: _late("timers.precise:precise_throughput_timer"),
    timers.SyncTimer: _late("timers.sync:sync_timer"),
    timers.ThroughputShapingTimer: _late("timers.shaping:throughput_shaping_timer"),
}

DATA: Mapping[type[Element], Callable[[Any, Build], DataStep]] = {
    configs.CsvDataSet: _late("data.csv_data_set:csv_data_set"),
    configs.Counter: _late("data.counter:counter"),
    configs.RandomVariable: _late("data.random_variable:random_variable"),
    configs.RandomChoice: _late("data.random_variable:random_choice"),
    configs.UserParameters: _late("processors.user_parameters:each_iteration"),
    assertions.CompareAssertion: _late("assertions.compare:forget_samples"),
}
"""What is told of iterations; an element may have a row in another table too."""

LISTENERS: Mapping[type[Element], Callable[[Any, Build], After]] = {
    listeners.ResultCollector: _late("listeners.result_collector:result_collector"),
    listeners.Summariser: _late("listeners.summariser:summariser"),
    listeners.ResultSaver: _late("listeners.result_saver:result_saver"),
    processors.ResultAction: _late("processors.result_action:result_action"),
}
"""What receives each sample after its assertions; in a parent transaction, not what receives the transaction itself."""

CHECKS: Mapping[type[Element], Callable[[Any, Build], After]] = {processors.Check: _late("processors.measuring:check")}
"""What looks at each sample after its assertions, and at transactions never."""

MEASURES: Mapping[type[Element], Callable[[Any, Build], After]] = {
    processors.Record: _late("processors.measuring:record")
}
"""What measures each sample after all its checks, and transactions never."""

OF_STEPS: tuple[Mapping[type[Element], Any], ...] = (
    PRE_PROCESSORS,
    POST_PROCESSORS,
    ASSERTIONS,
    TIMERS,
    DATA,
    LISTENERS,
    CHECKS,
    MEASURES,
)
"""All tables of what makes steps."""

AROUND: Mapping[type[Element], Callable[[Take], Take]] = {
    processors.SampleTimeout: _late("processors.sample_timeout:limited"),
}
"""What puts something around the samplers in scope."""

QUERIES: Mapping[str, Query] = {
    "json": _late("queries:json"),
    "jmespath": _late("queries:jmespath"),
    "regex": _late("queries:regex"),
    "boundary": _late("queries:boundary"),
    "xpath": _late("queries:xpath"),
    "xpath2": _late("queries:xpath2"),
    "css": _late("queries:css"),
    "header": _late("queries:header"),
}
"""What an expression reads from a response, by its name in the language."""

UNSUPPORTED: Mapping[type[Element], str] = {
    assertions.HtmlAssertion: "it counts the errors of JTidy, which is not here",
    assertions.ScriptAssertion: "scripts are not supported yet",
    processors.ScriptPreProcessor: "scripts are not supported yet",
    processors.ScriptPostProcessor: "scripts are not supported yet",
    processors.SqlPreProcessor: "database statements are not supported yet",
    processors.SqlPostProcessor: "database statements are not supported yet",
    timers.ScriptTimer: "scripts are not supported yet",
    configs.Database: "database statements are not supported yet",
    configs.KeystoreConfig: "client certificates are not supported yet",
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
    configs.LoginConfig: "no sampler that runs here takes it, and the compiler says so",
    configs.DnsCacheManager: "the HTTP sampler resolves by it",
}
"""Kinds that make no step here, and who deals with them."""
