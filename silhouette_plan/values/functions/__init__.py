"""JMeter's function library: one module a family, each a table from name to ``Function``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from silhouette_plan.values.context import Function
from silhouette_plan.values.functions import (
    dates,
    draws,
    encoding,
    files,
    identity,
    logs,
    numbers,
    plugins,
    properties,
    regexes,
    scripts,
    text,
    units,
    variables,
)

_FAMILIES = (
    identity.TABLE, properties.TABLE, variables.TABLE, logs.TABLE, numbers.TABLE, draws.TABLE, dates.TABLE, text.TABLE,
    regexes.TABLE, encoding.TABLE, files.TABLE, scripts.TABLE, units.TABLE,
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {name: made for family in _FAMILIES for name, made in family.items()}
)
"""What a stock JMeter knows, by name, and the language's own ``__unit``."""

WITH_PLUGINS: Mapping[str, Function] = MappingProxyType(plugins.TABLE | dict(FUNCTIONS))
"""The same with the functions of the jpgc plugins."""
