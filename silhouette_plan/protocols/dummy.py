"""Dummy Sampler of the jpgc plugins: a sample made up from its fields (``kg.apc.jmeter.samplers.DummySampler``)."""

from __future__ import annotations

from urllib.parse import urlsplit

import trio

from silhouette_plan.plan.samplers import DummySampler
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.fields import flag_of, integer
from silhouette_plan.program.steps import Take
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


def build_dummy(node: DummySampler, scope: SamplerScope, build: Build) -> Take:
    """The sampler of ``node``. A response time that is no number counts as none; without waiting it is only written down."""
    texts = {
        field: build.template(getattr(node, field), node).evaluate
        for field in (
            "name",
            "response_code",
            "response_message",
            "request_data",
            "response_data",
            "response_time",
            "latency",
            "connect",
            "url",
        )
    }
    waiting = flag_of(build, node, node.waiting)
    successful = flag_of(build, node, node.successful)

    async def take(user: User) -> Sample:
        clock = user.run.clock
        began = clock.now()
        sample = Sample(texts["name"](user), clock.stamp(began))
        sample.code = texts["response_code"](user)
        sample.message = texts["response_message"](user)
        sample.success = successful(user)
        sample.data_type = "text"
        sample.sampler_data = texts["request_data"](user)
        sample.encoding = "iso-8859-1"
        sample.body = texts["response_data"](user).encode("iso-8859-1", "replace")
        sample.received = sample.body_size = len(sample.body)
        sample.url = _url(texts["url"](user))
        sample.elapsed = _milliseconds(texts["response_time"](user))
        sample.latency = _milliseconds(texts["latency"](user))
        sample.connect = _milliseconds(texts["connect"](user))
        if waiting(user) and sample.elapsed > 0:
            await trio.sleep(sample.elapsed / 1000.0)
            sample.elapsed = max(sample.elapsed, clock.stamp(clock.now()) - sample.start)
        return sample

    return take


def _milliseconds(text: str) -> int:
    return max(integer(text), 0)


def _url(text: str) -> str | None:
    """The URL where it is one for JMeter, that is, names a protocol."""
    return text if urlsplit(text.strip()).scheme else None
