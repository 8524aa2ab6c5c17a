"""Redirects: followed by the sampler, each hop a sub-sample; or automatically, as one sample of the last answer.

As JMeter 5.5 was seen to do it: *follow* takes 301, 302, 303 and 308, and 307 for GET and HEAD only, and always goes on with
GET (HEAD stays HEAD) and no body. *Auto* repeats the request of a 307 or 308, goes on from a 303 whatever the method, and
otherwise leaves other methods than GET, HEAD, POST and DELETE alone. Both give up after 20.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from silhouette_plan.protocols.http.body import FORM
from silhouette_plan.protocols.http.exchange import fail
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.head import Head
from silhouette_plan.protocols.http.hop import Hop, Visitor
from silhouette_plan.protocols.http.locations import automatic, followed
from silhouette_plan.protocols.http.request import Request
from silhouette_plan.protocols.http.url import Url, parse
from silhouette_plan.results.sample import Sample

LIMIT = 20
"""Redirects that are followed (``httpsampler.max_redirects``)."""

_FOLLOWED = {301, 302, 303, 308}
_AUTOMATIC = {301, 302, 303, 307, 308}
_REPEATED = {307, 308}
_FOUND, _SEE_OTHER = 302, 303
_METHODS = {"GET", "HEAD", "POST", "DELETE"}
_NO_URL = {"java.net.MalformedURLException", "java.net.URISyntaxException"}
_ANSWER = ("url", "code", "message", "success", "data_type")
_CONTENT = ("body", "encoding", "content_type", "response_headers", "request_headers", "sampler_data")


Page = Callable[[Hop], Awaitable[Sample]]
"""What a response that is no redirect becomes: its sample, with the resources of the page where they are wanted."""


def is_redirect(head: Head, method: str) -> bool:
    """Whether JMeter takes the response for a redirect (``HTTPSampleResult.isRedirect``)."""
    return head.status in _FOLLOWED or (head.status == 307 and method in ("GET", "HEAD"))


def without_location(hop: Hop) -> Hop:
    """The hop, its sample failed where it is a redirect to nowhere."""
    head, request = hop.head, hop.request
    if head is not None and is_redirect(head, request.method) and head.last("location") is None:
        line = f"{request.method} {request.url.text} HTTP/1.1"
        text = f"Missing location header in redirect for {line}"
        fail(hop.sample, HttpFault("java.lang.IllegalArgumentException", text))
        hop.sample.sent = 0
        return Hop(request, hop.sample, None)
    return hop


async def follow(first: Hop, visitor: Visitor, label: str, limit: int, page: Page) -> Sample:
    """Follows the redirect that ``first`` is; the sample of the whole, with one sub-sample a hop.

    ``page`` makes the last hop's sample the whole of a page, whose parts then stand among the hops.
    """
    hops, last = [first.sample], first
    for _ in range(limit):
        location = last.head.last("location") if last.head is not None else None
        method = "HEAD" if last.request.method == "HEAD" else "GET"
        try:
            request = last.request.to(followed(last.request.url, location or ""), method)
        except HttpFault as fault:
            if fault.java in _NO_URL:
                fail(last.sample, fault)
            else:
                hops.append(_unsent(label, fault, last.sample))
            break
        hop = await visitor.visit(request, label)
        if hop is None:
            break
        last = without_location(hop)
        if last.head is None or not is_redirect(last.head, method):
            answer = await page(last)
            return container(label, [*hops, *(answer.subresults or [answer])], answer)
        hops.append(last.sample)
    else:
        hops.append(_exceeded(last.sample, limit))
    return container(label, hops, hops[-1])


def _unsent(label: str, fault: HttpFault, before: Sample) -> Sample:
    """The hop to a URL at which nothing can be asked."""
    sample = Sample(label, before.start + before.elapsed)
    sample.url = fault.url
    fail(sample, fault)
    return sample


def _exceeded(last: Sample, limit: int) -> Sample:
    sample = Sample(last.label, last.start)
    for name in ("elapsed", "latency", "connect", "received", "sent", "url", "response_headers", "request_headers"):
        setattr(sample, name, getattr(last, name))
    fail(sample, HttpFault("java.io.IOException", f"Exceeded maximum number of redirects: {limit}"))
    return sample


def container(label: str, hops: list[Sample], answer: Sample) -> Sample:
    """The sample over ``hops``: from the first's start to the last's end, with the sum of all sizes and what ``answer`` says.

    Sub-samples are named ``LABEL-0``, ``LABEL-1`` …
    """
    first = hops[0]
    whole = Sample(label, first.start)
    whole.elapsed = max(hop.start + hop.elapsed for hop in hops) - first.start
    whole.latency, whole.connect = first.latency, first.connect
    for name in _ANSWER:
        setattr(whole, name, getattr(answer, name))
    for name in _CONTENT:
        if value := getattr(answer, name):
            setattr(whole, name, value)
    for name in ("received", "sent", "headers_size", "body_size"):
        setattr(whole, name, sum(getattr(hop, name) for hop in hops))
    whole.subresults = hops
    for number, hop in enumerate(hops):
        hop.label = f"{label}-{number}"
        hop.parent = whole
    return whole


async def go_on(first: Hop, visitor: Visitor, cookie: str, limit: int) -> Hop:
    """Follows redirects automatically: one sample that lasts from the first request to the last answer."""
    hop, seen = first, set[str]()
    start, connect, latency = first.sample.start, first.sample.connect, first.sample.latency
    while True:
        if hop.head is None or not _goes_on(hop.head, hop.request.method):
            break
        request = _onward(hop) if len(seen) < limit else None
        if request is None or request.url.text in seen:
            hop = _refused(hop)
            break
        seen.add(request.url.text)
        following = await visitor.visit(request, first.sample.label, cookie)
        if following is None:
            break
        hop = following
    sample = hop.sample
    where = first.request.url.text if hop.head is None else hop.request.url.sent
    sample.url = where
    sample.sampler_data = first.sample.sampler_data.replace(first.request.url.text, where, 1)
    sample.elapsed += sample.start - start
    sample.start, sample.connect, sample.latency = start, connect or sample.connect, latency or sample.latency
    return hop


def _goes_on(head: Head, method: str) -> bool:
    """``LaxRedirectStrategy.isRedirected``; only a 302 is looked at for where it leads."""
    if head.status == _SEE_OTHER:
        return True
    return head.status in _AUTOMATIC and method in _METHODS and (head.status != _FOUND or bool(head.all("location")))


def _onward(hop: Hop) -> Request | None:
    """The request that HttpClient makes next; None where it does not know where to go."""
    locations = hop.head.all("location") if hop.head is not None else []
    try:
        return _repeated(hop, automatic(hop.request.url, locations[0])) if locations else None
    except HttpFault:
        return None


def _repeated(hop: Hop, target: Url) -> Request:
    request = hop.request
    if hop.head is not None and hop.head.status in _REPEATED:
        body = request.body
        if body is not None and request.method == "DELETE" and (body.content_type or "").startswith(FORM):
            # HttpClient's copy of a request takes a form for parameters, and those of a DELETE for its query
            mark = "&" if "?" in target.text else "?"
            target, body = parse(f"{target.text}{mark}{body.shown}") if body.shown else target, None
        return request.to(target, request.method, body)
    return request.to(target, "HEAD" if request.method == "HEAD" else "GET")


def _refused(hop: Hop) -> Hop:
    """HttpClient's redirect exceptions reach the sample as a protocol error without words."""
    fail(hop.sample, HttpFault("org.apache.http.client.ClientProtocolException"))
    hop.sample.response_headers, hop.sample.sent = "", 0
    return Hop(hop.request, hop.sample, None)
