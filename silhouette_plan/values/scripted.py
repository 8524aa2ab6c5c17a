"""Templates whose text is a script: JMeter puts the values of references into the text, then compiles and runs it."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.diagnostics import Severity
from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.prepared import prepare
from silhouette_plan.values.codes import fault
from silhouette_plan.values.context import ValueContext
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import Template
from silhouette_plan.values.user import User


def script_of(
    template: Template, dialect: Dialect, context: ValueContext, trimmed: bool = False
) -> Callable[[User], object]:
    """What runs the script in ``template``; it raises ``ScriptFault`` and ``Unsupported``.

    What can be seen to be wrong is reported now: an error where it is not supported, a warning where JMeter fails too.
    ``trimmed``: blanks around the text do not belong to the script.
    """
    parts = list(template.parts)
    if trimmed and parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if trimmed and parts and isinstance(parts[-1], str):
        parts[-1] = trim(parts[-1]) if len(parts) == 1 else parts[-1].rstrip()
    prepared = prepare(parts, dialect)
    match prepared.problem:
        case Unsupported() as problem:
            message = f"{dialect.name}: {problem} is not supported in `{template.source}`"
            context.report(fault("VL004", message, context.span))
        case ScriptFault() as problem:
            message = f"{dialect.name}: {problem} in `{template.source}`"
            context.report(fault("VL004", message, context.span, Severity.WARNING))
        case _:
            pass
    return prepared.run
