"""XML elements as text, as Java's serializer writes them, and Saxon's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from silhouette_plan.elements.xml.xpath import node_value

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)

_SAXON_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", "\r": "&#13;"})

Declared = Mapping[str | None, str]


def fragment(node: Any) -> str | None:
    """An element with its attributes by name, as Java's tree keeps them; any other node's value."""
    return _fragment(node, ordered=True, indent=False)


def indented_fragment(node: Any) -> str | None:
    """Any node as Saxon writes it: lines for elements that hold only elements, attributes as they come."""
    if isinstance(node, str):
        return _saxon_text(node)
    if not isinstance(node.tag, str):
        return "".join(_Writer(ordered=False, indent=True).child(node, {}, 0))
    return _fragment(node, ordered=False, indent=True)


def _saxon_text(node: Any) -> str:
    """A text or an attribute, which lxml both gives as strings that know their element."""
    if not getattr(node, "is_attribute", False):
        return str(node.translate(_SAXON_TEXT))
    name = _name(node.attrname, node.getparent().nsmap, attribute=True)
    return f'{name}="{node.translate(_ATTRIBUTE)}"'


def _fragment(node: Any, *, ordered: bool, indent: bool) -> str | None:
    if isinstance(node, str) or not isinstance(node.tag, str):
        return node_value(node)
    return "".join(_Writer(ordered, indent).element(node, {}, 0))


class _Writer:
    def __init__(self, ordered: bool, indent: bool) -> None:
        self.ordered = ordered
        self.indent = indent

    def element(self, node: Any, declared: Declared, depth: int) -> Iterator[str]:
        name = _name(node.tag, node.nsmap)
        if node.tag[0] != "{":
            name = node.tag
        scope = dict(node.nsmap)
        if None in scope and node.tag[0] != "{" and not _declares_default(node):
            scope[None] = ""
        yield f"<{name}{self._declarations(scope, declared)}{self._attributes(node)}"
        if not node.text and not len(node):
            yield "/>"
            return
        yield ">"
        lines = self.indent and _holds_only_elements(node)
        if not lines:
            yield (node.text or "").translate(_TEXT)
        for child in node:
            if lines:
                yield "\n" + "   " * (depth + 1)
            yield from self.child(child, scope, depth + 1)
            if not lines:
                yield (child.tail or "").translate(_TEXT)
        if lines:
            yield "\n" + "   " * depth
        yield f"</{name}>"

    def child(self, node: Any, declared: Declared, depth: int) -> Iterator[str]:
        if isinstance(node.tag, str):
            yield from self.element(node, declared, depth)
        elif node.tag.__name__ == "Comment":
            yield f"<!--{node.text}-->"
        elif node.tag.__name__ == "ProcessingInstruction":
            yield f"<?{node.target} {node.text}?>"

    def _attributes(self, node: Any) -> str:
        pairs = [(_name(key, node.nsmap, attribute=True), value) for key, value in node.attrib.items()]
        if self.ordered:
            pairs.sort()
        return "".join(f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in pairs)

    def _declarations(self, scope: Declared, declared: Declared) -> str:
        new = [(prefix or "", uri) for prefix, uri in scope.items() if declared.get(prefix) != uri]
        return "".join(f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in sorted(new))


def _name(tag: str, scope: Declared, *, attribute: bool = False) -> str:
    """A name as it is written, with its prefix."""
    if tag[0] != "{":
        return tag
    uri, _, local = tag[1:].partition("}")
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    for prefix, bound in scope.items():
        if bound == uri and (prefix or not attribute):
            return f"{prefix}:{local}" if prefix else local
    return local


def _declares_default(node: Any) -> bool:
    """Whether the default namespace is declared at ``node``; a reader that knows none takes that for an attribute."""
    above = node.getparent()
    return above is None or above.nsmap.get(None) != node.nsmap[None]


def _holds_only_elements(node: Any) -> bool:
    texts = [node.text, *(child.tail for child in node)]
    return len(node) > 0 and not any(text and text.strip() for text in texts)
