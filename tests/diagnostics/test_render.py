"""Whole frames, as they are shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.diagnostics import Code, Diagnostic, Severity
from silhouette_plan.diagnostics.machine import render_json, render_sarif
from silhouette_plan.diagnostics.render import WIDEST_LINE, count_line, render, render_all
from silhouette_plan.diagnostics.width import display_width
from silhouette_plan.plan.span import Span

PLAN = 'group "Users" {\n\tgett "/api" # 会話\n  think 1s\n}\n'


def source(name: str) -> str | None:
    return PLAN if name == "shop.lplan" else None


UNKNOWN = Diagnostic(
    "LP014",
    "unknown statement “gett”",
    Span("shop.lplan", 2, 2, 2, 6),
    label="not a statement",
    hint="did you mean “get”?",
    notes=("statements begin a line",),
)


def test_frame() -> None:
    assert render(UNKNOWN, source).split("\n") == [
        "error[LP014]: unknown statement “gett”",
        " --> shop.lplan:2:2",
        "  |",
        '2 |     gett "/api" # 会話',
        "  |     ^^^^ not a statement",
        "  = note: statements begin a line",
        "  = help: did you mean “get”?",
    ]


def test_frame_in_colour() -> None:
    painted = render(UNKNOWN, source, colour=True)
    assert painted.startswith("\x1b[1;31merror[LP014]\x1b[0m\x1b[1m: unknown")
    assert painted.count("\x1b[0m") == painted.count("\x1b[") / 2


def test_frame_of_a_line_alone() -> None:
    """XML elements know their line only; the path says which element."""
    warning = Diagnostic(
        "JX003",
        "unknown property",
        Span("plan.jmx", 12, path="Test Plan/Users"),
        Severity.WARNING,
        label="this property",
    )
    text = "\n" * 11 + '      <intProp name="x">1</intProp>  \r\n'
    assert render(warning, lambda name: text).split("\n") == [
        "warning[JX003]: unknown property",
        "  --> plan.jmx:12 (Test Plan/Users)",
        "   |",
        '12 |       <intProp name="x">1</intProp>',
        "   |       this property",
    ]


def test_frame_without_source() -> None:
    assert render(UNKNOWN, lambda name: None).split("\n") == [
        "error[LP014]: unknown statement “gett”",
        " --> shop.lplan:2:2",
        "  | not a statement",
        "  = note: statements begin a line",
        "  = help: did you mean “get”?",
    ]


def test_frame_without_place() -> None:
    lost = Diagnostic("RS002", "the file cannot be opened", hint="choose another")
    assert render(lost).split("\n") == [
        "error[RS002]: the file cannot be opened",
        " = help: choose another",
    ]


def test_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    several = Diagnostic("LP020", "never closed", Span("shop.lplan", 1, 15, 4, 2))
    assert render(several, source).split("\n")[-1] == "  |               ^"


def test_wide_characters_take_two_columns() -> None:
    wide = Diagnostic("LP021", "x", Span("shop.lplan", 2, 16, 2, 18))
    assert render(wide, source).split("\n")[-1] == "  | " + " " * 18 + "^^^^"


def test_long_lines_are_cut_around_the_mark() -> None:
    line = "a" * 500 + "BAD" + "c" * 500
    shown = render(Diagnostic("X", "x", Span("f", 1, 501, 1, 504)), lambda name: line).split("\n")
    text, marks = shown[3], shown[4]
    assert len(text) <= WIDEST_LINE + len("1 | ……")
    assert text[marks.index("^") : marks.rindex("^") + 1] == "BAD"


def test_place_beyond_the_file_shows_no_line() -> None:
    assert len(render(Diagnostic("X", "x", Span("shop.lplan", 99, 1)), source).split("\n")) == 2


def test_all_with_a_count() -> None:
    warning = Diagnostic("LP030", "w", severity=Severity.WARNING)
    shown = render_all([UNKNOWN, UNKNOWN, warning], source)
    assert shown.endswith("\n\nwarning[LP030]: w\n\n2 errors, 1 warning")
    assert count_line([]) == "no problems found"


def test_sources_are_read_once() -> None:
    asked: list[str] = []
    render_all([UNKNOWN, UNKNOWN], lambda name: asked.append(name))
    assert asked == ["shop.lplan"]


def test_source_from_disk(tmp_path: Path) -> None:
    (tmp_path / "p.lplan").write_bytes(b"caf\xe9 x\n")
    frame = render(Diagnostic("X", "x", Span(str(tmp_path / "p.lplan"), 1, 6, 1, 7)))
    assert frame.split("\n")[3:] == ["1 | caf� x", "  |      ^"]


def test_json() -> None:
    (data, bare) = json.loads(render_json([UNKNOWN, Diagnostic("X", "x")]))
    assert data["span"]["line"] == 2
    assert (data["severity"], data["hint"], data["notes"]) == (
        "error",
        "did you mean “get”?",
        ["statements begin a line"],
    )
    assert bare["span"] is None


def test_sarif() -> None:
    codes = {"LP014": Code("LP014", "Unknown statement", "It is *not* known.")}
    element = Diagnostic("JX003", "y", Span("a.jmx", 7, path="Plan/G"), Severity.WARNING)
    log = json.loads(render_sarif([UNKNOWN, element, Diagnostic("LP014", "z")], codes, "1.2"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["JX003", "LP014"]
    first, second, third = run["results"]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["shortDescription"]["text"] == "Unknown statement"
    assert first["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 2,
        "endLine": 2,
        "endColumn": 6,
    }
    assert second["level"] == "warning"
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert second["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "Plan/G"}]
    assert third["locations"] == []


def test_what_is_said_at_many_places_has_one_frame() -> None:
    alike = [Diagnostic("HT008", "brotli", Span("f", line), Severity.WARNING) for line in range(1, 21)]
    other = Diagnostic("HT008", "brotli", Span("g", 1), Severity.WARNING)
    shown = render_all([*alike, other], lambda name: None)
    assert shown == (
        "warning[HT008]: brotli\n --> f:1\n  = note: the same 19 times more, in lines 2, 3, 4, 5, 6, 7, 8, 9, …\n\n"
        "warning[HT008]: brotli\n --> g:1\n\n21 warnings"
    )
    assert render_all(alike[:3], lambda name: None).count("-->") == 3


def test_too_many_frames_are_counted() -> None:
    found = [Diagnostic("X", f"{number}", Span("f", number)) for number in range(1, 9)]
    shown = render_all(found, lambda name: None, limit=2)
    assert shown.startswith("error[X]: 7\n")
    assert shown.endswith("8 errors, of which 6 are not shown; `silplan lint --format json` lists all")


@pytest.mark.parametrize("colour", [False, True])
@settings(max_examples=60, deadline=None)
@given(
    text=st.text(max_size=300),
    line=st.integers(0, 4),
    column=st.integers(0, 320),
    end=st.tuples(st.integers(0, 5), st.integers(0, 320)),
)
def test_any_span_can_be_shown(colour: bool, text: str, line: int, column: int, end: tuple[int, int]) -> None:
    shown = render(Diagnostic("X", "x", Span("f", line, column, *end), label="l"), lambda name: text, colour=colour)
    assert all(display_width(each) <= 2 * WIDEST_LINE * 4 for each in shown.split("\n"))
    assert len(shown.split("\n")) <= 5
