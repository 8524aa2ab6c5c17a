"""Diagnostics for programs: JSON, and SARIF 2.1.0 for code hosts and CI."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from silhouette_plan.diagnostics.model import Code, Diagnostic, Severity
from silhouette_plan.plan.span import Span

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON list, an object a diagnostic; ``span`` is null where the place is not known."""
    return json.dumps([_as_data(each) for each in diagnostics], indent=2, ensure_ascii=False)


def render_sarif(diagnostics: Iterable[Diagnostic], codes: Mapping[str, Code], version: str) -> str:
    """A SARIF log of one run; its rules are those of ``codes`` that were found, ``version`` is that of the tool."""
    found = list(diagnostics)
    used = sorted({each.code for each in found})
    rules = [_rule(code, codes.get(code)) for code in used]
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "silplan", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, used.index(each.code)) for each in found],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "label": diagnostic.label,
        "hint": diagnostic.hint,
        "notes": list(diagnostic.notes),
        "span": None if span is None else asdict(span),
    }


def _rule(name: str, code: Code | None) -> dict[str, Any]:
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.explanation, "markdown": code.explanation},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    lines = [diagnostic.message, *diagnostic.notes, *([f"help: {diagnostic.hint}"] if diagnostic.hint else [])]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join(lines)},
        "locations": [] if diagnostic.span is None else [_location(diagnostic.span)],
    }


def _location(span: Span) -> dict[str, Any]:
    region = {
        "startLine": max(span.line, 1),
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": span.file.replace("\\", "/")},
            "region": {name: value for name, value in region.items() if value},
        }
    }
    if span.path:
        location["logicalLocations"] = [{"fullyQualifiedName": span.path}]
    return location
