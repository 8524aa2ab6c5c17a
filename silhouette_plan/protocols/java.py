"""Java Request: JMeter's own ``JavaTest`` and ``SleepTest`` (``org.apache.jmeter.protocol.java``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import trio

from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.samplers import JavaRequest
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.steps import Take
from silhouette_plan.protocols.codes import CODES
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User

_NUMBER = re.compile(r"([+-]?)(0[xX]|#|0(?=[0-7]))?([0-9a-fA-F]+)")

Read = Callable[[User], str]


def build_java(node: JavaRequest, scope: SamplerScope, build: Build) -> Take:
    """The sampler of ``node``."""
    name = build.template(node.name, node)
    arguments = {argument.name: build.template(argument.value, node) for argument in node.arguments}
    match node.class_name.rpartition(".")[2]:
        case "JavaTest":
            return _java_test(name, arguments)
        case "SleepTest":
            return _sleep_test(name, arguments)
        case _:
            message = f"Java Request “{node.name}”: {CODES['HT901'].title}: `{node.class_name}`"
            build.report(Diagnostic("HT901", message, node.span))
            return _nothing


def _java_test(name: Template, arguments: Mapping[str, Template]) -> Take:
    """Sleeps, and gives the result that its arguments describe."""
    sleep, mask = _long(arguments, "Sleep_Time", 100), _long(arguments, "Sleep_Mask", 0xFF)
    code, message = _text(arguments, "ResponseCode"), _text(arguments, "ResponseMessage")
    status, label = _text(arguments, "Status", "OK"), _text(arguments, "Label")
    sent, body = _text(arguments, "SamplerData"), _text(arguments, "ResultData")
    name_of = _read(name)
    live = any(template.constant is None for template in (name, *arguments.values()))
    settled: tuple[int, int, str, str, str, str, str, str] | None = None

    async def take(user: User) -> Sample:
        nonlocal settled
        values = settled
        if values is None:
            values = (
                sleep(user), mask(user), message(user), code(user), status(user), label(user) or name_of(user), sent(user), body(user),
            )  # fmt: skip
            settled = None if live else values
        pause, spread, said, coded, outcome, shown, request, answer = values
        clock = user.run.clock
        sample = Sample(shown, 0)
        sample.message = said
        sample.code = coded
        sample.success = outcome.upper() == "OK"
        if request:
            sample.sampler_data = request
            sample.sent = len(request)
        if answer:
            sample.encoding = "UTF-8"
            sample.body = answer.encode()
            sample.received = len(sample.body)
        sample.data_type = "text"
        start = clock.now()
        sample.start = clock.stamp(start)
        if pause > 0:
            await _sleep(user, sample, pause + (sample.start % spread if spread > 0 else 0))
            sample.elapsed = clock.stamp(clock.now()) - sample.start
        return sample

    return take


def _sleep_test(name: Template, arguments: Mapping[str, Template]) -> Take:
    """Sleeps. Its arguments, and its label, are those of the user's first sample."""
    sleep, mask = _long(arguments, "SleepTime", 1000), _long(arguments, "SleepMask", 0x3FF)
    name_of = _read(name)

    async def take(user: User) -> Sample:
        settings = user.state.get(take)
        if settings is None:
            settings = user.state[take] = sleep(user), mask(user), name_of(user)
        pause, spread, label = settings
        clock = user.run.clock
        start = clock.now()
        sample = Sample(label, clock.stamp(start))
        if pause > 0 and spread > 0:
            pause += sample.start % spread
        sample.sampler_data = f"Sleep Test: time = {pause}"
        await _sleep(user, sample, max(0, pause))
        sample.elapsed = clock.stamp(clock.now()) - sample.start
        sample.success = True
        return sample

    return take


async def _sleep(user: User, sample: Sample, pause: int) -> None:
    """Sleeps ``pause`` ms; the sample of a user that is interrupted is left as it stands."""
    try:
        await trio.sleep(pause / 1000.0)
    except trio.Cancelled:
        sample.elapsed = user.run.clock.stamp(user.run.clock.now()) - sample.start
        user.under_way = sample
        raise


async def _nothing(user: User) -> None:
    """The sampler of a class that was refused."""


def _text(arguments: Mapping[str, Template], name: str, default: str = "") -> Read:
    template = arguments.get(name)
    return (lambda user: default) if template is None else _read(template)


def _long(arguments: Mapping[str, Template], name: str, default: int) -> Callable[[User], int]:
    template = arguments.get(name)
    if template is None:
        return lambda user: default
    if template.constant is not None:
        value = _decode(template.constant, default)
        return lambda user: value
    evaluate = template.evaluate
    return lambda user: _decode(evaluate(user), default)


def _read(template: Template) -> Read:
    constant = template.constant
    return template.evaluate if constant is None else lambda user: constant


def _decode(text: str, default: int) -> int:
    """``Long.decode``: decimal, ``0x`` or ``#`` hexadecimal, ``0`` octal; ``default`` for anything else."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return default
    sign, prefix, digits = match.groups()
    base = 10 if prefix is None else 8 if prefix == "0" else 16
    try:
        return int(sign + digits, base)
    except ValueError:
        return default
