"""Codes of samplers that are not HTTP."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

CODES: dict[str, Code] = {
    "HT901": Code(
        "HT901",
        "Java class that does not run here",
        "A Java Request names a class. silplan runs `JavaTest` and `SleepTest`, which come with JMeter; other classes need "
        "a Java machine.",
    ),
    "HT902": Code(
        "HT902",
        "line of the plan's own",
        "What a `log` statement of the plan says. The first lines of a run are shown, the rest is counted.",
        Severity.NOTE,
    ),
}
