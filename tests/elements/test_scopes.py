"""Elements on sub-samples, on variables, and what they look at besides the body."""

from __future__ import annotations

from typing import Any

import pytest
from elements.stage import Stage, a_sample, a_user, process

from silhouette_plan.elements.scope import sub_samples
from silhouette_plan.plan.assertions import DurationAssertion, ResponseAssertion, SizeAssertion
from silhouette_plan.plan.processors import BoundaryExtractor, CssExtractor, JsonExtractor, RegexExtractor
from silhouette_plan.results.sample import Sample


def family() -> Sample:
    """A sample with two children, one of which has a child."""
    grandchild = a_sample("grandchild")
    first = a_sample("first", subresults=[grandchild])
    return a_sample("main", subresults=[first, a_sample("second")])


def test_children_come_before_their_own_children() -> None:
    assert [sample.text for sample in sub_samples(family())] == ["first", "second", "grandchild"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("", "main"), ("parent", "main"), ("children", "first"), ("all", "main"), ("nonsense", "none")],
)
def test_an_extractor_searches_its_scope(scope: str, expected: str) -> None:
    user = a_user()
    process(
        user,
        family(),
        [RegexExtractor(variable="v", regex="(.+)", template="$1$", match="1", default="none", scope=scope)],
    )
    assert user.variables["v"] == expected


def test_all_matches_of_all_samples_count_on() -> None:
    user = a_user()
    process(user, family(), [RegexExtractor(variable="v", regex=".+", template="$0$", match="-1", scope="all")])
    assert [user.variables[f"v_{n}"] for n in range(1, 5)] == ["main", "first", "second", "grandchild"]
    assert user.variables["v_matchNr"] == "4"


@pytest.mark.parametrize(
    ("scope", "pattern", "main", "children", "message"),
    [
        ("", "main", True, [True, True], ""),
        ("children", "first|grand", False, [True, False], "One or more sub-samples failed"),
        ("children", "main", False, [False, False], "One or more sub-samples failed"),
        ("all", "first", False, [False, False], "Test failed: text expected to contain /first/"),
        ("all", "main|first|second|grandchild", True, [True, True], ""),
        ("children", ".", True, [True, True], ""),
    ],
)
def test_an_assertion_judges_its_scope(
    scope: str, pattern: str, main: bool, children: list[bool], message: str
) -> None:
    sample = family()
    process(a_user(), sample, [ResponseAssertion(patterns=(pattern,), scope=scope)])
    assert sample.success is main
    assert [child.success for child in sample.subresults] == children
    assert sample.failure_message == message


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true", "X-Id: 7"),
        ("request_headers", "Accept: a"),
        ("URL", "http://h/p"),
        ("code", "201"),
        ("message", "Created"),
        ("unescaped", "<b>&"),
        ("false", "&lt;b&gt;&amp;"),
    ],
)
def test_an_extractor_searches_its_part(source: str, expected: str) -> None:
    user = a_user()
    sample = a_sample("&lt;b&gt;&amp;", "201", "Created", response_headers="X-Id: 7", request_headers="Accept: a")
    sample.url = "http://h/p"
    process(user, sample, [RegexExtractor(variable="v", regex=".+", template="$0$", source=source)])
    assert user.variables["v"] == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (JsonExtractor(names="v", paths="$.a", defaults="D", match="1", scope="variable", scope_variable="src"), "1"),
        (JsonExtractor(names="v", paths="$.a", defaults="D", match="1", scope="variable", scope_variable="no"), "D"),
        (RegexExtractor(variable="v", regex="[0-9]", template="$0$", scope="variable", scope_variable="src"), "1"),
        (BoundaryExtractor(variable="v", left=":", right="}", scope="variable", scope_variable="src"), None),
        (BoundaryExtractor(variable="v", left=":", right="}", match="1", scope="variable", scope_variable="src"), "1"),
        (CssExtractor(variable="v", selector="p", match="1", scope="variable", scope_variable="page"), "hi"),
    ],
)
def test_an_extractor_searches_a_variable(node: Any, expected: str | None) -> None:
    user = a_user(src='{"a":1}', page="<p>hi</p>")
    process(user, a_sample("unrelated"), [node])
    if expected is not None:
        assert user.variables.get("v") == expected
    else:
        assert user.variables["v"] == "1", "a random match of one"


def test_a_slow_sample_fails_by_its_duration() -> None:
    sample = a_sample(elapsed=1234)
    process(a_user(), sample, [DurationAssertion(name="D", duration="1000")])
    assert not sample.success
    assert sample.failure_message == (
        "The operation lasted too long: It took 1,234 milliseconds, but should not have lasted longer than 1,000 "
        "milliseconds."
    )


def test_sizes_are_those_of_the_network_and_the_parts() -> None:
    sample = a_sample("abc", headers_size=20, received=23)
    good = [
        SizeAssertion(size="23"),
        SizeAssertion(size="20", field="SizeAssertion.response_headers"),
        SizeAssertion(size="3", field="SizeAssertion.response_data"),
    ]
    assert process(a_user(), sample, [*good]).success


def test_passed_and_failed_assertions_are_told_apart() -> None:
    sample = process(
        a_user(),
        a_sample("abc"),
        [
            ResponseAssertion(name="yes", patterns=("abc",), test_type=8),
            ResponseAssertion(name="no", patterns=("x",), test_type=16),
        ],
    )
    assert list(sample.passed_assertions) == ["yes"]
    assert [result.name for result in sample.assertions] == ["no"]


@pytest.mark.parametrize("code", ["200", "404"])
@pytest.mark.parametrize(
    ("kind", "pattern"), [(8, "200"), (16, "20"), (2, "2.."), (1, "2.."), (12, "200"), (40, "200")]
)
def test_the_shortcut_agrees_with_the_whole_rule(code: str, kind: int, pattern: str) -> None:
    constant = ResponseAssertion(patterns=(pattern,), field="Assertion.response_code", test_type=kind)
    live = ResponseAssertion(patterns=("${p}",), field="Assertion.response_code", test_type=kind)
    results = []
    for node in (constant, live):
        sample = process(a_user(p=pattern), a_sample("", code), [node])
        results.append((sample.success, sample.failure_message))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (ResponseAssertion(patterns=("(",)), "EL001"),
        (ResponseAssertion(patterns=("a",), field="Assertion.response_data_as_document"), "EL002"),
        (RegexExtractor(variable="v", regex="["), "EL001"),
        (RegexExtractor(variable="v", regex="a", source="as_document"), "EL002"),
        (JsonExtractor(names="a;b", paths="$.a", defaults=""), "EL005"),
        (JsonExtractor(names="a", paths="$[", defaults=""), "EL003"),
        (CssExtractor(variable="v", selector="p:contains(x) >"), "EL003"),
        (CssExtractor(variable="v", selector="p:has(> b", implementation="JODD"), "EL004"),
    ],
)
def test_what_cannot_work_is_told_before_the_run(node: Any, code: str) -> None:
    build = Stage()
    process(a_user(), a_sample("x"), [node], build)
    assert code in build.codes
