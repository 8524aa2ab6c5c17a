"""HTML as Jsoup has it: its tree, and what a reader sees of an element."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from silhouette_plan.elements.documents import once, read_html
from silhouette_plan.results.sample import Sample

_BLOCKS = frozenset((
    "html", "head", "body", "frameset", "script", "noscript", "style", "meta", "link", "title", "frame", "noframes",
    "section", "nav", "aside", "hgroup", "header", "footer", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
    "pre", "div", "blockquote", "hr", "address", "figure", "figcaption", "form", "fieldset", "ins", "del", "dl",
    "dt", "dd", "li", "table", "caption", "thead", "tfoot", "tbody", "colgroup", "col", "tr", "th", "td", "video",
    "audio", "canvas", "details", "menu", "plaintext", "template", "article", "main", "svg", "math", "center",
))  # fmt: skip
_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]+")


def jsoup_of(sample: Sample) -> Any:
    """The body as Jsoup's tree."""
    return once(sample, "jsoup", lambda sample: read_as_jsoup(sample.text))


def read_as_jsoup(text: str) -> Any:
    """``text`` as the tree that Jsoup makes of it: below a root of its own, with head, body and the bodies of tables."""
    root = etree.Element("jsoup-root")
    found = read_html(text)
    html = etree.SubElement(root, "html") if isinstance(found, Exception) else found
    root.append(html)
    if html.find("head") is None:
        html.insert(0, etree.Element("head"))
    if html.find("body") is None and html.find("frameset") is None:
        etree.SubElement(html, "body")
    for table in html.iter("table"):
        _add_bodies(table)
    return root


def _add_bodies(table: Any) -> None:
    body = None
    for row in list(table):
        if row.tag != "tr":
            body = None if row.tag in ("thead", "tbody", "tfoot") else body
            continue
        if body is None:
            body = etree.Element("tbody")
            row.addprevious(body)
        body.append(row)


def visible_text(element: Any) -> str:
    """``org.jsoup.nodes.Element.text``."""
    parts: list[str] = []
    _gather(element, parts, keep=False)
    return "".join(parts).strip()


def _gather(element: Any, parts: list[str], *, keep: bool) -> None:
    if not isinstance(element.tag, str):
        return
    if parts and (element.tag in _BLOCKS or element.tag == "br"):
        _part_words(parts)
    keep = keep or element.tag in ("pre", "textarea")
    if element.tag not in ("script", "style"):
        _add(element.text, parts, keep)
    for child in element:
        _gather(child, parts, keep=keep)
        if child.tail and child.tag in _BLOCKS:
            _part_words(parts)
        _add(child.tail, parts, keep)


def _add(text: str | None, parts: list[str], keep: bool) -> None:
    if not text:
        return
    if not keep:
        text = _BLANKS.sub(" ", text)
        if text[0] == " " and (not parts or parts[-1].endswith(" ")):
            text = text[1:]
    if text:
        parts.append(text)


def _part_words(parts: list[str]) -> None:
    if parts and not parts[-1].endswith(" "):
        parts.append(" ")


def own_text(element: Any) -> str:
    """``org.jsoup.nodes.Element.ownText``: without the text of elements in it."""
    parts: list[str] = []
    _add(element.text, parts, keep=False)
    for child in element:
        if child.tag == "br":
            _part_words(parts)
        _add(child.tail, parts, keep=False)
    return "".join(parts).strip()


def data_of(element: Any) -> str:
    """``org.jsoup.nodes.Element.data``: scripts, styles and comments in it."""
    own = (element.text or "") if element.tag in ("script", "style") else ""
    return own + "".join([data_of(child) if isinstance(child.tag, str) else child.text or "" for child in element])
