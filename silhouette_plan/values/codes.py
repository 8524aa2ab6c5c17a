"""Diagnostics of values and scripts."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Diagnostic, Severity
from silhouette_plan.plan.span import Span

_CODES = (
    Code(
        "VL001",
        "a template that cannot be compiled",
        "A function got the wrong number of parameters, a parameter list has no closing `)`, or the `}` behind it is"
        " missing. JMeter logs the problem and leaves all texts of the element as they are written, `${…}` included;"
        " a run here leaves that text so, and evaluates the others. A literal comma inside a parameter is written `\\,`.",
        Severity.WARNING,
    ),
    Code(
        "VL002",
        "a function that is known but cannot run",
        "The function exists in JMeter and is not supported yet. The plan is refused rather than run with other values.",
    ),
    Code(
        "VL003",
        "a file that may not be read or written",
        "Functions read and write files below the plan's folder only, unless a run is allowed more.",
    ),
    Code(
        "VL004",
        "a script outside the supported language",
        "The script uses something of its language that is not supported, or has a syntax error.",
    ),
    Code(
        "VL005",
        "a bad argument of a function",
        "A parameter that is fixed when the plan is compiled cannot be used, such as a date pattern with unknown letters. Each"
        " sample that needs the value is lost, as in JMeter.",
        Severity.WARNING,
    ),
    Code(
        "VL007",
        "a function or script that failed",
        "A function or script failed while the plan ran and gave JMeter's value for that: empty text, now, or no shift.",
        Severity.WARNING,
    ),
    Code(
        "VL008",
        "a function of a plugin",
        "The function comes with the jpgc plugins. A stock JMeter does not know it and sends the reference as text; so does"
        " a run here, unless `-Jsilplan.plugin_functions=true` says that the plugins are meant to be there.",
        Severity.WARNING,
    ),
    Code(
        "VL006",
        "an expression that cannot be compiled",
        "A function or query does not exist, or got the wrong arguments.",
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _CODES}
"""Every code of this room, by its name."""


def fault(
    code: str, message: str, span: Span | None = None, severity: Severity | None = None, hint: str = ""
) -> Diagnostic:
    """A diagnostic of this room, with the code's own severity unless another is given."""
    return Diagnostic(code, message, span, severity or CODES[code].severity, hint=hint)
