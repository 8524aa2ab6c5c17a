"""What the compiler attaches to iterations: managers whose state a new iteration forgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import AuthManager, CacheManager, CookieManager
from silhouette_plan.program.build import Build
from silhouette_plan.program.steps import DataStep


def renewal(node: Any, build: Build) -> DataStep:
    """Imported when first needed."""
    from silhouette_plan.protocols.http.managers import renewal

    return renewal(node, build)


DATA: Mapping[type[Element], Callable[[Any, Build], DataStep]] = {
    CookieManager: renewal,
    CacheManager: renewal,
    AuthManager: renewal,
}
