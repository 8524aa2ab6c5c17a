"""The functions and queries of expressions, with their numbers of arguments, and the names with a meaning of their own."""

from __future__ import annotations

QUERIES: dict[str, tuple[int, int]] = {
    "json": (1, 2),
    "jmespath": (1, 2),
    "regex": (1, 2),
    "boundary": (2, 3),
    "xpath": (1, 2),
    "xpath2": (1, 2),
    "css": (1, 3),
    "header": (1, 1),
}
"""Queries of a response: name to least and most arguments; a last one names another source than the body."""

FUNCTIONS: dict[str, tuple[int, int]] = {
    "var": (1, 1),
    "choose": (3, 3),
    "env": (1, 2),
    "prop": (1, 2),
    "uuid": (0, 0),
    "random": (2, 2),
    "now": (0, 1),
    "len": (1, 1),
    "md5": (1, 1),
}
"""Functions of the language; any JMeter function stands beside them under its own name (``__time``)."""

SAMPLE_PARTS = frozenset(
    {
        "status", "message", "time", "latency", "connect", "size", "rows", "body", "headers", "url", "ok", "passed",
        "request-headers", "unescaped", "document",
    }
)  # fmt: skip
"""Names that mean a part of the last sample; a variable of that name is ``var("status")``."""

ALWAYS = frozenset({"user", "thread", "iteration"})
"""Names that always have a value."""

NOT_VARIABLES = SAMPLE_PARTS | ALWAYS
"""Bare words in an expression that are no variables."""


def arity(function: str) -> tuple[int, int] | None:
    """Least and most arguments of a function, or None if there is none of that name."""
    if function.startswith("__"):
        return 0, 100
    return QUERIES.get(function) or FUNCTIONS.get(function)
