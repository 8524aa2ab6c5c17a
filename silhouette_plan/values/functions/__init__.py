"""JMeter's function library: one module a family, each a table from name to ``Function``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from silhouette_plan.values.context import Function
from silhouette_plan.values.functions import (
    dates,
    draws,
    identity,
    logs,
    numbers,
    properties,
    variables,
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    identity.TABLE | properties.TABLE | variables.TABLE | logs.TABLE | numbers.TABLE | draws.TABLE | dates.TABLE
)
"""What a stock JMeter knows, by name."""

WITH_PLUGINS: Mapping[str, Function] = MappingProxyType(dict(FUNCTIONS))
"""The same with the functions of the jpgc plugins."""
