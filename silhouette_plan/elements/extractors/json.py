"""JSON Extractor (``org.apache.jmeter.extractor.json.jsonpath.JSONPostProcessor``).

Names, paths, defaults and match numbers are lists split by ``;``. For each variable ``v``: what an earlier match left
(``v_matchNr``, ``v_1`` …) goes first. A path that cannot be applied, or a body that is no JSON, sets ``v`` to the
default and nothing else. Otherwise ``v_matchNr`` tells the number of matches, unless a random one was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.documents import json_of
from silhouette_plan.elements.jsonpath import InvalidPath, NotJson, PathFault, PathNotFound, compile_path, parse, render
from silhouette_plan.elements.scope import MAIN, samples_in, variable_of
from silhouette_plan.plan.processors import JsonExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import constantly, flag_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.numbers import parse_int
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

Documents = Callable[[User, Sample], Sequence[Any]]
"""The documents to search; raises ``NotJson``."""


class _Target(NamedTuple):
    """One variable: where its value is found, and the names it takes."""

    name: str
    path: str
    default: str
    match: int
    count_name: str
    prefix: str


def json_extractor(node: JsonExtractor, build: Build) -> After:
    """``JSONPostProcessor``."""
    fixed = _fixed_targets(node, build)
    targets_of = _live_targets(node, build) if fixed is None else constantly(fixed)
    documents_of = _documents(node, build)
    concat_of = flag_of(build, node, node.concat)

    def extract(user: User, sample: Sample) -> None:
        for target in targets_of(user):
            _extract(user, sample, target, documents_of, concat_of(user))

    if fixed is not None and len(fixed) == 1 and node.scope in MAIN:
        return _shortcut(fixed[0], extract)
    return extract


def _shortcut(target: _Target, extract: After) -> After:
    """``extract`` for one constant path of plain properties that leads somewhere, which is what most plans do."""
    name, default, count_name = target.name, target.default, target.count_name
    first_name, counts = f"{target.prefix}1", target.match != 0
    try:
        keys = compile_path(target.path).keys
    except InvalidPath:
        return extract
    if not keys or target.match < 0:
        return extract

    def extract_one(user: User, sample: Sample) -> None:
        try:
            value = json_of(sample)
            for key in keys:
                value = value[key]
        except (KeyError, TypeError, NotJson):
            extract(user, sample)
            return
        variables = user.variables
        if first_name in variables:
            forget_matches(variables, count_name, target.prefix)
        elif not counts:
            variables.pop(count_name, None)
        text = value if value.__class__ is str else render(value)
        variables[name] = default if text is None else text
        if counts:
            variables[count_name] = "1"

    return extract_one


def _extract(user: User, sample: Sample, target: _Target, documents_of: Documents, concat: bool) -> None:
    variables = user.variables
    forget_matches(variables, target.count_name, target.prefix)
    try:
        documents = documents_of(user, sample)
        if documents:
            _keep(user, target, _find(target.path, documents), concat)
            return
    except (NotJson, PathFault):
        pass
    variables[target.name] = target.default


def forget_matches(variables: dict[str, Any], count_name: str, prefix: str) -> None:
    """Unsets the count and ``prefix1 …`` up to the first that is not set."""
    variables.pop(count_name, None)
    number = 1
    while variables.get(name := f"{prefix}{number}") is not None:
        del variables[name]
        number += 1


def _find(text: str, documents: Sequence[Any]) -> list[str | None]:
    path = compile_path(text)
    if len(documents) == 1:
        return _matches(path.find, documents[0])
    return [match for document in documents for match in _matches(path.find, document)]


def _matches(find: Callable[[Any], list[Any]], document: Any) -> list[str | None]:
    if document is None:
        raise PathFault("json can not be null")
    try:
        return [render(match) for match in find(document)]
    except PathNotFound:
        return []


def _keep(user: User, target: _Target, matches: list[str | None], concat: bool) -> None:
    """Stores what was found, the default for JSON null."""
    variables, name, default = user.variables, target.name, target.default
    texts = [default if match is None else match for match in matches]
    count = len(texts)
    if target.match < 0:
        if not texts:
            variables[name] = default
        for number, text in enumerate(texts, 1):
            variables[f"{target.prefix}{number}"] = text
        if concat:
            variables[f"{name}_ALL"] = ",".join(texts)
    elif count <= 1:
        variables[name] = texts[0] if texts else default
    elif target.match == 0:
        variables[name] = texts[user.random.randrange(count)]
    else:
        variables[name] = texts[target.match - 1] if target.match <= count else default
    if target.match or not count:
        variables[target.count_name] = str(count)


def _documents(node: JsonExtractor, build: Build) -> Documents:
    """The bodies of the scope that are not blank, as documents."""
    if node.scope == "variable":
        return _variable_document(variable_of(build, node, node.scope_variable))
    if node.scope in MAIN:
        return lambda user, sample: (json_of(sample),) if sample.body.strip() else ()
    samples = samples_in(node.scope)
    return lambda user, sample: [json_of(one) for one in samples(sample) if one.body.strip()]


def _variable_document(read: Callable[[User], str | None]) -> Documents:
    def documents(user: User, sample: Sample) -> Sequence[Any]:
        text = read(user)
        if not text:
            raise NotJson("json string can not be null or empty")
        return (parse(text),)

    return documents


def _fields(node: JsonExtractor) -> tuple[str, str, str, str]:
    return node.names, node.paths, node.defaults, node.match


def _fixed_targets(node: JsonExtractor, build: Build) -> Sequence[_Target] | None:
    """The variables where nothing about them is live, else None. Lists that do not agree are reported."""
    constants = [build.template(field, node).constant for field in _fields(node)]
    if any(constant is None for constant in constants):
        return None
    try:
        fixed = _targets(*(constant or "" for constant in constants))
    except ValueFault as fault:
        complain(build, node, "EL005", str(fault))
        return ()
    for target in fixed:
        _look_at(target.path, node, build)
    return fixed


def _live_targets(node: JsonExtractor, build: Build) -> Callable[[User], Sequence[_Target]]:
    live = [text_of(build, node, field) for field in _fields(node)]
    return lambda user: _targets(*(evaluate(user) for evaluate in live))


def _look_at(path: str, node: JsonExtractor, build: Build) -> None:
    try:
        compile_path(path)
    except InvalidPath as problem:
        complain(build, node, "EL003", f"{path}: {problem}")


def _targets(names: str, paths: str, defaults: str, matches: str) -> Sequence[_Target]:
    """The lists taken apart; raises ``ValueFault`` where they do not agree, with which JMeter loses the sample."""
    name_list, path_list, default_list = _split(names), _split(paths), _split(defaults)
    if not len(name_list) == len(path_list) == len(default_list):
        raise ValueFault(f"{len(name_list)} names, {len(path_list)} paths, {len(default_list)} default values")
    return tuple(
        _Target(name, path, default, match, f"{name}_matchNr", f"{name}_")
        for name, path, default, match in zip(
            map(trim, name_list), map(trim, path_list), default_list, _numbers(matches, len(name_list)), strict=True
        )
    )


def _split(text: str) -> list[str]:
    """``String.split``: empty parts at the end do not count, unless nothing else is there."""
    parts = text.split(";")
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _numbers(text: str, count: int) -> list[int]:
    """Match numbers, 0 (a random match) where none is given."""
    numbers = [0] * count
    parts = _split(text) if text.strip() else []
    if len(parts) > count:
        raise ValueFault(f"{len(parts)} match numbers for {count} variables")
    try:
        numbers[: len(parts)] = [parse_int(trim(part)) for part in parts]
    except ValueError as problem:
        raise ValueFault(f"match number: {problem}") from None
    return numbers
