"""One exchange: a request over one of the user's connections, and the sample it gives.

Times: ``start`` just before a connection is made, or as the request leaves over one that is kept; the end when the last
byte was there, both stamped in whole ms by the run's clock, so that rows add up. ``latency`` is the time to the first byte,
0 where the response has no body at all (HEAD, 204, 304), as JMeter has it. An idle connection that the peer closed is
replaced once, and only where nothing of an answer had come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from math import inf

from silhouette_plan.plan.records import record
from silhouette_plan.protocols.http.connection import Connection
from silhouette_plan.protocols.http.content import decoded
from silhouette_plan.protocols.http.faults import HttpFault, named
from silhouette_plan.protocols.http.request import Request
from silhouette_plan.protocols.http.session import Session
from silhouette_plan.protocols.http.url import Origin
from silhouette_plan.protocols.transport.faults import TransportFault
from silhouette_plan.protocols.transport.resolve import Addresses
from silhouette_plan.results.sample import Sample


@record
class Terms:
    """How a request is sent: timeouts in s (``inf``: none), the ``static`` addresses of its host, a local ``source`` address;
    and what of the answer is wanted. ``md5``: the body's digest stands for the body. ``store``: bytes of a body that are
    kept, the rest is cut off (0: all)."""

    connect_timeout: float = inf
    timeout: float = inf
    static: Addresses | None = None
    source: str = ""
    keep_body: bool = True
    keep_headers: bool = True
    keep_request: bool = True
    md5: bool = False
    store: int = 0


After = Callable[[Session, Request, Sample], Awaitable[Sample]]
"""What else becomes of a sample whose response is no plain success."""


async def perform(
    session: Session,
    request: Request,
    data: bytes,
    sample: Sample,
    begun: float,
    terms: Terms,
    after: After | None = None,
    *,
    again: bool = False,
) -> Sample:
    """Sends ``data`` for ``request`` and fills ``sample``, which began at ``begun`` (monotonic s).

    Over a kept connection the sample's time counts from when the request left, unless it went out before (``again``).
    ``session.head`` is then the response's head, or None where there was no response and ``sample`` says why. A response
    with a status from 300 on is handed to ``after``. All of a sample's waiting is done in this one frame: each frame of a
    coroutine more would cost every resumed user.
    """
    stamp = session.stamp
    bodiless, keep, timeout = request.bodiless, terms.keep_body, terms.timeout
    origin = request.url.origin
    connection = session.last
    if (
        connection is not None
        and connection.origin is origin
        and connection.expires > begun
        and not connection.wire.stale()
    ):
        session.last = None
    else:
        connection = session.reuse(origin, begun)
    since = begun
    try:
        while True:
            if connection is None:
                again = True
                connection = await _connected(session, origin, sample, terms)
                since = session.now()
            wire = connection.wire
            connection.received = 0
            try:
                if not wire.send(data):
                    await wire.flush()
                    since = session.now()
                await wire.ready(since + timeout)
                if not connection.take(bodiless, keep):
                    await connection.receive(bodiless, keep, timeout)
                break
            except BaseException as fault:
                connection.close()
                if not connection.replaceable(fault):
                    raise
                connection = None
        if not again:
            sample.start = stamp(wire.sent)
        head = connection.head
        if session.last is None and connection.lasting and connection.served > 1 and not (request.close or head.idle):
            session.last = connection
        else:
            session.keep(connection, request.close)
        if keep:
            as_it_came = not (terms.md5 or terms.store or head.coding)
            sample.body = connection.body if as_it_came else _body(connection, terms)
    except (HttpFault, TransportFault) as fault:
        sample.elapsed = stamp(session.now()) - sample.start
        session.head = None
        fail(sample, fault)
        return sample
    session.head = head
    sample.elapsed = elapsed = max(stamp(connection.last) - sample.start, 0)
    if head.length and not bodiless:
        whole = connection.first == connection.last
        sample.latency = elapsed if whole else max(stamp(connection.first) - sample.start, 0)
    sample.code = head.code
    sample.message = head.reason
    sample.success = head.success
    sample.received = connection.received
    sample.sent = len(data)
    media = head.media
    sample.data_type = media.data_type
    sample.encoding = media.encoding
    if terms.keep_headers:
        sample.content_type = media.content_type
        sample.response_headers = head.text
        sample.headers_size = head.size
        sample.body_size = connection.received - head.size
    if after is not None and head.status >= 300:
        return await after(session, request, sample)
    return sample


async def _connected(session: Session, origin: Origin, sample: Sample, terms: Terms) -> Connection:
    """A new connection, whose making ``sample`` pays for."""
    try:
        return await session.open(origin, terms.static, terms.connect_timeout, terms.timeout, terms.source)
    finally:
        sample.connect = session.stamp(session.now()) - sample.start


def _body(connection: Connection, terms: Terms) -> bytes:
    head, body = connection.head, connection.body
    if head.coding:
        body = decoded(body, head.coding)
    if terms.md5 and body:
        return hashlib.md5(body, usedforsecurity=False).hexdigest().encode()
    return body[: terms.store] if terms.store else body


def fail(sample: Sample, fault: HttpFault | TransportFault) -> None:
    """Makes ``sample`` one without an answer, in JMeter's words."""
    java, text = named(fault)
    sample.code = f"Non HTTP response code: {java}"
    sample.message = f"Non HTTP response message: {text}"
    sample.success = False
    sample.data_type = "text"
    sample.encoding = ""
    sample.body = (java if text == "null" else f"{java}: {text}").encode()
