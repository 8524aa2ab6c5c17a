"""Codes of the command line, and the catalogue of all rooms' codes."""

from __future__ import annotations

import importlib

from silhouette_plan.diagnostics import Code

CODES: dict[str, Code] = {
    code.code: code
    for code in (
        Code(
            "CL001",
            "not a plan",
            "The file's ending says what it holds: `.lplan` (the language), `.json` (a plan in JSON) or one of the formats "
            "that can be imported (`.jmx`). Any other file is no plan.",
        ),
        Code(
            "CL002",
            "JSON that is no plan",
            "A plan in JSON is what `silplan import … -o plan.json` writes and what `silplan schema` describes. The place in the "
            "file where it differs is named.",
        ),
        Code(
            "CL003",
            "no such parameter",
            "`--set name=value` sets a parameter or user-defined variable of the plan, and the plan has none of that name. "
            "JMeter properties are given with `-Jname=value`.",
        ),
    )
}

_ROOMS = (
    "importers.jmx.codes",
    "language.codes",
    "analysis.codes",
    "values.codes",
    "scripts.codes",
    "elements.codes",
    "protocols.codes",
    "compile.codes",
    "engine.codes",
    "results.codes",
    "cli.codes",
)


def catalogue() -> dict[str, Code]:
    """Every code of every room, sorted."""
    found: dict[str, Code] = {}
    for room in _ROOMS:
        found.update(importlib.import_module(f"silhouette_plan.{room}").CODES)
    return dict(sorted(found.items()))
