"""Assertions on XML: well-formed, valid, an XPath that holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from silhouette_plan.elements.assertions.scope import scoped
from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.scope import variable_of
from silhouette_plan.elements.xml.reading import BadXml, read_tolerantly, read_xml, saxon_tree, without_namespaces
from silhouette_plan.elements.xml.xpath import BadQuery, Namespaces, compile_xpath, namespaces_of, selects_document
from silhouette_plan.elements.xml.xpath2 import read_namespaces, unsupported
from silhouette_plan.plan.assertions import XmlAssertion, XmlSchemaAssertion, XPath2Assertion, XPathAssertion
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import Value, fixed_flag, flag_of, text_of
from silhouette_plan.program.steps import Judge
from silhouette_plan.results.sample import AssertionResult, Sample
from silhouette_plan.values.user import User

_NULL = "Response was null"
_DOCTYPE = 'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.'


def xml_assertion(node: XmlAssertion, build: Build) -> Judge:
    """``XMLAssertion``: the body is well-formed, and has no document type."""
    name = text_of(build, node, node.name)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        if not sample.text:
            return AssertionResult(name(user), _NULL)
        try:
            tree = read_xml(sample.text, aware=False)
        except BadXml as problem:
            return AssertionResult(name(user), str(problem), error=True)
        return AssertionResult(name(user), _DOCTYPE, error=True) if tree.docinfo.doctype else None

    return judge


def xml_schema_assertion(node: XmlSchemaAssertion, build: Build) -> Judge:
    """``XMLSchemaAssertion``. The schema is read once, when it is first needed."""
    name = text_of(build, node, node.name)
    schema_of = _schema_of(node, build)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        if not sample.text:
            return AssertionResult(name(user), _NULL)
        try:
            schema = schema_of(user)
            tree = read_xml(sample.text)
        except BadXml as problem:
            message = f"fatal: line={problem.line} col={problem.column} {problem}" if problem.line else str(problem)
            return AssertionResult(name(user), message, error=bool(problem.line))
        if schema.validate(tree):
            return None
        error = schema.error_log[0]
        return AssertionResult(name(user), f"error: line={error.line} col={error.column} {error.message}", error=True)

    return judge


def _schema_of(node: XmlSchemaAssertion, build: Build) -> Callable[[User], Any]:
    """The schema; a constant one is read now and reported if it is none. Raises ``BadXml``."""
    template = build.template(node.file, node)
    if template.constant is not None:
        try:
            fixed = _read_schema(template.constant, node, build)
        except BadXml as problem:
            complain(build, node, "EL009", str(problem))
            return lambda user: None
        return lambda user: fixed
    known: dict[str, Any] = {}

    def schema_of(user: User) -> Any:
        path = template.evaluate(user)
        if path not in known:
            known[path] = _read_schema(path, node, build)
        return known[path]

    return schema_of


def _read_schema(path: str, node: XmlSchemaAssertion, build: Build) -> Any:
    if not path:
        raise BadXml("FileName is required")
    file = build.may_read(path, node)
    if file is None:
        raise BadXml(f"{path} may not be read")
    try:
        return etree.XMLSchema(etree.parse(str(file), etree.XMLParser(resolve_entities=False, no_network=True)))
    except (OSError, etree.LxmlError) as problem:
        raise BadXml(f"{path}: {problem}") from None


def xpath_assertion(node: XPathAssertion, build: Build) -> Judge:
    """``XPathAssertion``: nodes are found, or the expression is true; *negate* turns it round."""
    if node.validate is True:
        complain(build, node, "EL010")
    name = text_of(build, node, node.name)
    query_of = text_of(build, node, node.query)
    negated = flag_of(build, node, node.negate)
    tolerant = fixed_flag(build, node, node.tolerant)
    aware = fixed_flag(build, node, node.namespace)
    source_of = _source(node, build)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        source = source_of(user, sample)
        if not source:
            return AssertionResult(name(user), _NULL)
        query = query_of(user)
        try:
            tree = _tree(source, tolerant=tolerant, aware=aware)
            failed, message = _outcome(query, tree, namespaces_of(tree, aware=aware), negated=negated(user))
        except BadXml as problem:
            return AssertionResult(name(user), f"SAXException: {problem}", error=True)
        except BadQuery as problem:
            return AssertionResult(name(user), f"TransformerException: {problem} for: {query}", error=True)
        return _result(name, user, sample, failed, message)

    return scoped(judge, node.scope, name)


def _result(name: Value, user: User, sample: Sample, failed: bool, message: str) -> AssertionResult | None:
    """An XPath assertion has its say even where it holds."""
    if failed:
        return AssertionResult(name(user), message)
    sample.settle_message(message)
    return None


def _source(node: XPathAssertion | XPath2Assertion, build: Build) -> Callable[[User, Sample], str | bytes]:
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)
        return lambda user, sample: read(user) or ""
    if isinstance(node, XPath2Assertion):
        return lambda user, sample: sample.text
    return lambda user, sample: sample.body


def _tree(source: str | bytes, *, tolerant: bool, aware: bool) -> Any:
    if tolerant:
        return read_tolerantly(source if isinstance(source, str) else source.decode("utf-8", "replace"))
    tree = read_xml(source, aware=aware)
    return tree if aware else without_namespaces(tree)


def _outcome(query: str, tree: Any, namespaces: Namespaces, *, negated: bool) -> tuple[bool, str]:
    """Whether it fails, and what it says (``XPathUtil.computeAssertionResult``)."""
    found = compile_xpath(query, namespaces)(tree)
    if isinstance(found, list):
        if not found and not selects_document(query, tree, namespaces):
            return not negated, f"No Nodes Matched {query}"
        return negated, "Specified XPath was found... Turn off negate if this is not desired" if negated else ""
    if isinstance(found, bool):
        return found is negated, f"{'' if negated else 'No '}Nodes Matched for {query}"
    return True, f"Cannot understand: {query}"


def xpath2_assertion(node: XPath2Assertion, build: Build) -> Judge:
    """``XPath2Assertion``, as far as XPath 1 goes: anything is found, or the expression is true."""
    if (detail := unsupported(build.template(node.query, node).constant or "")) is not None:
        complain(build, node, "EL004", detail)
    name = text_of(build, node, node.name)
    query_of = text_of(build, node, node.query)
    namespaces_text = text_of(build, node, node.namespaces)
    negated_of = flag_of(build, node, node.negate)
    source_of = _source(node, build)

    def judge(user: User, sample: Sample) -> AssertionResult | None:
        query, negated = query_of(user), negated_of(user)
        if not query:
            return _result(name, user, sample, False, "")
        try:
            namespaces = read_namespaces(namespaces_text(user))
            held = _holds(query, saxon_tree(source_of(user, sample)), namespaces)
        except (BadXml, BadQuery) as problem:
            message = f"Exception occurred computing assertion with XPath:{query}, error:{problem}"
            return AssertionResult(name(user), message, error=True)
        return _result(name, user, sample, held is negated, f"{'' if negated else 'No '}Nodes Matched for {query}")

    return scoped(judge, node.scope, name)


def _holds(query: str, tree: Any, namespaces: Namespaces) -> bool:
    found = compile_xpath(query, namespaces)(tree)
    if isinstance(found, list):
        return bool(found) or selects_document(query, tree, namespaces)
    return found if isinstance(found, bool) else True
