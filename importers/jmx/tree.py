"""The XML tree to a forest of elements, with hashTrees set right.

In a ``.jmx`` an element is followed by a ``hashTree`` of its children (``HashTreeConverter``). Where a file does not
keep to that, four rules: a ``hashTree`` with no element before it is opened where it stands, and so is one with elements
in it after an element that can hold none (a timer, an assertion); an element without one has no children; a ``hashTree``
inside an element is that element's own, and so are elements that stand there without one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote_plus

from lxml import etree
from silhouette_plan.importers.jmx.controls import show_controls
from silhouette_plan.importers.jmx.findings import Findings, Refused
from silhouette_plan.importers.jmx.names import holds_nothing
from silhouette_plan.importers.jmx.raw import (
    NUMBER_TAGS,
    PROPERTY_TAGS,
    SCALAR_TAGS,
    Forest,
    RawElement,
    RawProperty,
)
from silhouette_plan.importers.jmx.rows.table import BY_TAG

_DEEPEST_PROPERTY = 100
"""Properties nest three or four levels; this leaves room for any plugin."""


def forest(root: etree._Element, findings: Findings) -> Forest:
    """All elements below ``jmeterTestPlan``.

    Raises:
        Refused: the root is another one.
    """
    tag = str(root.tag)
    if tag != "jmeterTestPlan":
        findings.add("JX003", f"the root is “{tag}” and not “jmeterTestPlan”", _line(root))
        raise Refused
    # files of version 1.0 hold their texts as in a URL (ConversionHelp)
    reader = _Reader(findings, unquote_plus if root.get("version") == "1.0" else str)
    reader.read(root)
    return tuple(reader.elements)


class _Reader:
    """Walks hashTrees with a stack of its own, for they nest deeper than Python's."""

    def __init__(self, findings: Findings, decode: Callable[[str], str]) -> None:
        self.findings = findings
        self.decode = decode
        self.elements: list[RawElement] = []
        self.pending: list[tuple[etree._Element, int]] = []

    def read(self, root: etree._Element) -> None:
        """Every hashTree, a parent's elements before their children's; ``_in_document_order`` then sorts them."""
        self.pending = [(root, -1)]
        while self.pending:
            tree, parent = self.pending.pop()
            self._level(tree, parent)
        self.elements = _in_document_order(self.elements)

    def _level(self, tree: etree._Element, parent: int) -> None:
        """The elements of one level; wrapped ones belong to it too."""
        level = _Level(self, parent)
        stack = [iter(tree)]
        self._stray(tree.text, tree)
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                level.end()
                continue
            self._stray(child.tail, child)
            if level.take(child):
                self._stray(child.text, child)
                stack.append(iter(child))

    def _stray(self, text: str | None, near: etree._Element) -> None:
        if text and text.strip():
            self.findings.add("JX204", f"“{_short(text)}” stands between elements", _line(near))

    def element(self, node: etree._Element, parent: int, remarks: str) -> int:
        """Add ``node``; gives its index."""
        text = self.text
        for piece in (node.text, *(child.tail for child in node)):
            self._stray(piece, node)
        self.elements.append(
            RawElement(
                str(node.tag),
                parent,
                _line(node),
                text(node.get("testclass") or node.get("class")),
                text(node.get("guiclass")),
                text(node.get("testname")),
                node.get("enabled"),
                tuple(self.property(child) for child in node if isinstance(child.tag, str) and child.tag != "hashTree"),
                remarks,
            )
        )
        return len(self.elements) - 1

    def text(self, text: str | None) -> str:
        """Text of the file as it is meant."""
        return self.decode(show_controls(text)) if text else ""

    def property(self, node: etree._Element, depth: int = 0) -> RawProperty:
        """``node`` as a property; one with an unknown tag becomes a ``field`` called by its tag."""
        if depth > _DEEPEST_PROPERTY:
            self.findings.add("JX005", f"properties nest more than {_DEEPEST_PROPERTY} levels deep", _line(node))
            raise Refused
        tag = str(node.tag)
        kind = PROPERTY_TAGS.get(tag, "field")
        if tag in SCALAR_TAGS:
            return RawProperty(kind, self.text(node.get("name")), self.text(_inner_text(node)), line=_line(node))
        if tag in NUMBER_TAGS:
            return self._number(kind, node)
        if tag == "objProp":
            return self._object(node, depth)
        return self._nested(kind, node, depth)

    def _nested(self, kind: str, node: etree._Element, depth: int) -> RawProperty:
        items = tuple(self.property(child, depth + 1) for child in node if isinstance(child.tag, str))
        name = str(node.tag) if kind == "field" else self.text(node.get("name"))
        attributes = tuple(
            (str(key), self.text(str(value))) for key, value in node.attrib.items() if kind == "field" or key != "name"
        )
        value = "" if items else self.text(_inner_text(node))
        return RawProperty(kind, name, value if kind == "field" else "", items, attributes, _line(node))

    def _number(self, kind: str, node: etree._Element) -> RawProperty:
        name = self.text(node.findtext("name") or node.get("name"))
        value = self.text(node.findtext("value") if len(node) else node.text)
        return RawProperty(kind, name, value.strip(), line=_line(node))

    def _object(self, node: etree._Element, depth: int) -> RawProperty:
        value = node.find("value")
        name = self.text(node.findtext("name") or node.get("name"))
        if value is None:
            return RawProperty("obj", name, line=_line(node))
        inner = self._nested("field", value, depth + 1)
        return RawProperty("obj", name, inner.value, inner.items, inner.attributes, _line(node))


class _Level:
    """What has been seen of one level: the element that a ``hashTree`` would belong to."""

    def __init__(self, reader: _Reader, parent: int) -> None:
        self.reader = reader
        self.findings = reader.findings
        self.parent = parent
        self.last: int | None = None
        self.remarks: list[str] = []

    def take(self, node: etree._Element) -> bool:
        """Read ``node``; true where it is a wrapper to be opened."""
        if isinstance(node, etree._Comment):
            self.remarks.append(_inner_text(node).strip())
        elif node.tag == "hashTree":
            return self._tree(node)
        elif node.tag in PROPERTY_TAGS:
            name = node.get("name") or node.tag
            self.findings.add("JX205", f"“{name}” stands in no element", _line(node))
        elif isinstance(node.tag, str):
            self._element(node)
        return False

    def _tree(self, node: etree._Element) -> bool:
        if self.last is not None and _holds_elements(node) and holds_nothing(self.reader.elements[self.last]):
            self.end()
            self.findings.add("JX201", "what this hashTree holds cannot stand below the element before it", _line(node))
            return True
        if self.last is not None:
            self.reader.pending.append((node, self.last))
            self.last = None
            self.remarks.clear()
            return False
        if self.parent >= 0 or node.getparent().tag == "hashTree":  # type: ignore[union-attr]
            self.findings.add("JX201", "this hashTree follows no element; what it holds belongs here", _line(node))
        return True

    def _element(self, node: etree._Element) -> None:
        self.end()
        bare = _wrapped(node)
        self.last = self.reader.element(node, self.parent, "\n".join(self.remarks))
        self.remarks.clear()
        own = [child for child in node if child.tag == "hashTree"]
        for tree in own:
            inside = f"“{tree[0].tag}”" if tree is bare else "a hashTree"
            self.findings.add("JX203", f"{inside} stands inside “{node.get('testname', node.tag)}”", _line(tree))
            self.reader.pending.append((tree, self.last))
        if own and _next_is_not_tree(node):
            self.last = None

    def end(self) -> None:
        """The next thing is no ``hashTree`` of the last element's."""
        if self.last is not None:
            element = self.reader.elements[self.last]
            self.findings.add("JX202", f"“{element.name or element.tag}” is followed by no hashTree", element.line)
            self.last = None


def _wrapped(node: etree._Element) -> etree._Element | None:
    """A ``hashTree`` put round the elements that stand bare in ``node``, which holds properties else."""
    bare = [child for child in node if child.tag in BY_TAG]
    if not bare:
        return None
    tree = etree.SubElement(node, "hashTree")
    tree.sourceline = _line(bare[0])  # type: ignore[assignment]
    tree.extend(bare)
    return tree


def _holds_elements(tree: etree._Element) -> bool:
    return any(isinstance(child.tag, str) for child in tree)


def _next_is_not_tree(node: etree._Element) -> bool:
    following = node.getnext()
    return following is None or following.tag != "hashTree"


def _in_document_order(elements: list[RawElement]) -> list[RawElement]:
    """Elements with their parents renumbered so that all stand in the order of a walk, parents first."""
    below: dict[int, list[int]] = {}
    for index, element in enumerate(elements):
        below.setdefault(element.parent, []).append(index)
    ordered: list[RawElement] = []
    pending = [(index, -1) for index in reversed(below.get(-1, []))]
    while pending:
        index, parent = pending.pop()
        element = elements[index]
        pending.extend((child, len(ordered)) for child in reversed(below.get(index, [])))
        ordered.append(_with_parent(element, parent))
    return ordered


def _with_parent(element: RawElement, parent: int) -> RawElement:
    return element if element.parent == parent else replace(element, parent=parent)


def _inner_text(node: etree._Element) -> str:
    """Text and the text around comments in it."""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def _line(node: etree._Element) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 1


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"
