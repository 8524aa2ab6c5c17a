"""The TextMate grammar, run over real lines by a small interpreter of its format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from silhouette_plan.language.editors import textmate
from silhouette_plan.language.problems import Problems
from silhouette_plan.language.syntax import Statement, read_form
from silhouette_plan.language.tokens import Source

GRAMMAR = Path(__file__).resolve().parents[2] / "grammar"
FOLDER = GRAMMAR / "vscode"
RULES = textmate()
PLANS = sorted((GRAMMAR.parent / "plans").rglob("*.lplan"))


def patterns(rules: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rules with their includes replaced by what they name."""
    for rule in rules:
        if "include" in rule:
            named = RULES["repository"][rule["include"][1:]]
            yield from patterns(named["patterns"] if "match" not in named and "begin" not in named else [named])
        else:
            yield rule


def scopes(line: str) -> list[tuple[str, str]]:
    """Text with its scope, from left to right; multi-line rules end with the line."""
    found: list[tuple[str, str]] = []
    rules, position, open_rule = list(patterns(RULES["patterns"])), 0, None
    while position <= len(line):
        within = list(patterns(open_rule["patterns"])) if open_rule else rules
        hits = [
            (m.start(), index, m, rule)
            for index, rule in enumerate(within)
            if (m := regex.compile(rule.get("match") or rule["begin"]).search(line, position)) and m.end() > m.start()
        ]
        if open_rule and (end := regex.compile(ending(open_rule)).search(line, position)):
            hits.append((end.start(), -1, end, None))
        if not hits:
            break
        _, _, match, rule = min(hits, key=lambda hit: hit[:2])
        if rule is None:
            open_rule = None
        elif "begin" in rule:
            open_rule = rule
            found.append((rule["name"], match.group()))
        else:
            found += captured(rule, match)
        position = max(match.end(), position + (match.end() == match.start()))
    return found


def ending(rule: dict[str, Any]) -> str:
    """The end of a rule, its reference to the begin's group filled in."""
    return str(rule["end"].replace("\\1", '"{3,8}'))


def captured(rule: dict[str, Any], match: Any) -> Iterator[tuple[str, str]]:
    if "name" in rule:
        yield rule["name"], match.group()
    for number, capture in rule.get("captures", {}).items():
        text = match.group(int(number))
        if text is None:
            continue
        if "name" in capture:
            yield capture["name"], text
        for inner in patterns(capture.get("patterns", [])):
            if regex.search(inner["match"], text):
                yield inner["name"], text
                break


def every_regex(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in ("match", "begin") if key in value)
        yield from [ending(value)] if "end" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from every_regex(item)


def test_the_file_is_the_grammar() -> None:
    assert json.loads((GRAMMAR / "lplan.tmLanguage.json").read_text("utf-8")) == RULES


def test_every_regex_compiles() -> None:
    found = list(every_regex(RULES))
    assert len(found) > 20
    for pattern in found:
        regex.compile(pattern)


@pytest.mark.parametrize(
    ("line", "scope", "text"),
    [
        ('plan "Name" serialized', "keyword.declaration.lplan", "plan"),
        ('threads "Users" ${users} ramp 5m {', "storage.type.group.lplan", "threads"),
        ('threads "Users" ${users} ramp 5m {', "variable.other.template.lplan", "${users}"),
        ('threads "Users" ${users} ramp 5m {', "constant.numeric.lplan", "5m"),
        ('  get "/path" as "Label"', "entity.name.function.step.lplan", "get"),
        ('  get "/path" as "Label"', "keyword.other.as.lplan", "as"),
        ("  off loop 3 {", "keyword.other.off.lplan", "off"),
        ("  off loop 3 {", "keyword.control.lplan", "loop"),
        ("  } else if a == 1 {", "keyword.control.lplan", "else"),
        ("  before script groovy 'x'", "storage.modifier.scope.lplan", "before script"),
        ("  check status == 200 and json('$.a') is set  # why", "keyword.operator.word.lplan", "is"),
        ("  check status == 200 and json('$.a') is set  # why", "support.function.lplan", "json"),
        ("  check status == 200 and json('$.a') is set  # why", "comment.line.number-sign.lplan", "# why"),
        ("  p95(time) < 1s", "support.function.aggregate.lplan", "p95"),
        ('  query "q" "${word}"', "support.type.property.lplan", "query"),
        ('  query "a\\n" "b"', "constant.character.escape.lplan", "\\n"),
        ("  set inside = is-it", "variable.other.lplan", "inside"),
        ("  if ok { break }", "entity.name.function.step.lplan", "break"),
    ],
)
def test_scopes(line: str, scope: str, text: str) -> None:
    assert (scope, text) in scopes(line)


def statements(found: list[Statement]) -> Iterator[Statement]:
    for statement in found:
        yield statement
        for block in statement.blocks:
            yield from statements(block.statements)


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.name)
def test_every_verb_of_the_plans_has_its_colour(file: Path) -> None:
    source = Source(file.read_text("utf-8"), file.name)
    lines = source.text.splitlines()
    for statement in statements(read_form(Problems(source)).statements):
        verb = statement.items[0]
        line, _ = source.position(verb.start)
        coloured = [scope for scope, text in scopes(lines[line - 1]) if text.split()[0] == verb.text]
        assert coloured, lines[line - 1]
        assert coloured[0] != "variable.other.lplan", lines[line - 1]


def test_the_extension_points_at_its_files() -> None:
    package = json.loads((FOLDER / "package.json").read_text("utf-8"))
    (language,), (grammar,) = package["contributes"]["languages"], package["contributes"]["grammars"]
    assert json.loads((FOLDER / language["configuration"]).read_text("utf-8"))["comments"] == {"lineComment": "#"}
    assert (FOLDER / grammar["path"]).resolve() == GRAMMAR / "lplan.tmLanguage.json"
    assert grammar["scopeName"] == RULES["scopeName"]
