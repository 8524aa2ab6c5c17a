"""The parts of a sample that elements search (JMeter's ``useHeaders`` and ``Assertion.test_field``)."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from silhouette_plan.results.sample import Sample

Part = Callable[[Sample], str]


def unescaped(sample: Sample) -> str:
    """The body with its HTML entities resolved."""
    return html.unescape(sample.text)


PARTS: Mapping[str, Part] = {
    "body": lambda sample: sample.text,
    "unescaped": unescaped,
    "headers": lambda sample: sample.response_headers,
    "request-headers": lambda sample: sample.request_headers,
    "request-data": lambda sample: sample.sampler_data,
    "url": lambda sample: sample.url or "",
    "status": lambda sample: sample.code,
    "message": lambda sample: sample.message,
}
"""A part of a sample by its name in the language."""
