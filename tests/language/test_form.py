"""The form: no conflict in the grammar, layout, recovery, and any input at all."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.diagnostics import PlanError
from silhouette_plan.language import format_source, parse
from silhouette_plan.language.codes import CODES
from silhouette_plan.language.grammar import build, grammar_text

ROOT = Path(__file__).resolve().parents[2]
PLANS = sorted((ROOT / "plans").rglob("*.lplan"))


def conflicts(make: object) -> list[str]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    level = lark.logger.level
    lark.logger.addHandler(handler)
    lark.logger.setLevel(logging.DEBUG)
    try:
        make()  # type: ignore[operator]
    finally:
        lark.logger.removeHandler(handler)
        lark.logger.setLevel(level)
    return [line for line in stream.getvalue().splitlines() if "onflict" in line]


@pytest.mark.parametrize("start", ["start", "expression"])
def test_the_grammar_has_no_conflict(start: str) -> None:
    assert conflicts(lambda: build(start, debug=True)) == []


def test_a_conflict_would_be_seen() -> None:
    grammar = 'start: "if" start | "if" start "else" start | "x"'
    assert conflicts(lambda: lark.Lark(grammar, parser="lalr", debug=True))


def test_the_grammar_fits_on_a_page() -> None:
    assert len(grammar_text().splitlines()) < 100


def codes(source: str | bytes) -> list[str]:
    parsing = parse(source, "x.lplan")
    assert all(
        (problem.code in CODES and problem.span is not None) or problem.code == "LP030"
        for problem in parsing.diagnostics
    )
    return [problem.code for problem in parsing.diagnostics]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_bytes_give_diagnostics(source: str | bytes) -> None:
    parsing = parse(source, "x")
    assert parsing.plan is not None or parsing.diagnostics


PIECES = st.sampled_from(
    ["{", "}", "(", ")", "[", "]", "json", "json {", "off", "else", "if", '"', "'", '"""', "\n", ";", " ", "${", "}", "a", "=", ",", "1", "2s", "..", "#", "\\", "get", "plan", "\x00", "\u2028", "not", "in"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_pieces_give_diagnostics(source: str) -> None:
    parse(source, "x")
    _formatted(source)


def _formatted(source: str) -> str | None:
    """The source in its usual form, which keeps it as it is; None where it has none."""
    try:
        formatted = format_source(source)
    except PlanError:
        return None
    assert format_source(formatted) == formatted
    return formatted


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_mutated_plans_give_diagnostics(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(PLANS)).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(len(source), start + 30)))
        source = source[:start] + data.draw(PIECES) + source[end:]
    parse(source, "x")
    formatted = _formatted(source)
    assert formatted is None or parse(formatted).plan == parse(source).plan


@pytest.mark.parametrize(
    "opener",
    [
        "if a {",
        "(",
        "[",
        "{",
        "json {",
        "block {\n",
        "x (",
        "check (",
        "${",
        "not ",
        "- ",
        "a + ",
        "a and ",
        "prop list 'x' {",
    ],
)
def test_nesting_10000_deep(opener: str) -> None:
    source = 'plan "x"\ncheck ' + opener * 10_000
    assert codes(source)
    with pytest.raises(PlanError):
        format_source(source)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", ["LP020"]),
        ('threads "x" {\n  get "/"\n}', ["LP020"]),
        ('plan "x"\nthreads "x"\n{\n  get "/"\n}', ["LP002"]),
        ('plan "x"\nif a == 1 {\n}\nelse {\n}', ["LP002"]),
        ('plan "x"\nthreads "x" {\n  get "/"', ["LP001"]),
        ('plan "x"\n}', ["LP001"]),
        ('plan "x"\nthread "x"', ["LP005"]),
        ('plan "x"\nwrite xml "a.xml"', ["LP005"]),
        ('plan "x"\nthreads "x" 5 rmap 5s', ["LP006"]),
        ('plan "x"\nthreads "x" ramp 5s ramp 6s', ["LP007"]),
        ('plan "x"\nthreads', ["LP008"]),
        ('plan "x"\nthreads "x" ramp 5', ["LP010"]),
        ('plan "x"\nthreads "x" ramp 5sec', ["LP010"]),
        ('plan "x"\nthreads "x" ramp 1500ms', ["LP022"]),
        ('plan "x"\ncheck a && b', ["LP003"]),
        ('plan "x"\ncheck a == "b', ["LP003"]),
        ('plan "x"\ncheck a ==', ["LP011"]),
        ('plan "x"\ncheck foo(1)', ["LP017"]),
        ('plan "x"\ncheck json()', ["LP018"]),
        ('plan "x"\nthreads "x" {\n  get "/"\n  think 5s\n}', ["LP015"]),
        ('plan "x"\nthreads "x" {\n  post "/" {\n    json { "a": }\n  }\n}', ["LP016"]),
        ('plan "x"\nnode "Foo"', ["LP019"]),
        ('plan "x"\ndebug {\n  field foo 1\n}', ["LP019"]),
        ('plan "x"\nplan "y"', ["LP013"]),
        ('plan "x"\nfield name "y"', ["LP013"]),
        ('plan "x"\nweight 3 {\n}', ["LP013"]),
        ('plan x\nthreads "a"', ["LP009"]),
        ('plan "x"\nif a {\n} else {\n} else {\n}', ["LP012"]),
        (b"\xff\xfe", ["LP021"]),
        ('plan "x"\nthreads "a" ramp 5\nthreads "b" rmap 5s\nthreads "c" for "x', ["LP010", "LP006", "LP003"]),
    ],
)
def test_each_problem_has_its_code(source: str | bytes, wanted: list[str]) -> None:
    assert codes(source) == wanted


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ('plan "x"\nthread "x"', "threads"),
        ('plan "x"\nthreads "x" 5 rmap 5s', "ramp"),
        ('plan "x"\npace 5/sec', "/s"),
        ('plan "x"\nthreads "x"\n  ramp 5s', "\\"),
        ('plan "x"\ncheck jason("$.a") == 1', "json"),
        ('plan "x"\nnode "JsonExtracter"', "JsonExtractor"),
        ('plan "x"\non-failure stop-tread', "stop-thread"),
        ('plan "x"\nthreads "T" {\n get /health\n}', "quotes"),
        ('plan "x"\nthreads "T" {\n get health\n}', "quotes"),
    ],
)
def test_hints_name_what_was_meant(source: str, hint: str) -> None:
    assert hint in parse(source).diagnostics[0].hint


def test_a_span_points_at_the_word() -> None:
    problem = parse('plan "x"\nthreads "x" 5 rmap 5s', "f.lplan").diagnostics[0]
    assert str(problem.span) == "f.lplan:2:15"


@pytest.mark.parametrize(
    ("block", "place"),
    [('base "/b"\n header "A" "b"\n encoding "x"', "f.lplan:4:2"), ('header "A" "b"\n header "C" "d"', "f.lplan:2:1")],
)
def test_headers_of_a_block_have_a_place(block: str, place: str) -> None:
    plan = parse(f'plan "x"\nhttp {{\n {block}\n}}', "f.lplan").plan
    assert plan is not None
    assert str(plan.children[1].span) == place


def test_newlines_end_statements_but_not_within_brackets_or_behind_signs() -> None:
    plan = parse('plan "x"\ncheck a in [1,\n  2] and\n  b == 1 \\\n  as "n"; check c').plan
    assert plan is not None
    assert [child.name for child in plan.children] == ["n", "c"]


def test_every_code_is_reported_somewhere() -> None:
    sources = "".join(
        file.read_text("utf-8")
        for file in (ROOT / "silhouette_plan" / "language").rglob("*.py")
        if file.name != "codes.py"
    )
    assert [code for code in CODES if f'"{code}"' not in sources] == []


def test_half_a_verb_is_told_its_other_half() -> None:
    found = parse('plan "x"\nwrite xml "a.xml"').diagnostics
    assert [(one.message, one.hint) for one in found] == [("`write` is no statement by itself", "write `write jtl`")]
