"""The objects that JMeter binds in scripts (``vars``, ``props``, ``ctx``, ``log``, results), by tables of what they allow."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from silhouette_plan.results.sample import Sample
from silhouette_plan.scripts.faults import Unsupported
from silhouette_plan.values.java.strings import text_of
from silhouette_plan.values.user import User

LOGGER = logging.getLogger("silplan.plan")

Method = Callable[..., object]


class HostObject:
    """An object of JMeter's: its methods by name. ``get`` answers ``x.name`` and ``x["name"]`` where Java would."""

    __slots__ = ("get", "kind", "methods")

    def __init__(self, kind: str, methods: Mapping[str, Method], get: Method | None = None) -> None:
        self.kind = kind
        self.methods = methods
        self.get = get

    def call(self, name: str, arguments: list[object]) -> object:
        """Calls a method. Raises ``Unsupported`` for one that is not in the table."""
        method = self.methods.get(name)
        if method is None:
            raise Unsupported(f"{self.kind}.{name}()")
        try:
            return method(*arguments)
        except TypeError:
            raise Unsupported(f"{self.kind}.{name}() with {len(arguments)} arguments") from None

    def member(self, name: str) -> object:
        """``x.name``: the getter of that name, else ``get``. Raises ``Unsupported``."""
        title = name[:1].upper() + name[1:]
        for getter in (f"get{title}", f"is{title}"):
            if getter in self.methods:
                return self.call(getter, [])
        if self.get is None:
            raise Unsupported(f"{self.kind}.{name}")
        return self.get(name)


def variables_object(user: User) -> HostObject:
    """``vars`` (``JMeterVariables``)."""
    variables = user.variables

    def get(name: object) -> object:
        value = variables.get(text_of(name))
        return None if value is None else text_of(value)

    def put(name: str, value: object) -> None:
        variables[name] = None if value is None else text_of(value)

    methods: dict[str, Method] = {
        "get": get,
        "put": put,
        "getObject": lambda name: variables.get(name),
        "putObject": lambda name, value: variables.__setitem__(name, value),
        "remove": lambda name: variables.pop(name, None),
        "getIteration": lambda: user.iteration,
        "getThreadName": lambda: user.thread_name,
    }
    return HostObject("vars", methods, get)


def properties_object(user: User) -> HostObject:
    """``props`` (``java.util.Properties``)."""
    properties = user.run.properties

    def put(name: object, value: object) -> object:
        old = properties.get(str(name))
        properties[str(name)] = value
        return old

    def text(name: object, default: object = None) -> object:
        value = properties.get(str(name))
        return value if isinstance(value, str) else default

    methods: dict[str, Method] = {
        "get": lambda name: properties.get(str(name)),
        "put": put,
        "setProperty": put,
        "getProperty": text,
        "getOrDefault": lambda name, default: properties.get(str(name), default),
        "containsKey": lambda name: str(name) in properties,
        "remove": lambda name: properties.pop(str(name), None),
    }
    return HostObject("props", methods, lambda name: properties.get(str(name)))


def group_object(user: User) -> HostObject:
    """``ctx.getThreadGroup()``."""
    planned = user.group.planned_users
    return HostObject(
        "threadGroup",
        {
            "getName": lambda: user.group.name,
            "getNumThreads": lambda: planned,
            "getNumberOfThreads": lambda: user.group.active_users,
        },
    )


def context_object(user: User) -> HostObject:
    """``ctx`` (``JMeterContext``)."""
    methods: dict[str, Method] = {
        "getThreadNum": lambda: user.number,
        "getVariables": lambda: variables_object(user),
        "getProperties": lambda: properties_object(user),
        "getThreadGroup": lambda: group_object(user),
        "getPreviousResult": lambda: result_object(user),
        "getCurrentSampler": lambda: sampler_object(user),
    }
    return HostObject("ctx", methods)


def sampler_object(user: User) -> HostObject:
    """``sampler``: its name; the rest belongs to script elements."""
    return HostObject("sampler", {"getName": lambda: user.sampler_name, "getThreadName": lambda: user.thread_name})


def log_object(user: User) -> HostObject:
    """``log``."""

    def at(level: int) -> Method:
        return lambda message, *rest: LOGGER.log(level, "%s %s", user.thread_name, text_of(message))

    levels = {"trace": 5, "debug": logging.DEBUG, "info": logging.INFO, "warn": logging.WARNING, "error": logging.ERROR}
    return HostObject("log", {name: at(level) for name, level in levels.items()})


_RESULT_PARTS: dict[str, Callable[[Sample], object]] = {
    "getResponseDataAsString": lambda sample: sample.text,
    "getResponseCode": lambda sample: sample.code,
    "getResponseMessage": lambda sample: sample.message,
    "getResponseHeaders": lambda sample: sample.response_headers,
    "getRequestHeaders": lambda sample: sample.request_headers,
    "getSampleLabel": lambda sample: sample.label,
    "getSamplerData": lambda sample: sample.sampler_data,
    "getTime": lambda sample: sample.elapsed,
    "getLatency": lambda sample: sample.latency,
    "getConnectTime": lambda sample: sample.connect,
    "getIdleTime": lambda sample: sample.idle,
    "getStartTime": lambda sample: sample.start,
    "getEndTime": lambda sample: sample.start + sample.elapsed + sample.idle,
    "getBytesAsLong": lambda sample: sample.received,
    "getSentBytes": lambda sample: sample.sent,
    "getBodySizeAsLong": lambda sample: sample.body_length,
    "getHeadersSize": lambda sample: sample.headers_size,
    "getContentType": lambda sample: sample.content_type,
    "getUrlAsString": lambda sample: sample.url or "",
    "getThreadName": lambda sample: sample.thread_name,
    "getGroupThreads": lambda sample: sample.group_threads,
    "getAllThreads": lambda sample: sample.all_threads,
    "isSuccessful": lambda sample: sample.success,
    "isResponseCodeOK": lambda sample: sample.code.startswith("2"),
}


def result_object(user: User) -> HostObject | None:
    """``prev`` or ``sampleResult``: the last sample, for reading; None before the first."""
    sample = user.previous
    if sample is None:
        return None
    return HostObject("sampleResult", {name: _part(sample, part) for name, part in _RESULT_PARTS.items()})


def _part(sample: Sample, part: Callable[[Sample], object]) -> Method:
    return lambda: part(sample)


NAMES: dict[str, Callable[[User], object]] = {
    "vars": variables_object,
    "props": properties_object,
    "ctx": context_object,
    "log": log_object,
    "sampler": sampler_object,
    "sampleResult": result_object,
    "threadName": lambda user: user.thread_name,
}
"""What JMeter binds for the functions ``__jexl2``, ``__jexl3`` and ``__javaScript``."""
