"""Embedded resources: what a page pulls in, downloaded with it, each a sub-sample (``downloadPageResources``).

One after another, or several at a time. The whole fails with any of its resources, and says which.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from silhouette_plan.plan.records import record
from silhouette_plan.protocols.http.exchange import fail
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.hop import Hop
from silhouette_plan.protocols.http.redirects import container
from silhouette_plan.protocols.http.texts import Render, Switch
from silhouette_plan.protocols.http.url import Url
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User

DEPTH = 5
"""How deep frames may be nested (``httpsampler.max_frame_depth``)."""

POOL = 6
"""How many resources are downloaded at a time where the plan does not say."""

Links = Callable[[str, str, Url], list[Url]]
"""Finds the resources in a text by its media type and URL (``links.links``)."""

Fetch = Callable[[Url, int], Awaitable[Sample | None]]
"""Takes the sample of a resource at a depth; None where it is cached."""


@record
class Embedded:
    """How a request wants the resources of its page."""

    wanted: Switch
    links: Links
    matching: Render
    parallel: Switch
    pool: Render
    forgiving: bool

    def applies(self, user: User, hop: Hop) -> bool:
        """Whether ``hop`` is a page whose resources are wanted."""
        sample = hop.sample
        return sample.success and sample.data_type == "text" and hop.head is not None and self.wanted(user)

    async def download(self, user: User, hop: Hop, label: str, depth: int, fetch: Fetch) -> Sample:
        """The sample of ``hop`` with its resources; the page's own where it has none."""
        page = hop.sample
        if depth > DEPTH:
            page.subresults = [_too_deep(page)]
            return page
        found = self.links(page.text, hop.head.media.content_type if hop.head is not None else "", hop.request.url)
        if not found:
            return page
        matches = _pattern(self.matching(user))
        urls = [url for url in found if matches(url.text)]
        size = self._size(user)
        fetched = await _together(urls, depth, fetch, size) if size > 1 else [await fetch(url, depth) for url in urls]
        hops = [page, *(sample for sample in fetched if sample is not None)]
        whole = container(label, hops, page)
        if not self.forgiving and not all(sample.success for sample in hops):
            whole.success = False
            whole.message = "Embedded resource download error:" + "".join(map(_complaint, hops))
        return whole

    def _size(self, user: User) -> int:
        if not self.parallel(user):
            return 1
        text = self.pool(user).strip()
        return int(text) if text.isdigit() and int(text) > 0 else POOL


async def _together(urls: list[Url], depth: int, fetch: Fetch, size: int) -> list[Sample | None]:
    """All samples, in the order of ``urls``, at most ``size`` at a time."""
    import trio

    samples: list[Sample | None] = [None] * len(urls)
    limiter = trio.CapacityLimiter(size)

    async def one(number: int, url: Url) -> None:
        async with limiter:
            samples[number] = await fetch(url, depth)

    async with trio.open_nursery() as nursery:
        for number, url in enumerate(urls):
            nursery.start_soon(one, number, url)
    return samples


def _pattern(text: str) -> Callable[[str], bool]:
    """Whether a URL matches as a whole; no pattern, or one that cannot be read, lets all through."""
    if not text:
        return lambda url: True
    try:
        compiled = re.compile(text)
    except re.error:
        return lambda url: True
    return lambda url: compiled.fullmatch(url) is not None


def _complaint(sample: Sample) -> str:
    return "" if sample.success else f"{sample.url} code:{sample.code} message:{sample.message}, "


def _too_deep(page: Sample) -> Sample:
    sample = Sample(f"{page.label}-0", page.start)
    sample.request_headers, sample.response_headers = page.request_headers, page.response_headers
    sample.url = page.url
    sample.sent = page.sent
    page.sent += sample.sent
    fail(sample, HttpFault("java.lang.Exception", "Maximum frame/iframe nesting depth exceeded."))
    sample.encoding = page.encoding
    return sample
