from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.diagnostics.suggest import did_you_mean, edits, nearest

STATEMENTS = ["get", "post", "think", "extract", "assert", "group", "loop"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("gett", "get"),
        ("GET", "get"),
        ("asert", "assert"),
        ("assetr", "assert"),
        ("exract", "extract"),
        ("thikn", "think"),
        ("database", None),
        ("x", None),
        ("", None),
    ],
)
def test_nearest(word: str, found: str | None) -> None:
    assert nearest(word, STATEMENTS) == found


def test_hint() -> None:
    assert did_you_mean("lop", STATEMENTS) == "did you mean “loop”?"
    assert did_you_mean("zzzz", STATEMENTS) == ""


def test_equally_near_names_go_by_the_alphabet() -> None:
    assert nearest("cat", ["hat", "bat"]) == "bat"


words = st.text(alphabet="abc", max_size=6)


@settings(max_examples=100, deadline=None)
@given(words, words)
def test_edits_are_a_symmetric_count(a: str, b: str) -> None:
    far = 20
    assert edits(a, b, far) == edits(b, a, far)
    assert (edits(a, b, far) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= edits(a, b, far) <= max(len(a), len(b))
    assert min(edits(a, b, 1), 2) == min(edits(a, b, far), 2)
