"""The managers in scope of a sampler, compiled: whose cookies, cache and credentials a user's request gets.

Their state is the user's, under the manager it belongs to, so that samplers in scope of one manager share it. ``renewal``
forgets it when the group's iteration begins, where the manager says so.
"""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.plan.base import Config
from silhouette_plan.plan.configs import (
    AuthManager,
    Authorization,
    CacheManager,
    Cookie,
    CookieManager,
    DnsCacheManager,
)
from silhouette_plan.plan.records import record
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import DataStep
from silhouette_plan.protocols.http.cache import Cache
from silhouette_plan.protocols.http.cookies import Entry, Jar, StoredCookie
from silhouette_plan.protocols.http.credentials import Credential, credential_for
from silhouette_plan.protocols.http.texts import Texts
from silhouette_plan.protocols.http.url import Url
from silhouette_plan.protocols.transport.resolve import Addresses
from silhouette_plan.values.user import User

JarOf = Callable[[User], Jar]
CacheOf = Callable[[User], Cache]
CredentialOf = Callable[[User, Url], Credential | None]
AddressesOf = Callable[[User, str], Addresses | None]


@record
class Managers:
    """What stands in scope; None where there is no such manager."""

    jar: JarOf | None = None
    cache: CacheOf | None = None
    credential: CredentialOf | None = None
    addresses: AddressesOf | None = None

    @property
    def absent(self) -> bool:
        """Nothing is in scope that could add to a request, or look at its response."""
        return self.jar is None and self.cache is None and self.credential is None


def jar_of(node: CookieManager, build: Build) -> JarOf:
    """Each user's jar under ``node``, filled with the plan's cookies when it is first asked for."""
    texts = Texts(build, node)
    entries = tuple(_entry(cookie, texts) for cookie in node.cookies)
    policy = node.policy.strip().lower() or "standard"
    saves = build.properties.get("CookieManager.save.cookies", "false").lower() == "true"
    prefix = build.properties.get("CookieManager.name.prefix", "COOKIE_").strip() if saves else None
    keeps_empty = build.properties.get("CookieManager.delete_null_cookies", "true").lower() == "false"
    key = _key(node)

    def jar(user: User) -> Jar:
        found: Jar | None = user.state.get(key)
        if found is None:
            found = user.state[key] = Jar(user, policy, entries, prefix, keeps_empty=keeps_empty)
        return found

    return jar


def _entry(cookie: Cookie, texts: Texts) -> Entry:
    name, value = texts.text(cookie.name), texts.text(cookie.value)
    domain, path = texts.text(cookie.domain), texts.text(cookie.path)
    secure, shared = texts.flag(cookie.secure), texts.flag(cookie.domain_specified)
    expires = texts.text(cookie.expires)

    def stored(user: User) -> StoredCookie:
        seconds = expires(user).strip()
        until = int(seconds) * 1000 if seconds.isdigit() else 0
        host = domain(user).strip().lstrip(".").lower()
        return StoredCookie(name(user), value(user), host, path(user) or "/", secure(user), until, shared(user))

    return stored


def cache_of(node: CacheManager, build: Build) -> CacheOf:
    """Each user's cache under ``node``."""
    texts = Texts(build, node)
    use_expires, size = texts.flag(node.use_expires), texts.text(node.max_size)
    key = _key(node)

    def cache(user: User) -> Cache:
        found: Cache | None = user.state.get(key)
        if found is None:
            limit = size(user).strip()
            found = Cache(int(limit) if limit.isdigit() else 5000, use_expires=use_expires(user))
            user.state[key] = found
        return found

    return cache


def credential_of(node: AuthManager, build: Build) -> CredentialOf:
    """The credential of ``node`` for a URL."""
    texts = Texts(build, node)
    entries = tuple(_credential(entry, texts) for entry in node.entries)

    def credential(user: User, url: Url) -> Credential | None:
        return credential_for((entry(user) for entry in entries), url)

    return credential


def _credential(entry: Authorization, texts: Texts) -> Callable[[User], Credential]:
    url, user_name, password = texts.text(entry.url), texts.text(entry.user), texts.text(entry.password)
    realm, mechanism = texts.text(entry.realm), entry.mechanism.upper() or "BASIC"
    return lambda user: Credential(url(user), user_name(user), password(user), realm(user), mechanism)


def addresses_of(node: DnsCacheManager, build: Build) -> AddressesOf:
    """The static addresses of ``node`` for a host; None: the system is asked."""
    texts = Texts(build, node)
    hosts = tuple((texts.text(host.name), texts.text(host.address)) for host in node.hosts)

    def addresses(user: User, host: str) -> Addresses | None:
        for name, address in hosts:
            if name(user).lower() == host.lower():
                return tuple(part.strip() for part in address(user).split(",") if part.strip())
        return None

    return addresses


def renewal(node: CookieManager | CacheManager | AuthManager, build: Build) -> DataStep:
    """What happens to the user's state under ``node`` when an iteration of the group begins."""
    if isinstance(node, AuthManager) or not (node.clear_each_iteration or node.controlled_by_group):
        return DataStep()
    texts = Texts(build, node)
    clears, controlled = texts.flag(node.clear_each_iteration), texts.flag(node.controlled_by_group)
    key = _key(node)

    def advance(user: User) -> None:
        new_visitor = user.variables.get("__jmv_SAME_USER") == "false"
        if new_visitor if controlled(user) else clears(user):
            user.state.pop(key, None)

    return DataStep(advance=advance)


def _key(node: Config) -> tuple[str, int]:
    """Where the state under ``node`` stands; the compiled step keeps the node, so that the number stays its own."""
    return type(node).__name__, id(node)
