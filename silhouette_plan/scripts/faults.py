"""What can be wrong with a script."""

from __future__ import annotations


class ScriptFault(Exception):
    """An error of the language itself: syntax, an undefined name, a bad operand. JMeter would meet it too."""


class UndefinedName(ScriptFault):
    """A name that nothing defines."""


class Unsupported(Exception):
    """Something the language has and this package does not."""
