"""What can be wrong with a script."""

from __future__ import annotations

from silhouette_plan.values.template import ValueFault


class ScriptFault(Exception):
    """An error of the language itself: syntax, an undefined name, a bad operand. JMeter would meet it too."""


class UndefinedName(ScriptFault):
    """A name that nothing defines."""


class Unsupported(ValueFault):
    """Something the language has and this package does not: the value cannot be computed."""
