"""The names that an expression knows without any variable: parts of the sample, and of the user."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.results.sample import Sample
from silhouette_plan.values.functions.encoding import unescape_html
from silhouette_plan.values.user import User


def _passed(sample: Sample) -> object:
    """Whether every check of the sample held; unset where there was none."""
    return all(held for _, held in sample.checks) if sample.checks else None


SAMPLE_PARTS: dict[str, Callable[[Sample], object]] = {
    "status": lambda sample: sample.code,
    "message": lambda sample: sample.message,
    "time": lambda sample: sample.elapsed,
    "latency": lambda sample: sample.latency,
    "connect": lambda sample: sample.connect,
    "size": lambda sample: sample.received,
    "rows": lambda sample: getattr(sample, "rows", None),
    "body": lambda sample: sample.text,
    "headers": lambda sample: sample.response_headers,
    "request-headers": lambda sample: sample.request_headers,
    "unescaped": lambda sample: unescape_html(sample.text),
    "url": lambda sample: sample.url or "",
    "ok": lambda sample: sample.success,
    "passed": _passed,
}
"""Parts of the sample: times in ms, sizes in bytes. Without a sample they are unset."""


class _Numbers:
    """Numbers users of all groups in the order in which they first ask."""

    def __init__(self) -> None:
        self.last = 0


def _number(user: User) -> object:
    number = user.state.get(_Numbers)
    if number is None:
        numbers = user.run.service(_Numbers, _Numbers)
        numbers.last += 1
        number = user.state[_Numbers] = numbers.last
    return number


USER_PARTS: dict[str, Callable[[User], object]] = {
    "user": _number,
    "thread": lambda user: user.number + 1,
    "iteration": lambda user: user.iteration,
}
"""Parts of the user, all from 1."""
