"""Assertions on JSON: JSONPath, JMESPath, a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jmespath.exceptions

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.documents import json_of, once, strict_json
from silhouette_plan.elements.jmes import BadDocument, compile_query, document_of, read_document, written
from silhouette_plan.elements.jsonpath import JsonPath, NotJson, PathFault, compile_path, parse, render, render_json
from silhouette_plan.elements.jsonpath.java_text import java_text
from silhouette_plan.plan.assertions import JmesPathAssertion, JsonAssertion, JsonSchemaAssertion
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import Value, flag_of, text_of
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.java.decimal_format import format_number, number_pattern
from silhouette_plan.values.java.oro import compile_oro_regex, malformed_message
from silhouette_plan.values.java.patterns import MatchTooLong, PatternFault
from silhouette_plan.values.user import User

_NULL = "Response was null"
_NUMBER = number_pattern("0.0" + "#" * 339)


@dataclass(frozen=True, slots=True)
class _Settings:
    """The fields that both path assertions have, read for one sample."""

    path: str
    expected: str
    validate: bool
    expect_null: bool
    invert: bool
    is_regex: bool


def _settings_of(node: JsonAssertion | JmesPathAssertion, build: Build) -> Callable[[User], _Settings]:
    path, expected = text_of(build, node, node.path), text_of(build, node, node.expected)
    flags = [flag_of(build, node, flag) for flag in (node.validate, node.expect_null, node.invert, node.is_regex)]
    if all(build.template(text, node).constant is not None for text in (node.path, node.expected)) and all(
        isinstance(flag, bool) for flag in (node.validate, node.expect_null, node.invert, node.is_regex)
    ):
        nobody: Any = None
        fixed = _Settings(path(nobody), expected(nobody), *(flag(nobody) for flag in flags))
        return lambda user: fixed
    return lambda user: _Settings(path(user), expected(user), *(flag(user) for flag in flags))


class _BadPattern(Exception):
    """An expected value that is no pattern, in JMeter's words."""


def _matches(pattern: str, text: str) -> bool:
    try:
        return compile_oro_regex(pattern).matches_whole(text)
    except PatternFault as problem:
        raise _BadPattern(malformed_message(pattern, problem)) from None


# -- JSONPath


class _Unmet(Exception):
    """Why a JSON Assertion does not hold."""


def json_assertion(node: JsonAssertion, build: Build) -> Judge:
    """``JSONPathAssertion``."""
    name = text_of(build, node, node.name)
    settings_of = _settings_of(node, build)
    _look_at(build, node, compile_path, PathFault)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        if not sample.body:
            return AssertionResult(name(user), _NULL)
        settings = settings_of(user)
        try:
            _demand(settings, sample)
        except (_Unmet, PathFault, NotJson, _BadPattern, MatchTooLong) as problem:
            if not settings.invert:
                return AssertionResult(name(user), str(problem))
        else:
            if settings.invert:
                return AssertionResult(name(user), _unwanted(settings))
        sample.settle_message("")
        return None

    return judge


def _demand(settings: _Settings, sample: Sample) -> None:
    """Raises ``_Unmet``, or what else keeps the assertion from holding."""
    document = json_of(sample)
    if document is None:
        raise _Unmet("json can not be null")
    path: JsonPath = compile_path(settings.path)
    value = path.read(document)
    if not settings.validate:
        if value == [] and not path.definite:
            raise _Unmet(
                "JSONPath is indefinite and the extracted Value is an empty Array. Please use an assertion value, "
                f"to be sure to get a correct result. {settings.expected}"
            )
        return
    if _met(settings, value):
        return
    if settings.expect_null:
        raise _Unmet(f"Value expected to be null, but found '{java_text(value)}'")
    if settings.is_regex:
        wording = f"match regexp '{settings.expected}', but it did not match: '{_shown(value)}'"
    else:
        wording = f"be '{settings.expected}', but found '{_shown(value)}'"
    raise _Unmet(f"Value expected to {wording}")


def _met(settings: _Settings, value: Any) -> bool:
    """Whether the value, or any in an array, is what is expected."""
    if isinstance(value, list):
        if not value and settings.expected == "[]":
            return True
        if any(_one_met(settings, item) for item in value):
            return True
        return _agrees(settings, value)
    return _one_met(settings, value)


def _one_met(settings: _Settings, value: Any) -> bool:
    return (value is None and settings.expect_null) or _agrees(settings, value)


def _agrees(settings: _Settings, value: Any) -> bool:
    if settings.is_regex:
        return _matches(settings.expected, _shown(value))
    try:
        return same(parse(settings.expected), value)
    except NotJson:
        return value is None


def _shown(value: Any) -> str:
    """A value as messages and patterns see it (``JSONPathAssertion.objectToString``)."""
    if isinstance(value, float):
        return format_number(_NUMBER, value)
    if value is None:
        return "null"
    return render(value) or "" if isinstance(value, dict | str) else render_json(value)


def _unwanted(settings: _Settings) -> str:
    if not settings.validate:
        return f"Failed that JSONPath not exists: {settings.path}"
    expected = "null" if settings.expect_null else settings.expected
    return f"Failed that JSONPath {settings.path} not matches {expected}"


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal for Java: ``1`` and ``1.0`` are not."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return type(one) is type(other) and (str(one) == str(other) if isinstance(one, Decimal) else bool(one == other))


# -- JMESPath


def jmespath_assertion(node: JmesPathAssertion, build: Build) -> Judge:
    """``JMESPathAssertion``. What cannot be judged is an error, unless the assertion is inverted."""
    name = text_of(build, node, node.name)
    settings_of = _settings_of(node, build)
    _look_at(build, node, compile_query, jmespath.exceptions.JMESPathError)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        if not sample.body:
            return AssertionResult(name(user), _NULL)
        settings = settings_of(user)
        try:
            held = _query_held(settings, sample)
        except (BadDocument, jmespath.exceptions.JMESPathError, _BadPattern, MatchTooLong) as problem:
            if not settings.invert:
                return AssertionResult(name(user), str(problem), error=True)
        else:
            if held is settings.invert:
                return AssertionResult(name(user), _unmatched(settings))
        sample.settle_message("")
        return None

    return judge


def _query_held(settings: _Settings, sample: Sample) -> bool:
    value = compile_query(settings.path)(document_of(sample))
    if not settings.validate:
        return value is not None
    if settings.expect_null:
        return value is None
    text = written(value)
    if settings.is_regex:
        return _matches(settings.expected, text)
    return text == settings.expected or same(read_document(settings.expected), value)


def _unmatched(settings: _Settings) -> str:
    negation = " not" if settings.invert else ""
    if not settings.validate:
        return f"JMESPATH {settings.path} expected{negation} to exist"
    if settings.expect_null:
        return f"Value expected{negation} to be null"
    wording = "match" if settings.is_regex else "be equal to"
    return f"Value expected{negation} to {wording} {settings.expected}"


def _look_at(
    build: Build,
    node: JsonAssertion | JmesPathAssertion,
    compile: Callable[[str], object],
    fault: type[Exception],
) -> None:
    constant = build.template(node.path, node).constant
    if constant is not None:
        try:
            compile(constant)
        except fault as problem:
            complain(build, node, "EL003", f"{constant}: {problem}")


# -- JSON Schema


def json_schema_assertion(node: JsonSchemaAssertion, build: Build) -> Judge:
    """``assert json-schema "file"``. References to other documents are not followed."""
    name = text_of(build, node, node.name)
    message_of = text_of(build, node, node.message)
    validator = _validator(node, build)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        problem = _schema_problem(validator, sample)
        return AssertionResult(name(user), message_of(user) or problem) if problem is not None else None

    return judge


def _schema_problem(validator: Any, sample: Sample) -> str | None:
    found = once(sample, "plain json", lambda sample: (strict_json(sample.text),))[0]
    if isinstance(found, Exception):
        return f"the body is no JSON: {found}"
    from jsonschema.exceptions import best_match

    error = best_match(validator.iter_errors(found))
    return None if error is None else f"{error.json_path}: {error.message}"


def _validator(node: JsonSchemaAssertion, build: Build) -> Any:
    """The schema, which must be known before the run; one that allows all where it was reported as unreadable."""
    import jsonschema
    import jsonschema.exceptions
    import jsonschema.validators

    file: Value | str | None = build.template(node.file, node).constant
    path = build.may_read(str(file), node) if file else None
    if file is None:
        complain(build, node, "EL009", f"{node.file}: the name is not known before the run")
    if path is None:
        return jsonschema.Draft202012Validator(True)
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
        kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
        kind.check_schema(schema)
    except (OSError, ValueError, jsonschema.exceptions.SchemaError) as problem:
        complain(build, node, "EL009", f"{file}: {problem}".splitlines()[0])
        return jsonschema.Draft202012Validator(True)
    return kind(schema)
