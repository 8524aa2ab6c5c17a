"""JSON JMESPath Extractor (``org.apache.jmeter.extractor.json.jmespath.JMESPathExtractor``).

As the JSON Extractor, but an array that comes out is as many matches, a null none, and objects keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jmespath.exceptions

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.extractors.json import forget_matches
from silhouette_plan.elements.jmes import BadDocument, compile_query, document_of, read_document, written
from silhouette_plan.elements.scope import samples_in, variable_of
from silhouette_plan.plan.processors import JmesPathExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.numbers import parse_int
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def jmespath_extractor(node: JmesPathExtractor, build: Build) -> After:
    """``JMESPathExtractor``. A match number that is none loses the sample."""
    _look_at(node, build)
    name_of = text_of(build, node, node.variable)
    path_of = text_of(build, node, node.path)
    match_of = text_of(build, node, node.match)
    default_of = text_of(build, node, node.default)
    documents_of = _documents(node, build)

    def extract(user: User, sample: Sample) -> None:
        name, default = name_of(user), default_of(user)
        number = _number(match_of(user))
        forget_matches(user.variables, f"{name}_matchNr", f"{name}_")
        try:
            documents = documents_of(user, sample)
            matches = _find(trim(path_of(user)), documents)
        except (BadDocument, jmespath.exceptions.JMESPathError):
            user.variables[name] = default
            return
        if documents:
            _keep(user, name, default, number, matches)
        else:
            user.variables[name] = default

    return extract


def _find(path: str, documents: Sequence[Any]) -> list[str]:
    if not documents:
        return []
    query = compile_query(path)
    found: list[str] = []
    for document in documents:
        result = query(document)
        if isinstance(result, list):
            found.extend(map(written, result))
        elif result is not None:
            found.append(written(result))
    return found


def _keep(user: User, name: str, default: str, number: int, matches: Sequence[str]) -> None:
    variables, count = user.variables, len(matches)
    if not count:
        variables[name] = default
    elif number < 0:
        for place, match in enumerate(matches, 1):
            variables[f"{name}_{place}"] = match
    elif count == 1:
        variables[name] = matches[0]
    elif number == 0:
        variables[name] = matches[user.random.randrange(count)]
    else:
        variables[name] = matches[number - 1] if number <= count else default
    variables[f"{name}_matchNr"] = str(count)


def _number(text: str) -> int:
    try:
        return parse_int(text) if text.strip() else 0
    except ValueError as problem:
        raise ValueFault(f"match number: {problem}") from None


def _documents(node: JmesPathExtractor, build: Build) -> Callable[[User, Sample], Sequence[Any]]:
    """The bodies of the scope that are not blank, as documents. Raises ``BadDocument``."""
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)
        return lambda user, sample: (read_document(read(user) or ""),)
    samples = samples_in(node.scope)
    return lambda user, sample: [document_of(one) for one in samples(sample) if one.body.strip()]


def _look_at(node: JmesPathExtractor, build: Build) -> None:
    constant = build.template(node.path, node).constant
    if constant is not None:
        try:
            compile_query(trim(constant))
        except jmespath.exceptions.JMESPathError as problem:
            complain(build, node, "EL003", f"{constant}: {problem}")
