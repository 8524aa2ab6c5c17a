"""XML and tolerant HTML for elements, read without entities, document types or network.

Faults are worded as Java's parser (Xerces) words the same fault, as far as the two know the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lxml import etree

from silhouette_plan.elements.documents import read_html
from silhouette_plan.elements.xpath_context import from_document


class BadXml(ValueError):
    """Text that is no well-formed XML; ``line`` and ``column`` from 1, 0 where unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class BadQuery(ValueError):
    """An XPath expression that cannot be read or evaluated."""


_VARIABLE = re.compile(r"\$([\w.-]+)")
_CALL = re.compile(r"([A-Za-z][\w-]*)\s*\(")
XPATH_FUNCTIONS = frozenset(
    [
        "boolean",
        "ceiling",
        "comment",
        "concat",
        "contains",
        "count",
        "false",
        "floor",
        "id",
        "lang",
        "last",
        "local-name",
        "name",
        "namespace-uri",
        "node",
        "normalize-space",
        "not",
        "number",
        "position",
        "processing-instruction",
        "round",
        "starts-with",
        "string",
        "string-length",
        "substring",
        "substring-after",
        "substring-before",
        "sum",
        "text",
        "translate",
        "true",
        "and",
        "or",
        "div",
        "mod",
    ]
)
"""Words before a parenthesis that XPath 1 knows."""
_MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+)")
_PREFIX = re.compile(r"([A-Za-z_][\w.-]*):(?!:)")
_ENTITY = re.compile(r"Entity '([^']*)' not defined")
_WORDINGS = tuple(
    (re.compile(pattern), wording)
    for pattern, wording in (
        (
            r"XML declaration allowed only at the start",
            'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        ),
        (r"Attribute (\S+) redefined", 'Attribute "{0}" was already specified for element.'),
        (
            r"StartTag: invalid element name",
            "The content of elements must consist of well-formed character data or markup.",
        ),
        (r"Double hyphen within comment", 'The string "--" is not permitted within comments.'),
        (
            r"Sequence ']]>' not allowed",
            'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
        ),
        (r"Namespace prefix (\S+) on (\S+) is not defined", 'The prefix "{0}" for element "{0}:{1}" is not bound.'),
        (r"Couldn't find end of Start Tag", "XML document structures must start and end within the same entity."),
    )
)
_NAMESPACES = etree.ErrorDomains.NAMESPACE
_EXTRA_MARKUP = "The markup in the document following the root element must be well-formed."
_EMPTY, _PREMATURE_TAG, _EXTRA, _WRONG_TAG, _NO_ENTITY = 4, 77, 5, 76, 26


def read_xml(source: str | bytes, *, aware: bool = True) -> Any:
    """The tree of ``source``; raises ``BadXml``. A reader that is not ``aware`` of namespaces takes prefixes for names."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    encoding = "utf-8" if isinstance(source, str) else None
    parser = _parser(encoding)
    try:
        return etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as problem:
        if not aware and all(entry.domain == _NAMESPACES for entry in parser.error_log):
            return etree.fromstring(data, _parser(encoding, recover=True)).getroottree()
        line, column = problem.position
        raise BadXml(_worded(problem, data), line if data else 0, column) from None


def _parser(encoding: str | None, *, recover: bool = False) -> Any:
    """lxml resolves the entities that a document declares itself, within bounds, and no other."""
    return etree.XMLParser(no_network=True, load_dtd=False, recover=recover, encoding=encoding)


def read_tolerantly(text: str) -> Any:
    """The tree of HTML or XML, however broken; raises ``BadXml`` where there is nothing in it."""
    root = read_html(text)
    if isinstance(root, Exception):
        raise BadXml(str(root))
    return root.getroottree()


def _worded(problem: Any, data: bytes) -> str:
    message = str(problem.msg or "")
    if problem.code == _EMPTY:
        return "Content is not allowed in prolog." if data else "Premature end of file."
    if problem.code == _PREMATURE_TAG:
        return "XML document structures must start and end within the same entity."
    if problem.code == _EXTRA:
        return _EXTRA_MARKUP if _at(problem, data) == b"<" else "Content is not allowed in trailing section."
    if "xmlParseEntityRef: no name" in message:
        return "The entity name must immediately follow the '&' in the entity reference."
    for pattern, wording in _WORDINGS:
        if match := pattern.match(message):
            return wording.format(*match.groups())
    if problem.code == _WRONG_TAG and (match := _MISMATCH.match(message)):
        return f'The element type "{match[1]}" must be terminated by the matching end-tag "</{match[1]}>".'
    if problem.code == _NO_ENTITY and (match := _ENTITY.match(message)):
        return f'The entity "{match[1]}" was referenced, but not declared.'
    return message


def saxon_tree(source: str | bytes) -> Any:
    """The tree of ``source``; raises ``BadXml`` with a message as ``SAXParseException.toString`` gives it."""
    try:
        return read_xml(source)
    except BadXml as problem:
        place = f"lineNumber: {problem.line}; columnNumber: {max(1, problem.column)}; " if problem.line else ""
        raise BadXml(f"org.xml.sax.SAXParseException; {place}{problem}") from None


def _at(problem: Any, data: bytes) -> bytes:
    """The byte where the fault was noticed."""
    lines = data.split(b"\n")
    line, column = problem.position
    return lines[line - 1][max(0, column - 1) :][:1] if 0 < line <= len(lines) else b""


def without_namespaces(tree: Any) -> Any:
    """``tree`` as a reader sees it that knows no namespaces: names as they are written, without a default one."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.prefix is None and element.tag.startswith("{"):
            element.tag = element.tag.partition("}")[2]
    return tree


Namespaces = tuple[tuple[str, str], ...]
"""Prefixes with what they stand for."""


def namespaces_of(tree: Any, *, aware: bool = True) -> Namespaces:
    """The prefixes that the root element declares. A reader that knows no namespaces finds nothing by them."""
    prefixes = sorted((prefix, uri) for prefix, uri in tree.getroot().nsmap.items() if prefix)
    return tuple((prefix, uri if aware else f"no namespace: {prefix}") for prefix, uri in prefixes)


@lru_cache(maxsize=1024)
def compile_xpath(query: str, namespaces: Namespaces = ()) -> Callable[[Any], Any]:
    """``query`` compiled, to be asked of a tree; it and its result raise ``BadQuery``."""
    try:
        compiled = etree.XPath(from_document(query), namespaces=dict(namespaces))
    except etree.XPathError as problem:
        raise BadQuery(_query_fault(query, namespaces, problem)) from None

    def evaluate(tree: Any) -> Any:
        try:
            return compiled(tree)
        except etree.XPathError as problem:
            raise BadQuery(_query_fault(query, namespaces, problem)) from None

    return evaluate


def _query_fault(query: str, namespaces: Namespaces, problem: Exception) -> str:
    message = str(problem)
    if not query:
        return "Empty expression!"
    if "Undefined variable" in message and (match := _VARIABLE.search(query)):
        return f"Variable not resolvable: {match[1]}"
    if "Unregistered function" in message:
        unknown = next((name for name in _CALL.findall(query) if name not in XPATH_FUNCTIONS), "")
        return f"Could not find function: {unknown}"
    if "Undefined namespace prefix" in message:
        known = dict(namespaces)
        unknown = next((prefix for prefix in _PREFIX.findall(query) if prefix not in known), "")
        return f"Prefix must resolve to a namespace: {unknown}"
    return message


def selects_document(query: str, tree: Any, namespaces: Namespaces) -> bool:
    """Whether an empty result of ``query`` is really the document itself, which lxml leaves out of results."""
    return bool(compile_xpath(f"count({query})", namespaces)(tree))


def node_value(node: Any) -> str | None:
    """A node's value: of an element, that of its first child (``XPathUtil.getValueForNode``)."""
    if isinstance(node, str):
        return str(node)
    if not isinstance(node.tag, str):
        return str(node.text or "")
    if node.text:
        return str(node.text)
    return node_value(node[0]) if len(node) and not isinstance(node[0].tag, str) else None


def number_text(number: float) -> str:
    """A number as XPath writes it."""
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def scalar_text(value: object) -> str:
    """A result that is no set of nodes, as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, float) else str(value)
