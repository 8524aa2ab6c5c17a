"""Regular expressions and JSON paths that do not compile (AN405, AN406).

The check is a light one: it reports only what no dialect accepts, such as a bracket that never closes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live
from silhouette_plan.analysis.tree import Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan.assertions import JsonAssertion, ResponseAssertion
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.processors import JsonExtractor, RegexExtractor

_HOPELESS = (
    "missing ), unterminated",
    "unbalanced parenthesis",
    "unterminated character set",
    "nothing to repeat",
    "bad escape (end",
)
_USES_REGEX = 3
_PAIRS = {"(": ")", "[": "]"}


def patterns(view: PlanView) -> Iterator[Diagnostic]:
    """Every constant pattern that cannot be compiled."""
    for node in view.active:
        for pattern in _regexes(node.element):
            if fault := regex_fault(pattern):
                yield found(
                    "AN405",
                    node,
                    f"the regular expression of `{node.name}` does not compile: {fault}",
                    label=f"`{pattern}`",
                )
        for path in _paths(node.element):
            if fault := path_fault(path):
                yield _bad_path(node, path, fault)


def regex_fault(pattern: str) -> str:
    """What is wrong with a constant ``pattern`` in every dialect, or nothing."""
    if is_live(pattern):
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        message = str(fault)
        return message if message.startswith(_HOPELESS) else ""
    return ""


def path_fault(path: str) -> str:
    """What is wrong with a constant JSON ``path``, or nothing."""
    if is_live(path):
        return ""
    open_brackets: list[str] = []
    quote = ""
    escaped = False
    for character in path:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"" and open_brackets:
            quote = character
        elif character in _PAIRS:
            open_brackets.append(_PAIRS[character])
        elif character in ")]" and (not open_brackets or open_brackets.pop() != character):
            return f"`{character}` closes nothing"
    if quote:
        return f"the quote {quote} is never closed"
    return f"`{open_brackets[-1]}` is missing" if open_brackets else ""


def _bad_path(node: Node, path: str, fault: str) -> Diagnostic:
    return found("AN406", node, f"the JSON path of `{node.name}` does not compile: {fault}", label=f"`{path}`")


def _regexes(element: Element) -> tuple[str, ...]:
    if isinstance(element, RegexExtractor):
        return (element.regex,)
    if isinstance(element, ResponseAssertion) and element.test_type & _USES_REGEX:
        return element.patterns
    return ()


def _paths(element: Element) -> tuple[str, ...]:
    if isinstance(element, JsonExtractor):
        return () if "?" in element.paths and ";" in element.paths else tuple(element.paths.split(";"))
    return (element.path,) if isinstance(element, JsonAssertion) else ()
