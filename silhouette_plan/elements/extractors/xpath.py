"""XPath Extractors (``org.apache.jmeter.extractor.XPathExtractor`` and ``XPath2Extractor``).

``v`` is the default, or the first match; ``v_1`` … are all that the match number lets through, ``v_matchNr`` how many.
A body that is no XML, or a query that fails, adds a failed assertion to the sample, which does not fail by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.extractors.matches import count_of
from silhouette_plan.elements.scope import samples_in, variable_of
from silhouette_plan.elements.xml.fragments import fragment, indented_fragment
from silhouette_plan.elements.xml.reading import BadXml, read_tolerantly, read_xml, saxon_tree, without_namespaces
from silhouette_plan.elements.xml.xpath import (
    BadQuery,
    Namespaces,
    compile_xpath,
    namespaces_of,
    node_value,
    scalar_text,
    selects_document,
)
from silhouette_plan.elements.xml.xpath2 import read_namespaces, string_value, unsupported
from silhouette_plan.plan.processors import XPath2Extractor, XPathExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import fixed_flag, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.user import User

Texts = Callable[[User, Sample], Sequence[str]]
Find = Callable[[User, str], list[str | None]]
"""The matches in a text; raises ``BadXml`` and ``BadQuery``."""


def xpath_extractor(node: XPathExtractor, build: Build) -> After:
    """``XPathExtractor``. Match number −1, or none, takes all."""
    query_of = text_of(build, node, node.query)
    number_of = integer_of(build, node, "-1" if node.match is None else node.match)
    tolerant = fixed_flag(build, node, node.tolerant)
    aware = fixed_flag(build, node, node.namespace)
    value_of = fragment if fixed_flag(build, node, node.fragment) else node_value
    _look_at(node, build)

    def find(user: User, text: str) -> list[str | None]:
        tree = read_tolerantly(text) if tolerant else read_xml(text.encode("utf-8", "surrogatepass"), aware=aware)
        if not aware:
            tree = without_namespaces(tree)
        query, namespaces = query_of(user), namespaces_of(tree, aware=aware)
        found = compile_xpath(query, namespaces)(tree)
        if not isinstance(found, list):
            return [scalar_text(found)]
        if not found and selects_document(query, tree, namespaces):
            return _chosen(user, [None], number_of(user))
        return [value_of(one) for one in _chosen(user, found, number_of(user))]

    return _extractor(node, build, find, samples_in(node.scope))


def xpath2_extractor(node: XPath2Extractor, build: Build) -> After:
    """``XPath2Extractor``, as far as XPath 1 goes. A match number of 0, or none, takes a random one.

    It searches the main sample, once for each sample of its scope, as JMeter does.
    """
    if (detail := unsupported(build.template(node.query, node).constant or "")) is not None:
        complain(build, node, "EL004", detail)
    query_of = text_of(build, node, node.query)
    number_of = integer_of(build, node, node.match)
    namespaces_text = text_of(build, node, node.namespaces)
    value_of = indented_fragment if fixed_flag(build, node, node.fragment) else string_value

    def find(user: User, text: str) -> list[str | None]:
        query, number = query_of(user), number_of(user)
        if not query:
            return []
        namespaces: Namespaces = read_namespaces(namespaces_text(user))
        tree = saxon_tree(text)
        found = compile_xpath(query, namespaces)(tree)
        if not isinstance(found, list):
            return _chosen(user, [scalar_text(found)], number)
        if not found and selects_document(query, tree, namespaces):
            found = [tree.getroot()]
        if not found and number == 0:
            raise BadQuery("-1")
        return [value_of(one) for one in _chosen(user, found, number)]

    samples = samples_in(node.scope)
    return _extractor(node, build, find, lambda sample: [sample for _ in samples(sample)])


def _chosen(user: User, nodes: list[Any], number: int) -> list[Any]:
    if number < 0 or not nodes:
        return nodes
    place = number or user.random.randrange(len(nodes)) + 1
    return nodes[place - 1 : place]


def _extractor(
    node: XPathExtractor | XPath2Extractor, build: Build, find: Find, samples: Callable[[Sample], Sequence[Sample]]
) -> After:
    name_of = text_of(build, node, node.variable)
    default_of = text_of(build, node, node.default)
    title_of = text_of(build, node, node.name)
    texts = _texts(node, build, samples)

    def extract(user: User, sample: Sample) -> None:
        variables, name = user.variables, name_of(user)
        variables[name] = default_of(user)
        before = count_of(variables.get(f"{name}_matchNr"))
        variables[f"{name}_matchNr"] = "0"
        variables.pop(f"{name}_1", None)
        try:
            matches = [match for text in texts(user, sample) for match in find(user, text)]
        except (BadXml, BadQuery) as problem:
            message = f"{problem}\nSee log file for further details."
            sample.assertions = [*sample.assertions, AssertionResult(title_of(user), message)]
            sample.settle_message(message)
            return
        _keep(variables, name, matches, before)

    return extract


def _keep(variables: dict[str, Any], name: str, matches: Sequence[str | None], before: int) -> None:
    count = len(matches)
    variables[f"{name}_matchNr"] = str(count)
    if matches and matches[0] is not None:
        variables[name] = matches[0]
    for place, match in enumerate(matches, 1):
        if match is not None:
            variables[f"{name}_{place}"] = match
    for place in range(count + 1, max(before, count + 1) + 1):
        variables.pop(f"{name}_{place}", None)


def _texts(
    node: XPathExtractor | XPath2Extractor, build: Build, samples: Callable[[Sample], Sequence[Sample]]
) -> Texts:
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)

        def read_variable(user: User, sample: Sample) -> Sequence[str]:
            text = read(user)
            return (text,) if text else ()

        return read_variable
    return lambda user, sample: [one.text for one in samples(sample)]


def _look_at(node: XPathExtractor, build: Build) -> None:
    constant = build.template(node.query, node).constant
    if constant is not None and ":" not in constant:
        try:
            compile_xpath(constant)
        except BadQuery as problem:
            complain(build, node, "EL003", f"{constant}: {problem}")
