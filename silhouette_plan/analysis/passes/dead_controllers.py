"""Controllers whose own numbers or condition keep them from ever running (AN301)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.references import is_live, literal_parts
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.plan import controllers
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression, Literal

_TEXT_CONDITION = "the condition is plain text here, and can never read `true`"
_HINT = "wrap the condition: `${__jexl3(…)}`"
_PLAIN = re.compile(r"[\s\w]*\Z")
_NEVER_TRUE_JAVASCRIPT = re.compile(r"\s*(?:false|0|null|undefined)?\s*;?\s*\Z")


def dead_controllers(view: PlanView) -> Iterator[Diagnostic]:
    """Every controller with steps that cannot run; an If as *expression* whose text cannot read ``true``."""
    for node in view.active:
        reason = _REASONS.get(type(node.element))
        why = reason(node.element) if reason and node.steps else ""
        if why:
            yield found(
                "AN301",
                node,
                f"the steps of `{node.name}` can never run",
                label=why,
                hint=_HINT if why is _TEXT_CONDITION else "",
            )


def can_read(text: str, word: str) -> bool:
    """Whether a template can give ``word``: what stands around its references must be a part of it."""
    letters = literal_parts(text).strip().lower()
    if not is_live(text):
        return letters == word
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _loop(element: controllers.LoopController) -> str:
    return "0 loops" if element.loops.strip() == "0" else ""


def _if(element: controllers.IfController) -> str:
    return _condition(element.condition, expression=element.use_expression is not False)


def _case(element: controllers.Case) -> str:
    if element.condition is None or element.language not in ("", "value"):
        return ""
    return _condition(element.condition, expression=True)


def _condition(condition: str | Expression, *, expression: bool) -> str:
    if not isinstance(condition, str):
        constant = isinstance(condition, Literal) and not condition.value
        return "the condition is always false" if constant else ""
    if expression:
        if can_read(condition, "true"):
            return ""
        plain = _PLAIN.match(condition)
        return f"the condition is `{condition.strip()}`, not `true`" if plain else _TEXT_CONDITION
    constant = not is_live(condition) and bool(_NEVER_TRUE_JAVASCRIPT.match(condition))
    return "the condition is always false" if constant else ""


def _while(element: controllers.WhileController) -> str:
    condition = element.condition
    if isinstance(condition, str):
        return "the condition is `false`" if condition.strip().lower() == "false" else ""
    return _condition(condition, expression=True)


def _throughput(element: controllers.ThroughputController) -> str:
    share = element.percent if element.by_percent is True else element.total
    return f"{share.strip()} executions" if _is_zero(share) else ""


def _chance(element: controllers.Chance) -> str:
    return "0 %" if _is_zero(element.percent) else ""


def _runtime(element: controllers.RuntimeController) -> str:
    return "0 seconds" if _is_zero(element.seconds) else ""


def _foreach(element: controllers.ForeachController) -> str:
    if element.end_index is not None and not element.end_index.strip():
        return "the end index is empty, which JMeter reads as 0"
    start, end = _number(element.start_index), _number(element.end_index)
    return "the end index is not above the start index" if end is not None and end <= (start or 0) else ""


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _is_zero(text: str) -> bool:
    return _number(text) == 0


_REASONS: dict[type[Element], Callable[[Any], str]] = {
    controllers.LoopController: _loop,
    controllers.IfController: _if,
    controllers.Case: _case,
    controllers.WhileController: _while,
    controllers.ThroughputController: _throughput,
    controllers.Chance: _chance,
    controllers.RuntimeController: _runtime,
    controllers.ForeachController: _foreach,
}
