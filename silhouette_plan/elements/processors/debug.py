"""Debug PostProcessor (``org.apache.jmeter.extractor.DebugPostProcessor``): a sub-sample that lists what was known."""

from __future__ import annotations

from collections.abc import Mapping

from silhouette_plan.elements.codes import complain
from silhouette_plan.plan.processors import DebugPostProcessor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, renames, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.listing import listed
from silhouette_plan.values.user import User


def debug_post_processor(node: DebugPostProcessor, build: Build) -> After:
    """Lists the sampler's name, variables and properties. Java's system properties do not exist here."""
    if node.show_system is True:
        complain(build, node, "EL014")
    name, after_parent = text_of(build, node, node.name), renames(build.properties)
    sections = [
        (title, flag_of(build, node, flag))
        for title, flag in (
            ("SamplerProperties", node.show_sampler),
            ("JMeterVariables", node.show_variables),
            ("JMeterProperties", node.show_properties),
            ("SystemProperties", node.show_system),
        )
    ]

    def act(user: User, sample: Sample) -> None:
        shown = [title for title, is_shown in sections if is_shown(user)]
        known = _known(user)
        sub = _finished(user, sample, name(user))
        sub.body = "".join(f"{title}:\n{listed(known[title])}\n" for title in shown).encode()
        sub.encoding = "UTF-8"
        sub.received = sub.body_size = len(sub.body)
        sub.sampler_data = "".join(f"{title}\n" for title in shown)
        if after_parent:
            sub.label = f"{sample.label}-{len(sample.subresults)}"
        _add(sample, sub)

    return act


def _known(user: User) -> Mapping[str, Mapping[str, object]]:
    return {
        "SamplerProperties": {"TestElement.name": user.sampler_name},
        "JMeterVariables": {name: value for name, value in user.variables.items() if value is not None},
        "JMeterProperties": user.run.properties,
        "SystemProperties": {},
    }


def _finished(user: User, sample: Sample, label: str) -> Sample:
    """A successful sample of no length."""
    clock = user.run.clock
    sub = Sample(label, clock.stamp(clock.now()))
    sub.code, sub.message, sub.success, sub.data_type = "200", "OK", True, "text"
    sub.thread_name = sample.thread_name
    sub.group_threads, sub.all_threads = sample.group_threads, sample.all_threads
    return sub


def _add(sample: Sample, sub: Sample) -> None:
    """Makes ``sub`` the last sub-sample (``SampleResult.addSubResult``)."""
    sub.parent = sample
    sample.subresults = [*sample.subresults, sub]
    sample.received += sub.received
    sample.body_size = sample.body_length + sub.body_length
