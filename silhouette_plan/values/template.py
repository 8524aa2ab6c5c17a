"""The compiled form of ``Text``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from silhouette_plan.values.user import User


class Template:
    """Text compiled once. ``constant`` is its value where nothing in it is live, else None.

    ``evaluate(user)`` gives the value; it may raise ``ValueFault`` (a function was given bad arguments).
    ``parts`` are the texts and evaluations that make up the value, where it is not constant.
    """

    __slots__ = ("constant", "evaluate", "parts", "source")

    def __init__(
        self,
        source: str,
        constant: str | None,
        evaluate: Callable[[User], str],
        parts: Sequence[str | Callable[[User], str]] = (),
    ) -> None:
        self.source = source
        self.constant = constant
        self.evaluate = evaluate
        self.parts = parts if constant is None else (constant,)


class ValueFault(Exception):
    """A value could not be computed; the sample it was for is lost, the user goes on (functions page 1.3.6)."""


class StopUser(Exception):
    """Ends the user, raised where a value or a data element says so (end of a CSV file with *stop thread*)."""


class StopTest(Exception):
    """Ends the test; ``now`` interrupts running samples."""

    def __init__(self, now: bool = False) -> None:
        super().__init__()
        self.now = now


class UserError(Exception):
    """Ends the user whose step raised it, as a Java *Error* does (a failed Groovy ``assert``); the sample is lost."""
