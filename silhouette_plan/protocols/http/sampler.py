"""HTTP Request: plan node to sampler (``HTTPSamplerProxy`` with the HttpClient4 implementation).

Two shapes. The *steady* one is for a request in which nothing is live and to which nothing in scope adds: its bytes are made
once, and a sample is one look-up of the user's session and one exchange. The *general* one renders the request for each
sample and goes through cookies, cache and credentials.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import HttpRequest
from silhouette_plan.program.build import Build, SamplerScope
from silhouette_plan.program.fields import renames
from silhouette_plan.program.late import Late
from silhouette_plan.program.steps import Take
from silhouette_plan.protocols.http.embedded import Embedded
from silhouette_plan.protocols.http.exchange import Terms, fail, perform
from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.hop import CachedAnswer, Hop, Visitor, cached_answer, show
from silhouette_plan.protocols.http.managers import Managers, addresses_of, cache_of, credential_of, jar_of
from silhouette_plan.protocols.http.merge import Merged, merge
from silhouette_plan.protocols.http.naming import by_url
from silhouette_plan.protocols.http.recipe import Recipe, recipe_of
from silhouette_plan.protocols.http.redirects import LIMIT, follow, go_on, is_redirect, without_location
from silhouette_plan.protocols.http.refusals import refuse
from silhouette_plan.protocols.http.request import Request
from silhouette_plan.protocols.http.session import Session, session_of
from silhouette_plan.protocols.http.texts import Render, Switch, Texts
from silhouette_plan.protocols.http.url import Malformed, Url
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User


@record
class Sampler:
    """An HTTP Request, compiled."""

    label: Render
    recipe: Recipe
    terms: Callable[[User], Terms]
    managers: Managers
    cached: CachedAnswer | None
    follow: Switch
    auto: Switch
    limit: int
    embedded: Embedded

    async def take(self, user: User) -> Sample | None:
        """The general shape."""
        label = self.label(user)
        session = session_of(user)
        try:
            request = self.recipe.render(user)
        except HttpFault as fault:
            return unsent(fault, label, session)
        visitor = Visitor(user, session, self.managers, self.terms(user), self.cached)
        auto = self.auto(user)
        cookie = self.managers.jar(user).header(request.url) if auto and self.managers.jar is not None else None
        hop = await visitor.visit(request, label, cookie)
        if hop is None:
            return None
        if auto:
            hop = await go_on(hop, visitor, cookie or "", self.limit)
        return await self.conclude(hop, visitor, label)

    async def conclude(self, hop: Hop, visitor: Visitor, label: str, depth: int = 0) -> Sample:
        """What follows a response: redirects and the resources of a page, where the plan wants them."""
        hop = without_location(hop)
        user = visitor.user

        async def page(last: Hop) -> Sample:
            if not self.embedded.applies(user, last):
                return last.sample
            return await self.embedded.download(user, last, label, depth, fetch)

        async def fetch(url: Url, depth: int) -> Sample | None:
            body = hop.request.body
            kept = body if body is not None and body.stays else None
            found = await visitor.visit(hop.request.to(url, "GET", kept), label)
            return None if found is None else await self.conclude(found, visitor, label, depth + 1)

        if hop.head is not None and is_redirect(hop.head, hop.request.method) and self.follow(user):
            sample = await follow(hop, visitor, label, self.limit, page)
        else:
            sample = await page(hop)
        for part in sample.subresults:
            part.thread_name = user.thread_name
        return sample

    def steady(self, label: str) -> Take:
        """The steady shape; its request and terms are made at the first sample."""
        made: Request | HttpFault | None = None
        terms = Terms()
        shown = ""

        async def after(session: Session, request: Request, sample: Sample) -> Sample:
            visitor = Visitor(session.user, session, self.managers, terms, None)
            hop = Hop(request, sample, session.head)
            if self.auto(session.user):
                hop = await go_on(hop, visitor, "", self.limit)
            return await self.conclude(hop, visitor, label)

        def take(user: User) -> Awaitable[Sample | None]:
            nonlocal made, terms, shown
            session: Session = user.state.get(Session) or session_of(user)
            if session.iteration != user.iteration:
                session.begin_iteration(user)
            if made is None:
                made, terms = self._once(user), self.terms(user)
                if isinstance(made, Request):
                    shown = made.url.sent if self.auto(user) else made.url.text
            request = made
            if isinstance(request, HttpFault):
                return _at_once(unsent(request, label, session))
            begun = user.began
            sample = Sample(label, session.stamp(begun))
            sample.url = shown
            if terms.keep_request:
                show(request, sample, request.fields())
            return perform(session, request, request.plain, sample, begun, terms, after)

        return take

    def _once(self, user: User) -> Request | HttpFault:
        try:
            return self.recipe.render(user)
        except HttpFault as fault:
            return fault


def build_http(node: HttpRequest, scope: SamplerScope, build: Build) -> Take:
    """The sampler of ``node``; what cannot be done as JMeter does it is reported."""
    merged = merge(node, scope)
    refuse(merged, build)
    texts = Texts(build, node)
    sampler = Sampler(
        label=texts.text(node.name),
        recipe=recipe_of(merged, build),
        terms=_terms(merged, scope, build, texts),
        managers=_managers(merged, build),
        cached=cached_answer(build.properties),
        follow=texts.flag(node.follow_redirects),
        auto=texts.flag(node.auto_redirects),
        limit=_limit(build),
        embedded=_embedded(merged, build, texts),
    )
    label = texts.constant(node.name)
    live = texts.live or sampler.recipe.live or label is None
    simple = not (live or merged.embedded or merged.dns is not None) and sampler.managers.absent
    take = sampler.steady(label or "") if simple else sampler.take
    return take if renames(build.properties) else by_url(take)


def _terms(merged: Merged, scope: SamplerScope, build: Build, texts: Texts) -> Callable[[User], Terms]:
    """The terms of a user's request; the same object each time where nothing of them is live."""
    connect, timeout = texts.seconds(merged.connect_timeout), texts.seconds(merged.response_timeout)
    source, md5 = texts.text(merged.source_address), texts.flag(merged.save_as_md5)
    store = build.properties.get("httpsampler.max_bytes_to_store_per_request", "0").strip()
    fixed = Terms(
        keep_body=scope.reads_body or bool(merged.embedded),
        keep_headers=scope.reads_headers,
        keep_request=scope.reads_request,
        store=int(store) if store.isdigit() else 0,
    )
    last = fixed

    def terms(user: User) -> Terms:
        nonlocal last
        values = (connect(user), timeout(user), source(user), md5(user))
        if values != (last.connect_timeout, last.timeout, last.source, last.md5):
            names = ("connect_timeout", "timeout", "source", "md5")
            last = replace(fixed, **dict(zip(names, values, strict=True)))  # type: ignore[arg-type]
        return last

    return terms


def _embedded(merged: Merged, build: Build, texts: Texts) -> Embedded:
    forgiving = build.properties.get("httpsampler.ignore_failed_embedded_resources", "").strip().lower() == "true"
    links = Late("silhouette_plan.protocols.http.links:links")
    if merged.embedded:
        links.load()  # it takes an HTML parser, which the first page shall not wait for
    return Embedded(
        wanted=texts.flag(merged.embedded),
        links=links,
        matching=texts.text(merged.embedded_matching),
        parallel=texts.flag(merged.concurrent_embedded),
        pool=texts.text(merged.embedded_parallel),
        forgiving=forgiving,
    )


def _managers(merged: Merged, build: Build) -> Managers:
    return Managers(
        jar=jar_of(merged.cookies, build) if merged.cookies is not None else None,
        cache=cache_of(merged.cache, build) if merged.cache is not None else None,
        credential=credential_of(merged.auth, build) if merged.auth is not None else None,
        addresses=addresses_of(merged.dns, build) if merged.dns is not None else None,
    )


def _limit(build: Build) -> int:
    text = build.properties.get("httpsampler.max_redirects", "").strip()
    return int(text) if text.isdigit() else LIMIT


async def _at_once(sample: Sample) -> Sample:
    return sample


def unsent(fault: HttpFault, label: str, session: Session) -> Sample:
    """The sample of a request that could not be made. Without a URL JMeter gives it no label either."""
    malformed = isinstance(fault, Malformed)
    sample = Sample("" if malformed else label, session.stamp(session.now()))
    sample.url = fault.url
    fail(sample, fault)
    return sample
