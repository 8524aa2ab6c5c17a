"""One request with all that stands in scope of it: cookies, cache, credentials; and its sample, filled in whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from silhouette_plan.protocols.http.credentials import Credential, answer
from silhouette_plan.protocols.http.exchange import Terms, perform
from silhouette_plan.protocols.http.head import Head
from silhouette_plan.protocols.http.managers import Managers
from silhouette_plan.protocols.http.request import Headers, Request
from silhouette_plan.protocols.http.session import Session
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User

_NO_SAMPLE = "RETURN_NO_SAMPLE"
_NOT_SHOWN = {"HEAD", "OPTIONS", "TRACE"}


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """The sample that a fresh cache entry makes (``cache_manager.cached_resource_mode``)."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Hop:
    """A request answered: its ``sample``, and the ``head`` of the response where there was one."""

    request: Request
    sample: Sample
    head: Head | None


class Visitor:
    """A user on the way through the hops of one sample."""

    __slots__ = ("_cached", "_managers", "_terms", "session", "user")

    def __init__(
        self, user: User, session: Session, managers: Managers, terms: Terms, cached: CachedAnswer | None
    ) -> None:
        self.user = user
        self.session = session
        self._managers = managers
        self._terms = terms
        self._cached = cached

    async def visit(self, request: Request, label: str, cookie: str | None = None) -> Hop | None:
        """Takes the sample of ``request``; None where a fresh cache entry makes it unnecessary.

        ``cookie`` is the Cookie field of an earlier hop, which an automatic redirect repeats.
        """
        user, session, managers = self.user, self.session, self._managers
        begun = session.now()
        sample = Sample(label, session.stamp(begun))
        sample.url = request.url.text
        cache = managers.cache(user) if managers.cache is not None else None
        if cookie is None:
            cookie = managers.jar(user).header(request.url) if managers.jar is not None else ""
        added = cache.conditions(request) if cache is not None else ()
        if cache is not None and cache.fresh(request, sample.start):
            return self._from_cache(request, sample)
        credential = managers.credential(user, request.url) if managers.credential is not None else None
        head = await self._send(request, sample, begun, cookie, added, credential)
        if head is not None:
            if managers.jar is not None:
                managers.jar(user).store(head.all("set-cookie"), request.url, sample.start + sample.elapsed)
            if cache is not None:
                cache.save(request, head, sample.start + sample.elapsed)
        return Hop(request, sample, head)

    def _from_cache(self, request: Request, sample: Sample) -> Hop | None:
        if self._cached is None:
            return None
        sample.code, sample.message, sample.success = self._cached.code, self._cached.message, True
        return Hop(request, sample, None)

    async def _send(
        self, request: Request, sample: Sample, begun: float, cookie: str, added: Headers, credential: Credential | None
    ) -> Head | None:
        """Sends the request, and once more with an answer to a challenge."""
        terms = self._terms
        if self._managers.addresses is not None:
            terms = replace(terms, static=self._managers.addresses(self.user, request.url.origin.host))
        own = request.has("authorization")
        ahead = credential.ahead() if credential is not None and not own else ""
        head = await self._once(request, sample, begun, terms, cookie, added, ahead)
        if head is not None and head.status == 401 and credential is not None and not own:
            response = answer(credential, head.all("www-authenticate"), request)
            if response:
                head = await self._once(request, sample, begun, terms, cookie, added, response, again=True)
        return head

    async def _once(
        self,
        request: Request,
        sample: Sample,
        begun: float,
        terms: Terms,
        cookie: str,
        added: Headers,
        authorization: str,
        *,
        again: bool = False,
    ) -> Head | None:
        dressed = bool(cookie or added or authorization)
        data = request.bytes(cookie, added, authorization) if dressed else request.plain
        if terms.keep_request:
            show(request, sample, request.fields(cookie, added, authorization))
        await perform(self.session, request, data, sample, begun, terms, again=again)
        return self.session.head


def cached_answer(properties: dict[str, str]) -> CachedAnswer | None:
    """What the properties say of cached resources; None: no sample at all, which is the default."""
    match properties.get("cache_manager.cached_resource_mode", _NO_SAMPLE):
        case "RETURN_200_CACHE":
            return CachedAnswer("200", properties.get("RETURN_200_CACHE.message", "(ex cache)"))
        case "RETURN_CUSTOM_STATUS":
            code, message = "RETURN_CUSTOM_STATUS.code", "RETURN_CUSTOM_STATUS.message"
            return CachedAnswer(properties.get(code, ""), properties.get(message, ""))
        case _:
            return None


def show(request: Request, sample: Sample, fields: Headers) -> None:
    """Puts into ``sample`` what JMeter shows of a request (``HTTPSampleResult.getSamplerData``)."""
    sample.request_headers = "".join(f"{name}: {value}\n" for name, value in fields if name.lower() != "cookie")
    cookies = "; ".join(value for name, value in fields if name.lower() == "cookie")
    shown = f"{request.method} {request.url.text}\n"
    if request.method not in _NOT_SHOWN:
        shown += f"\n{request.method} data:\n{request.body.shown if request.body is not None else ''}\n"
    sample.sampler_data = shown + (f"\nCookie Data:\n{cookies}\n" if cookies else "\n[no cookies]\n")
