"""The TextMate grammar: its patterns compile, it knows every word of the table, and it gives the scopes that editors show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from silhouette_plan.language.expressions.functions import FUNCTIONS, NOT_VARIABLES, QUERIES
from silhouette_plan.language.lexing import scan
from silhouette_plan.language.statements import ROWS, THRESHOLD
from silhouette_plan.language.statements.controllers import ROWS as CONTROLLERS
from silhouette_plan.language.tokens import Source

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR: dict[str, Any] = json.loads((ROOT / "grammar" / "lplan.tmLanguage.json").read_text("utf-8"))
PLANS = sorted((ROOT / "plans").rglob("*.lplan"))

# ---- a small tokenizer: the leftmost match of the rules in force wins, the end of the innermost region first


@dataclass(frozen=True)
class Region:
    """An open `begin … end` rule, with its scopes and the end pattern that its beginning decided."""

    rule: dict[str, Any]
    end: str
    scopes: tuple[str, ...]


Piece = tuple[str, tuple[str, ...]]
"""A stretch of text with its scopes, outermost first."""


def tokenize(source: str) -> list[list[Piece]]:
    """The pieces of each line."""
    stack = [Region(GRAMMAR, "", ())]
    return [[piece for piece in _line(line, stack) if piece[0]] for line in source.split("\n")]


def _line(line: str, stack: list[Region]) -> Iterator[Piece]:
    position = 0
    while True:
        found = _next(line, position, stack[-1])
        if found is None:
            yield line[position:], stack[-1].scopes
            return
        rule, match = found
        yield line[position : match.start()], stack[-1].scopes
        before = (len(stack), position)
        if rule is None:
            yield from _captured(match, stack[-1].scopes, stack[-1].rule.get("endCaptures", {}))
            stack.pop()
        elif "begin" in rule:
            scopes = (*stack[-1].scopes, *rule.get("name", "").split())
            stack.append(Region(rule, _end(rule["end"], match), scopes))
            yield from _captured(match, scopes, rule.get("beginCaptures", {}))
        else:
            yield from _captured(match, (*stack[-1].scopes, *rule.get("name", "").split()), rule.get("captures", {}))
        position = match.end()
        assert (len(stack), position) != before, f"no way forward at {position} of {line!r}"


def _end(pattern: str, begin: Any) -> str:
    """The end pattern, `\\1` in it being what the beginning's first group matched."""
    return pattern.replace(r"\1", regex.escape(begin[1])) if r"\1" in pattern else pattern


def _next(line: str, position: int, region: Region) -> tuple[dict[str, Any] | None, Any] | None:
    best: tuple[dict[str, Any] | None, Any] | None = None
    ends = _pattern(region.end).search(line, position) if region.end else None
    if ends:
        best = None, ends
    for rule in _rules(region.rule):
        match = _pattern(rule.get("begin") or rule["match"]).search(line, position)
        if match and (best is None or match.start() < best[1].start()):
            best = rule, match
    return best


def _rules(rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for inner in rule.get("patterns", ()):
        if "include" in inner:
            named = GRAMMAR["repository"][inner["include"].removeprefix("#")]
            yield from _rules({"patterns": [named]})
        elif "match" in inner or "begin" in inner:
            yield inner
        else:
            yield from _rules(inner)


@cache
def _pattern(text: str) -> Any:
    return regex.compile(text)


def _captured(match: Any, scopes: tuple[str, ...], captures: dict[str, Any]) -> Iterator[Piece]:
    """The match in pieces; captures do not overlap in this grammar."""
    scopes = (*scopes, captures["0"]["name"]) if "0" in captures else scopes
    position = match.start()
    for group in sorted(int(key) for key in captures if key != "0"):
        if match[group] is None:
            continue
        yield match.string[position : match.start(group)], scopes
        yield match[group], (*scopes, captures[str(group)]["name"])
        position = match.end(group)
    yield match.string[position : match.end()], scopes


def scope_of(line: str, word: str, occurrence: int = 0) -> str:
    """The innermost scope of a piece of the line."""
    return [scopes[-1] if scopes else "" for text, scopes in tokenize(line)[0] if text.strip() == word][occurrence]


# ---- the grammar


def _all_patterns(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("match", "begin", "end") if isinstance(node.get(key), str))
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _all_patterns(inner)


@pytest.mark.parametrize("pattern", sorted(set(_all_patterns(GRAMMAR))))
def test_every_pattern_compiles(pattern: str) -> None:
    regex.compile(regex.sub(r"\\1", "x", pattern))


def test_every_include_has_its_rule_and_every_rule_its_include() -> None:
    included = set(regex.findall(r'"include": "#([\w-]+)"', json.dumps(GRAMMAR)))
    assert included == set(GRAMMAR["repository"])


@pytest.mark.parametrize(
    ("line", "word", "scope"),
    [
        ("  get \"/a\"  # the first", "# the first", "comment.line.number-sign"),
        ("# plan", "# plan", "comment.line.number-sign"),
        ("threads \"Users\" 10 ramp 5s {", "threads", "keyword.declaration"),
        ("threads \"Users\" 10 ramp 5s {", "Users", "string.quoted.double"),
        ("threads \"Users\" 10 ramp 5s {", "10", "constant.numeric"),
        ("threads \"Users\" 10 ramp 5s {", "ramp", "keyword.other.clause"),
        ("threads \"Users\" 10 ramp 5s {", "5", "constant.numeric"),
        ("threads \"Users\" 10 ramp 5s {", "s", "keyword.other.unit"),
        ("threads \"Users\" 10 ramp 5s {", "{", "punctuation.section.block"),
        ("  off if a { get \"/\" } else if b { }", "off", "keyword.other.off"),
        ("  off if a { get \"/\" } else if b { }", "if", "keyword.control"),
        ("  off if a { get \"/\" } else if b { }", "get", "keyword.other.statement"),
        ("  off if a { get \"/\" } else if b { }", "else", "keyword.control"),
        ("  off if a { get \"/\" } else if b { }", "b", "variable.other"),
        ("get \"/items/${id}?n=1\"", "id", "variable.other"),
        ("get \"/items/${id}?n=1\"", "${", "punctuation.section.embedded.begin"),
        ("get \"/items/${id}?n=1\"", "?n=1", "string.quoted.double"),
        ("get \"${__P(a,${b})}\"", "__P", "support.function"),
        ("get \"${__P(a,${b})}\"", "b", "variable.other"),
        ("ramp ${ramp}s", "s", "keyword.other.unit"),
        ("think 2s..5s", "..", "keyword.operator"),
        ("pace 100/min by all", "/min", "keyword.other.unit"),
        ("chance 30% { next-loop }", "%", "keyword.other.unit"),
        ("chance 30% { next-loop }", "next-loop", "keyword.control"),
        (r'set a = "x\n" + "y"', r"\n", "constant.character.escape"),
        ("set a = 'it''s' + b", "''", "constant.character.escape"),
        ("set a = 'it''s' + b", "+", "keyword.operator"),
        ("extract id = json('$.id') else \"none\"", "json", "support.function"),
        ("extract id = json('$.id') else \"none\"", "else", "keyword.other.clause"),
        ("check status in [200, 201] and not a is empty", "status", "variable.language"),
        ("check status in [200, 201] and not a is empty", "in", "keyword.operator.word"),
        ("check status in [200, 201] and not a is empty", "not", "keyword.operator.word"),
        ("check status in [200, 201] and not a is empty", "empty", "support.type"),
        ("check time < 1.5s when ok", "time", "variable.language"),
        ("check time < 1.5s when ok", "1.5", "constant.numeric"),
        ("check time < 1.5s when ok", "when", "keyword.other.clause"),
        ("timeout connect 5s response 30s", "connect", "keyword.other.clause"),
        ("set loop = loop + 1", "loop", "variable.other"),
        ("json { \"a\": [1, ${b}], \"c\": \"d ${e} # no comment\" }", "json", "keyword.other.statement"),
        ("json { \"a\": [1, ${b}], \"c\": \"d ${e} # no comment\" }", '"a"', "support.type.property-name"),
        ("json { \"a\": [1, ${b}], \"c\": \"d ${e} # no comment\" }", "e", "variable.other"),
        ("json { \"a\": [1, ${b}], \"c\": \"d ${e} # no comment\" }", "# no comment", "string.quoted.double"),
        ("  p95(time of \"Login\") < 1s", "p95", "support.function.aggregate"),
        ("set on = true", "true", "constant.language"),
    ],
)  # fmt: skip
def test_scopes(line: str, word: str, scope: str) -> None:
    assert scope_of(line, word) == f"{scope}.lplan"


def test_texts_of_several_lines() -> None:
    lines = tokenize('body """\n  {"a": "${b}"}  # text\n  """ from "f"\nget "/"')
    assert {scopes[0] for text, scopes in lines[1]} == {"string.quoted.triple.lplan"}
    assert ("b", ("string.quoted.triple.lplan", "meta.template.lplan", "variable.other.lplan")) in lines[1]
    assert lines[2][-1] == ('"', ("string.quoted.double.lplan", "punctuation.definition.string.end.lplan"))
    assert lines[3][0] == ("get", ("keyword.other.statement.lplan",))


def test_what_is_open_at_the_end_of_its_line_ends_there() -> None:
    lines = tokenize('get "/a\nget "${b\nget \'${c\nget "/"')
    assert [line[0] for line in lines] == [("get", ("keyword.other.statement.lplan",))] * 4


@pytest.mark.parametrize(
    "verb", sorted({*(row.verb for row in ROWS), *(line.verb for row in ROWS for line in row.lines)})
)
def test_every_verb_is_a_keyword_at_the_start_of_a_statement_only(verb: str) -> None:
    assert scope_of(f"  {verb} 1", verb).startswith("keyword.")
    assert not scope_of(f"x = {verb} + 1", verb.split()[0]).startswith(("keyword.control", "keyword.declaration"))


def test_controllers_are_control_words() -> None:
    assert {scope_of(f"{row.verb} 1", row.verb) for row in CONTROLLERS} == {"keyword.control.lplan"}


@pytest.mark.parametrize(
    "clause",
    sorted({clause.word for row in (*ROWS, THRESHOLD) for part in (row, *row.lines) for clause in part.clauses}),
)
def test_every_clause_is_a_keyword(clause: str) -> None:
    assert scope_of(f"verb {clause} 1", clause) in ("keyword.other.clause.lplan", "keyword.operator.word.lplan")


@pytest.mark.parametrize("function", [*QUERIES, *FUNCTIONS, "__time"])
def test_every_function_is_one(function: str) -> None:
    assert scope_of(f"set x = {function}(a)", function) == "support.function.lplan"


@pytest.mark.parametrize("name", sorted(NOT_VARIABLES))
def test_every_part_of_the_sample_is_one(name: str) -> None:
    assert scope_of(f"set x = {name} + 1", name) == "variable.language.lplan"


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_it_sees_a_plan_as_the_language_does(file: Path) -> None:
    """Texts and comments begin where the language's own lexer has them, and no piece is lost."""
    source = file.read_text("utf-8")
    lines = tokenize(source)
    assert "\n".join("".join(text for text, _ in line) for line in lines) == source
    starts = [token.start for token in scan(Source(source, "")) if token.type in ("STRING", "RAW", "TRIPLE")]
    comments = [comment.start for token in scan(Source(source, "")) for comment in token.comments]
    assert list(_beginnings(lines, "punctuation.definition.string.begin", "support.type.property")) == starts
    assert list(_beginnings(lines, "comment.line")) == comments


def _beginnings(lines: list[list[Piece]], *marks: str) -> Iterator[int]:
    offset = 0
    for line in lines:
        for text, scopes in line:
            if scopes and scopes[-1].startswith(marks):
                yield offset
            offset += len(text)
        offset += 1


# ---- the extension


def test_the_extension_finds_its_files() -> None:
    folder = ROOT / "grammar" / "vscode"
    package = json.loads((folder / "package.json").read_text("utf-8"))["contributes"]
    (language,), (grammar,) = package["languages"], package["grammars"]
    assert grammar["language"] == language["id"]
    assert grammar["scopeName"] == GRAMMAR["scopeName"]
    assert json.loads((folder / grammar["path"]).read_text("utf-8")) == GRAMMAR
    configuration = json.loads((folder / language["configuration"]).read_text("utf-8"))
    assert regex.fullmatch(configuration["wordPattern"]["pattern"], "user.per-iteration_2")
    assert all(regex.compile(pattern) for pattern in configuration["indentationRules"].values())
