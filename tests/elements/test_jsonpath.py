"""JSONPath against Jayway JsonPath 2.7 with json-smart 2.4 (``recorded/jsonpath.json``), and its laws."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silhouette_plan.elements.jsonpath import (
    InvalidPath,
    NotJson,
    PathFault,
    PathNotFound,
    compile_path,
    parse,
    render,
    render_json,
)
from silhouette_plan.elements.jsonpath.render import hash_map_order

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recorded" / "jsonpath.json").read_text("utf-8"))

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=5),
    max_leaves=15,
)


def found(path: str, document: Any) -> Any:
    try:
        return [render(match) for match in compile_path(path).find(document)]
    except PathNotFound:
        return "EMPTY"
    except PathFault:
        return "ERR"


def test_all_matches_are_those_of_jayway() -> None:
    documents = {number: parse(text) for number, text in RECORDED["documents"].items()}
    wrong = [
        (path, expected, got)
        for number, path, expected, _ in RECORDED["rows"]
        if (got := found(path, documents[str(number)])) != expected
    ]
    assert not wrong


def test_single_values_are_those_of_jayway() -> None:
    documents = {number: parse(text) for number, text in RECORDED["documents"].items()}
    for number, path, _, expected in RECORDED["rows"]:
        try:
            value = compile_path(path).read(documents[str(number)])
        except PathFault:
            assert expected is None, path
        else:
            assert (render(value) or "null") == (expected or "null"), path


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("$.a.b.c", "Missing property in path $['a']['b']"),
        ("$.a.nope", "No results for path: $['a']['nope']"),
        ("$.a[0]", "Filter: [0] can only be applied to arrays. Current context is: {x=1}"),
        ("$.n[0]", "The path $['n'] is null"),
        (
            "$.s.x",
            "Expected to find an object with property ['x'] in path $['s'] but found 'java.lang.String'. This is not a "
            "json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
        ),
    ],
)
def test_a_definite_path_says_where_it_was_lost(path: str, message: str) -> None:
    with pytest.raises(PathNotFound) as lost:
        compile_path(path).read({"a": {"x": 1}, "s": "text", "n": None})
    assert str(lost.value) == message


@pytest.mark.parametrize("path", ["", "$.", "$..", "$.a b", "$x", "$['a", "$[?(@.a]", "$[:]", "$[x]", "$[?(1)]"])
def test_nonsense_is_refused(path: str) -> None:
    with pytest.raises(InvalidPath):
        compile_path(path)


@given(st.text(alphabet="$@.[]()*'\"?:,-01a!&|=<>~/ \\{}", max_size=20))
@settings(max_examples=300)
def test_any_text_is_a_path_or_refused(text: str) -> None:
    try:
        path = compile_path(text)
    except InvalidPath:
        return
    with suppress(PathFault):
        path.find({"a": [{"a": 1}, 0, "a"]})


@given(st.text(alphabet="{}[]:,'\"\\u0a1.eE+-tfn \n\x1a", max_size=24))
@settings(max_examples=300)
def test_any_text_is_a_document_or_refused(text: str) -> None:
    try:
        value = parse(text)
    except NotJson:
        return
    render(value)


@given(VALUES)
@settings(max_examples=150)
def test_what_is_written_reads_back(value: Any) -> None:
    assert json.loads(render_json(parse(json.dumps(value)))) == json.loads(json.dumps(value))


@given(st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=40))
@settings(max_examples=100)
def test_a_hash_map_loses_no_key(keys: list[str]) -> None:
    assert sorted(hash_map_order(keys)) == sorted(keys)


def test_a_hash_map_orders_by_spread_hash() -> None:
    # Recorded: three keys give a table of eight places; what lies inside keeps its order.
    assert render({"zeta": 1, "alpha": {"b": 2, "a": 1}, "mid": 3}) == '{"zeta":1,"mid":3,"alpha":{"b":2,"a":1}}'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a:1,'b':'x',}", {"a": 1, "b": "x"}),
        ("[1,,2,]", [1, 2]),
        ("not json", "not json"),
        ('{"a":"x\ny"}', {"a": "x\ny"}),
        ('{"a":1} and more', {"a": 1}),
        ('"\\ud83d\\ude00"', "😀"),
        ("007", 7),
        ("[+1, .5]", ["+1", ".5"]),
    ],
)
def test_what_is_almost_json(text: str, value: object) -> None:
    assert parse(text) == value


def test_depth_is_bounded() -> None:
    with pytest.raises(NotJson):
        parse("[" * 100_000)
