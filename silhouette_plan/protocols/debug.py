"""Debug Sampler (``org.apache.jmeter.sampler.DebugSampler``): lists what the user knows."""

from __future__ import annotations

from silhouette_plan.plan.samplers import DebugSampler
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.fields import fixed_flag
from silhouette_plan.program.steps import Take
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.listing import listed
from silhouette_plan.values.user import User


def build_debug(node: DebugSampler, scope: SamplerScope, build: Build) -> Take:
    """The sampler of ``node``; Java's system properties are an empty list here."""
    name = build.template(node.name, node)
    sections = [
        ("JMeterVariables", node.show_variables),
        ("JMeterProperties", node.show_properties),
        ("SystemProperties", node.show_system),
    ]
    shown = [title for title, flag in sections if fixed_flag(build, node, flag)]

    async def take(user: User) -> Sample:
        clock = user.run.clock
        start = clock.now()
        sample = Sample(name.evaluate(user), clock.stamp(start))
        known = {"JMeterVariables": user.variables, "JMeterProperties": user.run.properties}
        text = "".join(f"{title}:\n{listed(known.get(title, {}))}\n" for title in shown)
        sample.encoding = "UTF-8"
        sample.body = text.encode()
        sample.received = len(sample.body)
        sample.sampler_data = "".join(f"{title}\n" for title in shown)
        sample.data_type = "text"
        sample.code, sample.message, sample.success = "200", "OK", True
        sample.elapsed = clock.stamp(clock.now()) - sample.start
        return sample

    return take
