"""Functions whose parameter is a script."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.jexl.arithmetic import text as jexl_text
from silhouette_plan.scripts.jexl.language import JEXL2, JEXL3
from silhouette_plan.values.context import Evaluate, Function, Make, Occurrence
from silhouette_plan.values.scripted import script_of
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def _script(dialect: Dialect, text: Callable[[object], str]) -> Make:
    """A script in ``dialect``; one that fails gives ""."""

    def make(occurrence: Occurrence) -> Evaluate:
        run = script_of(occurrence.parameters[0], dialect, occurrence.context)
        store = occurrence.store(1)

        def evaluate(user: User) -> str:
            try:
                value = text(run(user))
            except ScriptFault as error:
                user.run.finding("VL007", f"{occurrence.name}: {error}")
                return ""
            except Unsupported as error:
                raise ValueFault(f"{occurrence.name}: {error} is not supported") from None
            if store is not None:
                store(user, value)
            return value

        return evaluate

    return make


def _javascript(occurrence: Occurrence) -> Evaluate:
    """Imported when first needed: the language is large, and few plans use it."""
    from silhouette_plan.scripts.javascript.language import JAVASCRIPT
    from silhouette_plan.scripts.javascript.values import text

    return _script(JAVASCRIPT, text)(occurrence)


def _later(occurrence: Occurrence) -> Evaluate:
    """Never evaluated: the function is refused when the plan is compiled."""
    return lambda user: ""


TABLE = {
    "__jexl3": Function(1, 2, _script(JEXL3, jexl_text)),
    "__jexl2": Function(1, 2, _script(JEXL2, jexl_text)),
    "__javaScript": Function(1, 2, _javascript),
    "__groovy": Function(1, 2, _later, unsupported="is not supported yet: Groovy scripts do not run here"),
    "__BeanShell": Function(1, 2, _later, unsupported="is not supported yet: BeanShell scripts do not run here"),
}
