"""Fields of HTTP requests and databases that only the language has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from silhouette_plan.importers.jmx.lowering.scene import Lowered, Scene

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import Database, Header, HeaderManager, HttpDefaults
from silhouette_plan.plan.samplers import HttpFile, HttpRequest

_WHOLE = re.compile(r"https?://|\$\{", re.IGNORECASE)


def _request(element: HttpRequest, scene: Scene) -> Lowered | None:
    """The base goes in front of the path, a file body among the files, the type of a JSON body into a header."""
    new = element
    base = _base(scene)
    if base and not element.domain and not _WHOLE.match(element.path):
        slash = "" if element.path.startswith(("/", "?")) or not element.path else "/"
        new = replace(new, path=base.rstrip("/") + slash + element.path)
    if element.body_file:
        new = replace(new, files=(*new.files, HttpFile(element.body_file)), body_file="")
    new = replace(new, json_body=False)
    before: tuple[Element, ...] = ()
    if element.json_body and not _has_type(element, scene):
        before = (HeaderManager(name="HTTP Header Manager", headers=(Header("Content-Type", "application/json"),)),)
    return None if new == element else Lowered(new, before)


def _base(scene: Scene) -> str:
    """The nearest ``base`` in scope; nearer defaults with a host of their own replace it."""
    for one in scene.configs():
        if isinstance(one, HttpDefaults) and (one.base or one.domain):
            return "" if one.domain else one.base
    return ""


def _has_type(element: HttpRequest, scene: Scene) -> bool:
    own = (child for child in element.children if child.enabled)
    managers = (one for one in (*own, *scene.configs()) if isinstance(one, HeaderManager))
    return any(header.name.lower() == "content-type" for one in managers for header in one.headers)


def _defaults(element: HttpDefaults, scene: Scene) -> Lowered | None:
    return Lowered(replace(element, base="")) if element.base else None


def _database(element: Database, scene: Scene) -> Lowered | None:
    if not element.pool_min and not element.statement_timeout:
        return None
    return Lowered(replace(element, pool_min="", statement_timeout=""))


REQUESTS: Mapping[type[Element], Callable[..., Lowered | None]] = {
    HttpRequest: _request,
    HttpDefaults: _defaults,
    Database: _database,
}
"""What lowers a kind."""
