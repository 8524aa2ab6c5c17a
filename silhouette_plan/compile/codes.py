"""Codes of what the compiler finds."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Diagnostic, Severity
from silhouette_plan.plan.base import Element

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code(
            "CP001",
            "element is not supported",
            "The plan holds an element whose behaviour silplan does not have. It is kept in every conversion, but a run "
            "would not do what the plan says, so it is refused. Disable the element, or run with "
            "`--allow-unsupported`: it is then left out.",
        ),
        Code(
            "CP002",
            "module target is not in the plan",
            "A Module Controller (`call`) names a node that is not there, perhaps since it was renamed. JMeter ends the "
            "test. The path gives the names from the test plan down to the node.",
        ),
        Code(
            "CP003",
            "modules or files include each other",
            "A Module Controller or an include leads back to where it stands. It would never end.",
        ),
        Code(
            "CP004",
            "included file cannot be read",
            "An Include Controller names a file that is missing or is no plan. Paths start at the plan's folder; the "
            "property `includecontroller.prefix` stands before them.",
        ),
        Code(
            "CP005",
            "path leads out of the plan's folder",
            "A plan may read and write below its own folder only, since plans come from other people. "
            "`--allow-path DIR` allows another folder. Links are followed first. A device or a pipe, which could block or fill all, "
            "is used only where `--allow-path` names it itself.",
        ),
        Code(
            "CP006",
            "not a number",
            "A group needs a number before it starts, and the text given for it reads as none. Only variables and "
            "properties of the plan's level are known there. JMeter silently takes 0.",
        ),
        Code(
            "CP007",
            "JMeter ends the user here",
            "A Random or Interleave Controller that ignores sub-controllers (the default) has a child controller that may "
            "give nothing in its turn: an If that is false, a While at its end. JMeter then asks it without end and the "
            "user dies of a stack overflow, unseen. silplan passes over such a child, as JMeter's manual describes it.",
            Severity.WARNING,
        ),
        Code(
            "CP008",
            "nested too deep",
            "Controllers stand in each other more than 150 levels deep; JMeter overflows its stack on such plans.",
        ),
        Code(
            "CP009",
            "element does nothing in a run",
            "The element is kept in every conversion, and a run goes on without it: exports, monitors and HTML reports "
            "are not built yet, nor is JMeter's Backend Listener; listeners of plugins record nothing; and no sampler that runs "
            "here takes a Login Config Element.",
            Severity.WARNING,
        ),
        Code(
            "CP010",
            "scheduler without a duration",
            "The group's scheduler is on, and its duration is not a number above 0. JMeter refuses to start the group and "
            "goes on with the others; so does silplan.",
            Severity.WARNING,
        ),
        Code(
            "CP011",
            "objective that cannot be judged",
            "A line of `slo` names a metric, a step or a group that the plan does not have, makes of a metric what cannot be made "
            "of it (a failure has a `rate`, a time has a `p95`), or has a bound that is no number with a fitting unit. Bounds and "
            "durations are computed before the run, from literals, parameters and properties.",
        ),
        Code(
            "CP012",
            "metric of two kinds",
            "`record` and `add` give a metric two kinds. A name has one kind in the whole plan: `counter`, `rate`, `trend` or "
            "`gauge`.",
        ),
        Code(
            "CP013",
            "interval or path that is not known before the run",
            "`summary every` takes whole seconds, and `report json` the path of a file. Both are read before the run, so they may "
            "hold literals, parameters and properties.",
        ),
        Code(
            "CP014",
            "a folder of another machine",
            "A listener, or a report, writes to an absolute path that the machine of the plan's author has and this one has not. "
            "The run goes on without the file. Paths that start at the plan's folder work on every machine.",
            Severity.WARNING,
        ),
        Code(
            "CP015",
            "draw that is repeated until it holds",
            "A Random or Interleave Controller that ignores sub-controllers (the default) has a child whose condition calls a "
            "function. JMeter asks a child that gives nothing again until it gives something, and so does silplan: an If on "
            "`${__Random(1,100)} <= 50` runs each time its turn comes.",
            Severity.WARNING,
        ),
    )
}


def problem(code: str, message: str, node: Element, hint: str = "", severity: Severity | None = None) -> Diagnostic:
    """A diagnostic of this room at ``node``."""
    return Diagnostic(code, message, node.span, severity or CODES[code].severity, hint=hint)


def described(node: Element) -> str:
    """How a message names ``node``."""
    kind = getattr(node, "tag", "") or type(node).__name__
    return f"{kind} “{node.name}”" if node.name else kind
