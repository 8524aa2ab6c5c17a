"""The TextMate grammar for editors, its words from the table of statements.

``python -m silhouette_plan.language.editors`` prints what ``grammar/lplan.tmLanguage.json`` holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from silhouette_plan.language.expressions.functions import FUNCTIONS, QUERIES
from silhouette_plan.language.expressions.tagging import CONSTANTS, OPERATOR_WORDS
from silhouette_plan.language.statements import ROWS
from silhouette_plan.language.statements.controllers import ROWS as CONTROLLERS
from silhouette_plan.language.statements.measuring import AGGREGATE
from silhouette_plan.language.statements.model import Place, Row

_WORD = r"[^\W\d]\w*(?:[.-]\w+)*"
_ALONE = r"(?![.-]?\w)"
_GENERIC = ("field", "prop", "node", "element")


def textmate() -> dict[str, Any]:
    """The grammar as TextMate's format has it."""
    return {
        "name": "lplan",
        "scopeName": "source.lplan",
        "fileTypes": ["lplan"],
        "patterns": [{"include": "#comment"}, {"include": "#statement"}, {"include": "#rest"}],
        "repository": {
            "statement": {"patterns": [_verb(), _else()]},
            "verbs": {"patterns": _verbs()},
            "rest": {"patterns": [{"include": f"#{part}"} for part in ("comment", *_PARTS)]},
            "comment": {"name": "comment.line.number-sign.lplan", "match": "#.*$"},
            **_PARTS,
        },
    }


def _verb() -> dict[str, Any]:
    """A statement's first word or two, behind a newline, ``;``, ``{`` or ``off``."""
    phrases = _any(row.verb.replace(" ", r"\s+") for row in ROWS if " " in row.verb)
    return {
        "match": rf"(?:^|(?<=[;{{]))\s*(?:(off)\s+)?((?:{phrases}){_ALONE}|{_WORD})",
        "captures": {"1": {"name": "keyword.other.off.lplan"}, "2": {"patterns": [{"include": "#verbs"}]}},
    }


def _else() -> dict[str, Any]:
    word = {"name": "keyword.control.lplan"}
    return {"match": rf"(?<=\}})\s*(else)(?:\s+(if))?{_ALONE}", "captures": {"1": word, "2": word}}


def _verbs() -> list[dict[str, str]]:
    kinds = (
        ("keyword.control.lplan", (row.verb for row in CONTROLLERS)),
        ("storage.type.group.lplan", _at(Place.GROUP)),
        ("keyword.declaration.lplan", _at(Place.PLAN)),
        ("storage.modifier.scope.lplan", (*_at(Place.SCOPED), "monitor")),
        ("entity.name.function.step.lplan", _at(Place.STEP)),
        ("support.function.aggregate.lplan", (AGGREGATE.pattern, "throughput")),
        ("support.type.property.lplan", (*_GENERIC, *sorted({line.verb for row in ROWS for line in row.lines}))),
    )
    return [{"name": name, "match": rf"^(?:{_any(verbs)})$"} for name, verbs in kinds]


def _at(place: Place) -> list[str]:
    return [_spaced(row) for row in ROWS if row.place is place]


def _spaced(row: Row) -> str:
    return row.verb.replace(" ", r"\s+")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


def _text(name: str, quote: str, escape: str) -> dict[str, Any]:
    inside = [{"name": "constant.character.escape.lplan", "match": escape}, {"include": "#hole"}]
    return {"name": f"string.quoted.{name}.lplan", "begin": quote, "end": f"{quote}|$", "patterns": inside}


_PARTS: dict[str, dict[str, Any]] = {
    "texts": {
        "patterns": [
            {
                "name": "string.quoted.triple.lplan",
                "begin": '("{3,8})[ \\t]*$',
                "end": '^[ \\t]*\\1(?!")',
                "patterns": [{"include": "#hole"}],
            },
            _text("double", '"', r"\\(?:u[0-9A-Fa-f]{4}|.)"),
            _text("single", "'", "''"),
        ]
    },
    "hole": {
        "name": "variable.other.template.lplan",
        "match": r"\$\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}",
    },
    "naming": {"match": r"\b(as)\s+(?=[\"'$])", "captures": {"1": {"name": "keyword.other.as.lplan"}}},
    "function": {
        "match": rf"\b({_any([*QUERIES, *FUNCTIONS])}|__\w+)(?=\()",
        "captures": {"1": {"name": "support.function.lplan"}},
    },
    "words": {
        "patterns": [
            {"name": "keyword.operator.word.lplan", "match": rf"\b(?:{_any([*OPERATOR_WORDS, 'not'])}){_ALONE}"},
            {"name": "constant.language.lplan", "match": rf"\b(?:{_any(CONSTANTS)}){_ALONE}"},
            {"name": "variable.other.lplan", "match": _WORD},
        ]
    },
    "numbers": {
        "name": "constant.numeric.lplan",
        "match": r"[0-9]+(?:\.[0-9]+)?(?:[A-Za-z%/][\w%/]*|[eE][-+]?[0-9]+)?",
    },
    "signs": {"name": "keyword.operator.lplan", "match": r"\.\.|[=!<>]=|[=<>*/%+-]"},
}

if __name__ == "__main__":
    import sys

    sys.stdout.write(json.dumps(textmate(), indent=2) + "\n")
