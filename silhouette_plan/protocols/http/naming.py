"""Names of HTTP sub-samples where JMeter does not rename them: in functional mode, or by ``subresults.disable_renaming``.

Each is called by its URL then (``HTTPAbstractImpl.configureSampleLabel``), and one that holds others by the first's.
"""

from __future__ import annotations

from silhouette_plan.program.steps import Take
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


def by_url(take: Take) -> Take:
    """``take``, all below its sample named by their URLs."""

    async def named(user: User) -> Sample | None:
        sample = await take(user)
        if sample is not None:
            for part in sample.subresults:
                _name(part)
        return sample

    return named


def _name(sample: Sample) -> None:
    for part in sample.subresults:
        _name(part)
    if sample.subresults:
        sample.label = sample.subresults[0].label
    elif sample.url is not None:
        sample.label = sample.url
