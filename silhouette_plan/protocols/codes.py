"""Codes of samplers that are not HTTP."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code

CODES: dict[str, Code] = {
    "HT901": Code(
        "HT901",
        "Java class that does not run here",
        "A Java Request names a class. silplan runs `JavaTest` and `SleepTest`, which come with JMeter; other classes need "
        "a Java machine.",
    )
}
