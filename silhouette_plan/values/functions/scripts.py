"""Functions whose parameter is a script. The languages are imported when first needed: they are large, and few plans use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

if TYPE_CHECKING:
    from silhouette_plan.scripts.dialect import Dialect


def _script(occurrence: Occurrence, dialect: Dialect, text: Callable[[object], str]) -> Evaluate:
    """A script in ``dialect``; one that fails gives ""."""
    from silhouette_plan.values.scripted import script_of

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


def _jexl(occurrence: Occurrence) -> Evaluate:
    from silhouette_plan.scripts.jexl.arithmetic import text
    from silhouette_plan.scripts.jexl.language import JEXL2, JEXL3

    return _script(occurrence, JEXL2 if occurrence.name == "__jexl2" else JEXL3, text)


def _javascript(occurrence: Occurrence) -> Evaluate:
    from silhouette_plan.scripts.javascript.language import JAVASCRIPT
    from silhouette_plan.scripts.javascript.values import text

    return _script(occurrence, JAVASCRIPT, text)


def _later(occurrence: Occurrence) -> Evaluate:
    """Never evaluated: the function is refused when the plan is compiled."""
    return lambda user: ""


TABLE = {
    "__jexl3": Function(1, 2, _jexl),
    "__jexl2": Function(1, 2, _jexl),
    "__javaScript": Function(1, 2, _javascript),
    "__groovy": Function(1, 2, _later, unsupported="is not supported yet: Groovy scripts do not run here"),
    "__BeanShell": Function(1, 2, _later, unsupported="is not supported yet: BeanShell scripts do not run here"),
}
