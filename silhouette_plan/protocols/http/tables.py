"""What the compiler attaches to iterations: managers whose state a new iteration forgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silhouette_plan.plan.base import Element
from silhouette_plan.plan.configs import AuthManager, CacheManager, CookieManager
from silhouette_plan.program.build import Build
from silhouette_plan.program.late import Late
from silhouette_plan.program.steps import DataStep

_RENEWAL = Late("silhouette_plan.protocols.http.managers:renewal")

DATA: Mapping[type[Element], Callable[[Any, Build], DataStep]] = {
    CookieManager: _RENEWAL,
    CacheManager: _RENEWAL,
    AuthManager: _RENEWAL,
}
