"""Processors, and assertions that no recorded scene has."""

from __future__ import annotations

from pathlib import Path

import pytest
from elements.stage import Stage, a_run, a_sample, a_user, process

from silhouette_plan.elements.tables import ASSERTIONS, DATA, LISTENERS, PRE_PROCESSORS, QUERIES
from silhouette_plan.plan.assertions import CompareAssertion, JsonSchemaAssertion, XmlSchemaAssertion
from silhouette_plan.plan.processors import DebugPostProcessor, ResultAction, SampleTimeout
from silhouette_plan.program.build import Evaluate
from silhouette_plan.results.sample import NextAction, Sample, Steering
from silhouette_plan.values.coercion import NULL
from silhouette_plan.values.context import ValueContext

# -- processors


def test_a_debug_post_processor_adds_a_sub_sample() -> None:
    user = a_user(b="2", a10="x", a9="y", é="ü", gone=None)
    user.sampler_name = "S"
    sample = process(user, a_sample("body"), [DebugPostProcessor(name="D", show_sampler=False)])
    (sub,) = sample.subresults
    assert (sub.label, sub.code, sub.success, sub.parent) == ("s-0", "200", True, sample)
    assert sub.text == "JMeterVariables:\na9=y\na10=x\nb=2\né=ü\n\n"
    assert sample.received == 4 + sub.received


def test_a_debug_sub_sample_keeps_its_name_where_none_is_renamed() -> None:
    sample = process(
        a_user(), a_sample(), [DebugPostProcessor(name="D")], Stage(properties={"subresults.disable_renaming": "true"})
    )
    assert [sub.label for sub in sample.subresults] == ["D"]


@pytest.mark.parametrize(
    ("action", "attribute", "value"),
    [
        (1, "stop_user", True),
        (2, "stop_test", True),
        (3, "stop_now", True),
        (4, "next_action", NextAction.NEXT_THREAD_LOOP),
        (5, "next_action", NextAction.NEXT_LOOP),
        (6, "next_action", NextAction.BREAK_LOOP),
    ],
)
def test_a_failed_sample_asks_for_an_action(action: int, attribute: str, value: object) -> None:
    act = LISTENERS[ResultAction](ResultAction(action=action), Stage())
    good, bad = a_sample(), a_sample(success=False)
    act(a_user(), good)
    act(a_user(), bad)
    assert getattr(bad.steering, attribute) == value != getattr(Steering(), attribute)
    assert good.steering is None


def test_the_shortest_sample_timeout_counts() -> None:
    user = a_user()
    for timeout in ("0", "5000", "1500", "${unset}", "9000"):
        PRE_PROCESSORS[SampleTimeout](SampleTimeout(timeout=timeout), Stage())(user)
    assert user.state[SampleTimeout, user] == 1.5


# -- assertions


def test_samples_of_an_iteration_are_compared() -> None:
    node = CompareAssertion(name="C", skip=((r"\d+", "N"),))
    build, user = Stage(), a_user()
    judge, advance = ASSERTIONS[CompareAssertion](node, build), DATA[CompareAssertion](node, build).advance
    assert advance is not None
    held = []
    for text in ("|", "id 1", "id 22", "|", "id 3", "other", "id 3", "|", "other"):
        if text == "|":
            advance(user)
        else:
            held.append(judge(user, a_sample(text)) is None)
    assert held == [True, True, True, False, False, True]


@pytest.fixture
def schemas(tmp_path: Path) -> Stage:
    (tmp_path / "a.json").write_text('{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}')
    (tmp_path / "bad.json").write_text('{"type":"nonsense"}')
    (tmp_path / "a.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:integer"/></xs:schema>'
    )
    return Stage(tmp_path)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"id":1}', ""),
        ('{"id":"x"}', "$.id: 'x' is not of type 'integer'"),
        ("{}", "$: 'id' is a required property"),
    ],
)
def test_a_body_is_held_against_a_json_schema(body: str, message: str, schemas: Stage) -> None:
    sample = process(a_user(), a_sample(body), [JsonSchemaAssertion(file="a.json")], schemas)
    assert (sample.success, sample.failure_message) == (not message, message)
    assert not schemas.codes


def test_a_body_that_is_no_json_fails_its_schema(schemas: Stage) -> None:
    sample = process(a_user(x="1"), a_sample("nope"), [JsonSchemaAssertion(file="a.json", message="bad ${x}")], schemas)
    assert (sample.success, sample.failure_message) == (False, "bad 1")


@pytest.mark.parametrize("file", ["bad.json", "absent.json", "${f}"])
def test_a_schema_that_cannot_be_read_is_refused(file: str, schemas: Stage) -> None:
    process(a_user(), a_sample("{}"), [JsonSchemaAssertion(file=file)], schemas)
    assert schemas.codes == ["EL009"]


@pytest.mark.parametrize(("body", "held"), [("<n>5</n>", True), ("<n>x</n>", False), ("<m/>", False), ("<n>", False)])
def test_a_body_is_held_against_an_xml_schema(body: str, held: bool, schemas: Stage) -> None:
    sample = process(a_user(), a_sample(body), [XmlSchemaAssertion(file="a.xsd")], schemas)
    assert sample.success is held
    assert held or sample.failure_message.startswith(("error: line=1", "fatal: line=1"))


def test_entities_are_never_read(tmp_path: Path) -> None:
    from silhouette_plan.plan.processors import XPathExtractor

    (tmp_path / "secret").write_text("secret")
    body = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><a>&x;</a>'
    user = a_user()
    process(user, a_sample(body), [XPathExtractor(variable="v", query="string(//a)")])
    assert "secret" not in user.variables["v"]


# -- queries


def said(text: str | None) -> Evaluate:
    return lambda user, sample: text


def ask(name: str, *arguments: str | None, sample: Sample | None = None) -> object:
    query = QUERIES[name](tuple(map(said, arguments)), ValueContext())
    return query(a_user(), sample)


BODY = '{"id":7,"list":[1,2],"n":null,"page":"<p class=\\"x\\">hi</p>"}'


@pytest.mark.parametrize(
    ("name", "arguments", "body", "expected"),
    [
        ("json", ("$.id",), BODY, 7),
        ("json", ("$.list[*]",), BODY, [1, 2]),
        ("json", ("$.list.length()",), BODY, 2),
        ("json", ("$.n",), BODY, NULL),
        ("json", ("$.nope",), BODY, None),
        ("json", ("$.nope[*]",), BODY, None),
        ("json", ("$.a",), "no json", None),
        ("jmespath", ("list[-1]",), BODY, 2),
        ("jmespath", ("a",), "no json", None),
        ("regex", ('"id":([0-9]+)',), BODY, "7"),
        ("regex", ('"id":[0-9]+',), BODY, '"id":7'),
        ("regex", ("nope",), BODY, None),
        ("boundary", ('"id":', ","), BODY, "7"),
        ("xpath", ("//a",), "<r><a>1</a><a>2</a></r>", "1"),
        ("xpath", ("count(//a)",), "<r><a>1</a><a>2</a></r>", 2.0),
        ("xpath", ("//a",), "no xml", None),
        ("xpath2", ("//r",), "<r><a>1</a><a>2</a></r>", "12"),
        ("css", ("p",), "<p>one <b>two</b></p>", "one two"),
        ("css", ("p", "class"), '<p class="x">one</p>', "x"),
        ("css", ("q",), "<p>one</p>", None),
        ("header", ("content-type",), "", "text/plain"),
        ("header", ("Nope",), "", None),
    ],
)
def test_a_query_reads_a_sample(name: str, arguments: tuple[str, ...], body: str, expected: object) -> None:
    sample = a_sample(body, response_headers="HTTP/1.1 200 OK\nContent-Type: text/plain\n")
    found = ask(name, *arguments, sample=sample)
    assert found == expected
    assert type(found) is type(expected)


def test_a_last_argument_is_another_source() -> None:
    assert ask("regex", "b(.)", "abc", sample=a_sample("abx")) == "c"
    assert ask("json", "$.a", '{"a":1}', sample=a_sample("nope")) == 1
    assert ask("json", "$.a", None, sample=a_sample('{"a":1}')) is None


def test_without_a_sample_the_one_before_counts() -> None:
    query = QUERIES["json"]((said("$.id"),), ValueContext())
    user = a_user()
    assert query(user, None) is None
    user.previous = a_sample(BODY)
    assert query(user, None) == 7


def test_a_body_of_another_format_is_told_once() -> None:
    run = a_run()
    query = QUERIES["json"]((said("$.id"),), ValueContext())
    for number in range(3):
        query(a_user(run, number), a_sample("no { json"[3:]))
    assert [code for code, _ in run.services["findings"]] == ["EL016"]


def test_a_body_is_parsed_once_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    from silhouette_plan.elements import documents

    parsed: list[object] = []
    monkeypatch.setattr(documents, "parse", lambda source: parsed.append(source) or {"id": 1})
    sample = a_sample(BODY)
    for path in ("$.id", "$.list", "$.n"):
        ask("json", path, sample=sample)
    assert len(parsed) == 1
