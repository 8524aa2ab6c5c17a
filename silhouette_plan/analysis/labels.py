"""How an element is shown in a picture: a word for its kind, its name, and one line of what matters most about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from silhouette_plan.plan import configs, controllers, groups, processors, samplers, timers
from silhouette_plan.plan.assertions import DurationAssertion, JsonAssertion, ResponseAssertion
from silhouette_plan.plan.base import (
    Assertion,
    Config,
    Controller,
    Element,
    Group,
    Listener,
    PostProcessor,
    PreProcessor,
    Sampler,
    Timer,
)
from silhouette_plan.plan.listeners import ResultCollector
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign, Parameter, TestPlan

_FAMILIES: tuple[tuple[type[Element], str], ...] = (
    (TestPlan, "plan"),
    (Group, "group"),
    (Controller, "controller"),
    (Sampler, "sampler"),
    (Timer, "timer"),
    (Config, "config"),
    (PreProcessor, "before"),
    (PostProcessor, "after"),
    (Assertion, "assertion"),
    (Listener, "listener"),
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUFFIX = re.compile(r"(?: controller| timer| request| manager| assertion| extractor)\Z")
_TOKENS = re.compile(r"[\w%$@./?&=-]*[\w%][\w%$@./?&=-]*|/")
_IN_UNIT = re.compile(r"\$\{__unit\((\$\{[^{}]*\}),\w+\)\}")


@record
class Label:
    """``tag`` is the kind in a word or two, ``family`` one of ``plan group controller sampler timer config before after
    assertion listener other``."""

    name: str
    tag: str
    family: str
    detail: str = ""


def label_of(element: Element) -> Label:
    """What there is to show of ``element``."""
    detail = _DETAILS.get(type(element))
    shown = " ".join(detail(element).split()) if detail else ""
    tag = _tag(element)
    name = " ".join(element.name.split()) or (shown if detail else tag)
    return Label(name, tag, family_of_kind(element), shown)


def drawn_label(element: Element) -> Label:
    """What a picture shows of ``element``, nothing of it twice.

    ``GET /x`` needs no ``/x``, and of ``extract id`` and ``id = $.id`` one line is made.
    """
    label = label_of(element)
    if isinstance(element, controllers.Case) and element.condition is None:
        return replace(label, name="else", detail="")
    words, more = (_TOKENS.findall(text) for text in (label.name, label.detail))
    if any(words[start : start + len(more)] == more for start in range(len(words))):
        return replace(label, detail="")
    last = label.name.rpartition(" ")[2].strip("\"'")
    if label.detail.startswith(f"{last} "):
        return replace(label, name=label.name + label.detail[len(last) :], detail="")
    return label


def family_of_kind(element: Element) -> str:
    """The family an element belongs to, in one word."""
    return next((word for kind, word in _FAMILIES if isinstance(element, kind)), "other")


def _tag(element: Element) -> str:
    if isinstance(element, Foreign):
        return element.testclass.rsplit(".", 1)[-1] or element.tag
    if isinstance(element, samplers.HttpRequest):
        return element.method or "GET"
    return _SUFFIX.sub("", _WORDS.sub(" ", type(element).__name__).lower())


def _thread_group(element: groups.ThreadGroup) -> str:
    parts = [f"{element.users} user{'' if element.users == '1' else 's'}"]
    if element.ramp_up not in ("", "0", "1"):
        parts.append(f"ramp {_seconds(element.ramp_up)}")
    timed = element.scheduler is not False and bool(element.duration)
    if element.loops.strip() != "-1":
        parts.append(f"× {element.loops}")
    elif not timed:
        parts.append("for ever")
    if timed:
        parts.append(f"for {_seconds(element.duration)}")
    return " · ".join(parts)


def _seconds(text: str) -> str:
    """A time in seconds; a reference in the language's way brings its own unit."""
    whole = _IN_UNIT.fullmatch(text)
    return whole[1] if whole else f"{text} s"


def _request(element: samplers.HttpRequest) -> str:
    if "://" in element.path:
        return element.path
    port = f":{element.port}" if element.port else ""
    return f"{element.domain}{port if element.domain else ''}{element.path}"


def _condition(element: Any) -> str:
    condition = element.condition
    return "else" if condition is None else condition if isinstance(condition, str) else ""


def _throughput(element: controllers.ThroughputController) -> str:
    return f"{element.percent} %" if element.by_percent is True else f"at most {element.total}"


def _values(element: Any) -> str:
    return ", ".join(element.variables.split(",")) if isinstance(element.variables, str) else ""


def _range(element: timers.UniformRandomTimer) -> str:
    try:
        low, spread = float(element.offset or 0), float(element.spread or 0)
    except ValueError:
        return f"{element.offset} + 0..{element.spread} ms"
    return f"{low:g}–{low + spread:g} ms"


def _extracted(source: str) -> Callable[[Any], str]:
    return lambda element: f"{element.variable} = {getattr(element, source)}"


_PARTS = {
    "response_code": "status",
    "response_data": "body",
    "response_headers": "headers",
    "response_message": "message",
}
"""Parts of a sample as the language calls them."""


def _patterns(element: ResponseAssertion) -> str:
    field = element.field.removeprefix("Assertion.")
    return f"{_PARTS.get(field, field.replace('_', ' '))}: {', '.join(element.patterns)}"


_DETAILS: dict[type[Element], Callable[[Any], str]] = {
    groups.ThreadGroup: _thread_group,
    groups.SetupGroup: _thread_group,
    groups.TeardownGroup: _thread_group,
    groups.OpenModelGroup: lambda element: element.schedule,
    groups.ConcurrencyGroup: lambda element: f"{element.target} users · ramp {element.ramp_up} · hold {element.hold}",
    groups.ArrivalsGroup: lambda element: f"{element.target} a {'minute' if element.unit == 'M' else 'second'}",
    groups.SharedIterations: lambda element: f"{element.iterations} iterations · {element.users} users",
    controllers.LoopController: lambda element: "for ever" if element.loops.strip() == "-1" else f"× {element.loops}",
    controllers.IfController: _condition,
    controllers.WhileController: _condition,
    controllers.Case: _condition,
    controllers.ForeachController: lambda element: f"{element.returned} in {element.source}",
    controllers.ForeachValue: lambda element: (
        f"{element.returned} in {', '.join(element.values) or f'{element.first}..{element.last}'}"
    ),
    controllers.SwitchController: lambda element: element.value,
    controllers.ThroughputController: _throughput,
    controllers.Chance: lambda element: f"{element.percent}%",
    controllers.RuntimeController: lambda element: f"{element.seconds} s",
    controllers.CriticalSectionController: lambda element: element.lock,
    controllers.ModuleController: lambda element: "→ " + (element.path[-1] if element.path else "?"),
    controllers.IncludeController: lambda element: "→ " + element.file,
    samplers.HttpRequest: _request,
    samplers.SqlRequest: lambda element: element.query,
    samplers.SetVariable: lambda element: element.variable,
    samplers.FlowControl: lambda element: f"pause {element.duration} ms" if element.action == 1 else "",
    samplers.Pause: lambda element: f"{element.low}{f'–{element.high}' if element.high else ''} ms",
    timers.ConstantTimer: lambda element: f"{element.delay} ms",
    timers.UniformRandomTimer: _range,
    timers.ConstantThroughputTimer: lambda element: f"{element.throughput} a minute",
    configs.CsvDataSet: lambda element: f"{element.file} → {_values(element)}",
    configs.HeaderManager: lambda element: ", ".join(header.name for header in element.headers),
    configs.Counter: lambda element: element.variable,
    configs.HttpDefaults: lambda element: element.base or f"{element.domain}{element.path}",
    Parameter: lambda element: f"{element.name} = {'•••' if element.secret else element.default}",
    processors.JsonExtractor: lambda element: f"{element.names} = {element.paths}",
    processors.JmesPathExtractor: _extracted("path"),
    processors.RegexExtractor: _extracted("regex"),
    processors.BoundaryExtractor: lambda element: f"{element.variable} = {element.left} … {element.right}",
    processors.XPathExtractor: _extracted("query"),
    processors.XPath2Extractor: _extracted("query"),
    processors.CssExtractor: _extracted("selector"),
    ResponseAssertion: _patterns,
    DurationAssertion: lambda element: f"≤ {element.duration} ms",
    JsonAssertion: lambda element: f"{element.path}{f' = {element.expected}' if element.validate else ''}",
    ResultCollector: lambda element: element.file,
}
"""What matters most about an element, in one line."""
