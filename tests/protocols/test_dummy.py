"""The Dummy Sampler. What is expected was read off the plugin in JMeter 5.5."""

from __future__ import annotations

import pytest
from taking import samples_of

from silhouette_plan.plan.samplers import DummySampler
from silhouette_plan.results.sample import Sample


def take(node: DummySampler) -> Sample:
    (sample,) = samples_of(node)
    return sample


def test_is_what_its_fields_say() -> None:
    sample = take(
        DummySampler(
            name="g ${__threadNum}",
            waiting=False,
            successful=False,
            response_code="500",
            response_message="no",
            response_data="body é",
            response_time="500",
            latency="10",
            connect="5",
            url="http://x/y",
        )
    )
    assert (sample.label, sample.code, sample.message, sample.success) == ("g 1", "500", "no", False)
    assert (sample.elapsed, sample.latency, sample.connect, sample.received) == (500, 10, 5, 6)
    assert sample.url == "http://x/y"


def test_waits_for_its_response_time() -> None:
    assert take(DummySampler(response_time="30")).elapsed >= 30


@pytest.mark.parametrize(("time", "url"), [("x", "bad url"), ("", "")])
def test_fields_that_read_as_nothing(time: str, url: str) -> None:
    sample = take(DummySampler(response_time=time, url=url))
    assert sample.elapsed < 30
    assert sample.url is None
