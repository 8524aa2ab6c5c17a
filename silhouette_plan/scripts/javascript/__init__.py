"""JavaScript, as far as conditions need it."""

from __future__ import annotations

from silhouette_plan.scripts.javascript.language import JAVASCRIPT_CONDITION, condition_holds
from silhouette_plan.scripts.prepared import run_text
from silhouette_plan.values.user import User


def evaluate_condition(source: str, user: User) -> bool:
    """Whether a condition gives exactly ``true``, JMeter's references in it being replaced already.

    ``values.conditions.compile_if`` does the same for a condition as it is written, and compiles it once. Raises
    ``Unsupported``, a ``ValueFault``.
    """
    return condition_holds(source, lambda user: run_text(source, JAVASCRIPT_CONDITION, user), user)
