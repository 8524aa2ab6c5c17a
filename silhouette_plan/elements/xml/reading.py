"""XML and tolerant HTML, read without external entities, document types or network."""

from __future__ import annotations

from typing import Any

from lxml import etree

from silhouette_plan.elements.documents import read_html
from silhouette_plan.elements.xml.wording import worded

_NAMESPACES = etree.ErrorDomains.NAMESPACE


class BadXml(ValueError):
    """Text that is no well-formed XML; ``line`` and ``column`` from 1, 0 where unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


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
        raise BadXml(worded(problem, data), line if data else 0, column) from None


def _parser(encoding: str | None, *, recover: bool = False) -> Any:
    """lxml resolves the entities that a document declares itself, within bounds, and no other."""
    return etree.XMLParser(no_network=True, load_dtd=False, recover=recover, encoding=encoding)


def read_tolerantly(text: str) -> Any:
    """The tree of HTML or XML, however broken; raises ``BadXml`` where there is nothing in it."""
    root = read_html(text)
    if isinstance(root, Exception):
        raise BadXml(str(root))
    return root.getroottree()


def saxon_tree(source: str | bytes) -> Any:
    """The tree of ``source``; raises ``BadXml`` with a message as ``SAXParseException.toString`` gives it."""
    try:
        return read_xml(source)
    except BadXml as problem:
        place = f"lineNumber: {problem.line}; columnNumber: {max(1, problem.column)}; " if problem.line else ""
        raise BadXml(f"org.xml.sax.SAXParseException; {place}{problem}") from None


def without_namespaces(tree: Any) -> Any:
    """``tree`` as a reader sees it that knows no namespaces: names as they are written, without a default one."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.prefix is None and element.tag.startswith("{"):
            element.tag = element.tag.partition("}")[2]
    return tree
