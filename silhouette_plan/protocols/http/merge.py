"""A request with the configuration in scope merged into it, still as the plan writes it.

JMeter offers the configuration elements innermost first: HTTP Request Defaults fill what is empty and append their
arguments, Header Managers merge by name (the nearest wins), and of Cookie, Cache and Authorization Managers the outermost
replaces the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from silhouette_plan.plan.base import Flag, Text
from silhouette_plan.plan.configs import (
    AuthManager,
    CacheManager,
    CookieManager,
    DnsCacheManager,
    Header,
    HeaderManager,
    HttpDefaults,
)
from silhouette_plan.plan.records import record
from silhouette_plan.plan.samplers import HttpArgument, HttpRequest
from silhouette_plan.program.build import SamplerScope

T = TypeVar("T")


@record(kw_only=True)
class Merged:
    """What a request is made of. ``raw``: the values of the arguments, joined, are the body. ``base`` is the language's."""

    node: HttpRequest
    base: Text
    protocol: Text
    domain: Text
    port: Text
    path: Text
    method: Text
    encoding: Text
    arguments: tuple[HttpArgument, ...]
    raw: bool
    headers: tuple[Header, ...]
    connect_timeout: Text
    response_timeout: Text
    embedded: Flag
    embedded_matching: Text
    embedded_parallel: Text
    concurrent_embedded: Flag
    proxy_host: Text
    implementation: str
    source_address: Text
    save_as_md5: Flag
    cookies: CookieManager | None
    cache: CacheManager | None
    auth: AuthManager | None
    dns: DnsCacheManager | None


def merge(node: HttpRequest, scope: SamplerScope) -> Merged:
    """``node`` with the configuration of ``scope``."""
    defaults = tuple(config for config in scope.configs if isinstance(config, HttpDefaults))
    sources: tuple[HttpRequest | HttpDefaults, ...] = (node, *defaults)

    def text(name: str) -> Text:
        return next((value for source in sources if (value := getattr(source, name))), "")

    def flag(name: str) -> Flag:
        return next((value for source in sources if (value := getattr(source, name))), False)

    return Merged(
        node=node,
        base=_base(node, defaults),
        protocol=text("protocol"),
        domain=text("domain"),
        port=text("port"),
        path=text("path"),
        method=text("method"),
        encoding=text("encoding"),
        arguments=_arguments(sources),
        raw=any(source.body is not None for source in sources),
        headers=_headers(config for config in scope.configs if isinstance(config, HeaderManager)),
        connect_timeout=text("connect_timeout"),
        response_timeout=text("response_timeout"),
        embedded=flag("embedded"),
        embedded_matching=text("embedded_matching"),
        embedded_parallel=text("embedded_parallel"),
        concurrent_embedded=flag("concurrent_embedded"),
        proxy_host=text("proxy_host"),
        implementation=text("implementation"),
        source_address=text("source_address"),
        save_as_md5=flag("save_as_md5"),
        cookies=_outermost(scope, CookieManager),
        cache=_outermost(scope, CacheManager),
        auth=_outermost(scope, AuthManager),
        dns=_outermost(scope, DnsCacheManager),
    )


def _base(node: HttpRequest, defaults: tuple[HttpDefaults, ...]) -> Text:
    """The nearest ``base``, unless a domain is nearer."""
    if node.domain:
        return ""
    nearest = next((config for config in defaults if config.base or config.domain), None)
    return nearest.base if nearest is not None else ""


def _arguments(sources: Iterable[HttpRequest | HttpDefaults]) -> tuple[HttpArgument, ...]:
    """Arguments are appended, also those of the same name; a raw body is an argument without a name."""
    found: list[HttpArgument] = []
    for source in sources:
        if source.body is not None:
            found.append(HttpArgument(name="", value=source.body))
        found.extend(source.arguments)
    return tuple(found)


def _headers(managers: Iterable[HeaderManager]) -> tuple[Header, ...]:
    merged: list[Header] = []
    known: set[str] = set()
    for place, manager in enumerate(managers):
        for header in manager.headers:
            # only the nearest manager may say a name twice
            if place == 0 or header.name.lower() not in known:
                merged.append(header)
                known.add(header.name.lower())
    return tuple(merged)


def _outermost(scope: SamplerScope, kind: type[T]) -> T | None:
    return next((config for config in reversed(scope.configs) if isinstance(config, kind)), None)
