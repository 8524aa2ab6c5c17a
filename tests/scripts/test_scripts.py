"""Scripts: limits, what they may reach, holes against replaced text."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.javascript.language import JAVASCRIPT, JAVASCRIPT_CONDITION
from silhouette_plan.scripts.jexl.language import JEXL2, JEXL3
from silhouette_plan.scripts.prepared import prepare, run_text
from silhouette_plan.values.user import GroupState, Run, User

ESCAPES = [
    '"".class.forName("java.lang.Runtime")', '"".getClass()', 'new("java.io.File", "x")', 'new("java.lang.ProcessBuilder", "ls")',
    "vars.getClass()", "ctx.getEngine()", "props.store()", "log.__class__", "[].__class__.length",
]  # fmt: skip


@pytest.mark.parametrize("source", ESCAPES)
def test_jexl_reaches_nothing_else(source: str, make_user: Any) -> None:
    with pytest.raises((Unsupported, ScriptFault)):
        run_text(source, JEXL3, make_user())


@pytest.mark.parametrize(
    "source",
    ['Function("return this")()', "eval('1')", "this.constructor", "''.constructor", "[].constructor", "({}).__proto__.x",
     "java.lang.Runtime", "Packages.java.io.File", "new java.io.File('x')", "vars.getClass()", "(function(){}).constructor",
     "__import__('os')", "vars.__class__.x", "require('fs')", "load('x')"],
)  # fmt: skip
def test_javascript_reaches_nothing_else(source: str, make_user: Any) -> None:
    with pytest.raises((Unsupported, ScriptFault)):
        run_text(source, JAVASCRIPT, make_user())


@pytest.mark.parametrize(
    ("dialect", "source"),
    [(JEXL3, "while (true) { 1 }"), (JAVASCRIPT, "for (;;) {}"), (JAVASCRIPT, "function f() { return f() } f()"),
     (JEXL3, "var f = (x) -> { f(x) }; f(1)"), (JAVASCRIPT, "var s = 'aaaaaaaaaa'; while (true) s = s + s"),
     (JEXL3, "var s = 'aaaaaaaaaa'; while (true) { s = s + s }"), (JAVASCRIPT, "'(a+)+$'.length; /(a+)+$/.test('" + "a" * 40_000 + "b')")],
)  # fmt: skip
def test_scripts_that_do_not_end_are_stopped(dialect: Any, source: str, make_user: Any) -> None:
    begun = time.perf_counter()
    with pytest.raises((Unsupported, ScriptFault)):
        run_text(source, dialect, make_user())
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("dialect", [JEXL3, JAVASCRIPT])
def test_nesting_is_limited(dialect: Any, make_user: Any) -> None:
    for source in ("(" * 5000 + "1" + ")" * 5000, "-" * 5000 + "1", "[" * 5000, "1" + "+1" * 50_000, "!" * 3000 + "1"):
        with suppress(Unsupported, ScriptFault):
            run_text(source, dialect, make_user())


def test_names_of_jmeter(make_user: Any) -> None:
    user = make_user({"a": "A"})
    assert run_text('vars.put("b", "1"); vars.get("a") + vars.get("b")', JEXL3, user) == "A1"
    assert user.variables["b"] == "1"
    assert run_text("sampleResult.getResponseCode()", JEXL3, user) == "200"
    assert run_text('props.put("k", "v"); props.get("k")', JAVASCRIPT, user) == "v"
    assert run_text("ctx.getThreadGroup().getName()", JAVASCRIPT, user) == "TG"
    assert run_text("x = 1; x", JEXL3, user) == 1
    with pytest.raises(ScriptFault):
        run_text("x", JEXL3, user)
    with pytest.raises(ScriptFault):
        run_text("vars.get('a')", JAVASCRIPT_CONDITION, user)


def test_jexl2_adds_numbers_first(make_user: Any) -> None:
    assert run_text('"5" + 3', JEXL2, make_user()) == 8
    assert run_text('"a" + 3', JEXL2, make_user()) == "a3"
    assert run_text("2*3", JEXL2, make_user()) == 6


SOURCES = [
    ('"', '" == "a"'), ("", " > 2"), ("1 + ", ""), ("'x", "y'.length"), ("x", ""), ("", ".length"), ("// ", "\n1"),
    ("(", ") == 3"), ("[", "][0]"), ("-", ""), ("", "(1)"), ('"a" + ', ' + "b"'), ("`", "`"), ("var ", " = 1"), ("!", ""),
]  # fmt: skip
VALUES = st.one_of(
    st.text(alphabet="a1\"'\\ +.$`{}\ue000\n", max_size=6),
    st.sampled_from(["3", "010", "true", "false", "1.50", "", "a", "-1"]),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOURCES), VALUES, st.sampled_from([JEXL3, JAVASCRIPT]))
def test_a_hole_gives_what_the_replaced_text_gives(source: tuple[str, str], value: str, dialect: Any) -> None:
    user = User(Run({}, Path(), "p", 1), GroupState("g", 1, 1), 0, "g 1-1", {})

    def outcome(run: Any) -> object:
        try:
            return run()
        except ScriptFault:
            return "fault"
        except Unsupported:
            return "unsupported"

    before, after = source
    by_hole = outcome(lambda: prepare((before, lambda user: value, after), dialect).run(user))
    by_text = outcome(lambda: run_text(f"{before}{value}{after}", dialect, user))
    assert repr(by_hole) == repr(by_text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"ab1\"'(){}[];,.+-*/<>=!&|?: \n`$\\#@", "if", " for ", "var ", "vars", "=="]),
        max_size=20,
    ).map("".join)
)
def test_any_source_gives_a_value_or_says_why(source: str) -> None:
    user = User(Run({}, Path(), "p", 1), GroupState("g", 1, 1), 0, "g 1-1", {})
    for dialect in (JEXL3, JAVASCRIPT):
        with suppress(ScriptFault, Unsupported):
            run_text(source, dialect, user)
