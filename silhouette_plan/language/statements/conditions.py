"""Conditions of `if` and `while`: expressions, or text in another language called by its name."""

from __future__ import annotations

import re
from typing import Any

from silhouette_plan.language.expressions.printing import show_expression
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Value
from silhouette_plan.language.statements.values import show_long_text
from silhouette_plan.language.texts import is_hole
from silhouette_plan.language.tokens import TEXTS
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record

LANGUAGES = ("jexl3", "groovy", "javascript", "value")
"""Languages of a foreign condition; ``value`` is a text that is true if it reads ``true``."""

_FUNCTIONS = {"jexl3": "__jexl3", "groovy": "__groovy", "javascript": "__javaScript"}
_HOLE = re.compile(r"\$\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}")


@record
class Foreign:
    """A condition in another language."""

    language: str
    text: str


Condition = Expression | Foreign


def condition(*languages: str) -> Value:
    """A condition; ``languages`` are the words that introduce a foreign one."""

    def read(cursor: Cursor) -> Condition:
        following = cursor.peek(1)
        if cursor.here.is_word(*languages) and following is not None and following.type in TEXTS:
            return Foreign(cursor.take().text, cursor.text())
        return cursor.expression()

    def show(value: Any) -> str | None:
        if isinstance(value, Foreign):
            text = show_long_text(value.text)
            return None if text is None or value.language not in languages else f"{value.language} {text}"
        return show_expression(value)

    return Value("a condition", read, show)


def as_function(condition: Foreign) -> str:
    """The JMeter function call that evaluates a condition: ``jexl3 'a'`` is ``${__jexl3(a)}``."""
    return f"${{{_FUNCTIONS[condition.language]}({_outside_holes(condition.text, ',', chr(92) + ',')})}}"


def from_function(text: str, *languages: str) -> Foreign | None:
    """The condition that a function call is, if it is the whole of ``text``."""
    for language in languages:
        prefix, suffix = f"${{{_FUNCTIONS[language]}(", ")}"
        if (
            text.startswith(prefix)
            and text.endswith(suffix)
            and len(text) >= len(prefix) + len(suffix)
            and is_hole(text)
        ):
            found = Foreign(language, _outside_holes(text[len(prefix) : -len(suffix)], "\\,", ","))
            return found if as_function(found) == text else None
    return None


def _outside_holes(text: str, old: str, new: str) -> str:
    """``text`` with ``old`` replaced, but not inside ``${…}``."""
    pieces, position = [], 0
    for hole in _HOLE.finditer(text):
        pieces += [text[position : hole.start()].replace(old, new), hole.group()]
        position = hole.end()
    return "".join([*pieces, text[position:].replace(old, new)])
