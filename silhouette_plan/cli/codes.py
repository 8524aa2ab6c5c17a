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
        Code(
            "CL004",
            "file that cannot be read",
            "The file named on the command line is not there, is a folder, a device or a pipe, or may not be read by this user.",
        ),
        Code(
            "CL005",
            "file too large for a plan",
            "A plan is read whole before it is compiled, and a file beyond the limit is surely something else: results, a dump, "
            "data. Data for a plan belongs into files that it reads while it runs (`CSV Data Set`).",
        ),
        Code(
            "CL006",
            "too few file descriptors",
            "Every user of a group that sends over the network holds at least one socket, and each socket is a file descriptor. The "
            "system allows a process a number of them (`ulimit -n`); beyond it connections fail, and the run would measure that "
            "limit instead of the target. silplan raises its own limit as far as it may before it refuses a plan.",
        ),
        Code(
            "CL007",
            "not UTF-8",
            "A plan in the language is text in UTF-8. A file in another encoding (Latin-1, UTF-16) or of another kind would send other "
            "characters than its author wrote, so it is not read at all. Editors offer the encoding where they save.",
        ),
        Code(
            "CL008",
            "too little memory",
            "Every user is a task with variables of its own. The plan has more users at the same time than the memory of this machine "
            "can hold, however little each of them does; the system would end the run, or worse, something else.",
        ),
    )
}

_ROOMS = (
    "importers.jmx.codes",
    "language.codes",
    "analysis.codes",
    "values.codes",
    "elements.codes",
    "protocols.codes",
    "protocols.http.codes",
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
