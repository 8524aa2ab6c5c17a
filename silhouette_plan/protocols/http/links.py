"""The resources that a page or a style sheet pulls in, as JMeter's parsers find them (Lagarto for HTML, ph-css for CSS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml.etree import LxmlError

from silhouette_plan.protocols.http.faults import HttpFault
from silhouette_plan.protocols.http.locations import resource
from silhouette_plan.protocols.http.url import Url

HTML = {"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/vnd.wap.wml"}
CSS = {"text/css"}

_SOURCES = {
    "body": ("background",),
    "img": ("src",),
    "image": ("src",),
    "object": ("codebase", "data"),
    "script": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "bgsound": ("src",),
}
_LINKS = {"stylesheet", "icon", "shortcut icon"}
_STYLE = re.compile(r"""url\(\s*(['"])(.*)\1\s*\)""", re.IGNORECASE | re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^\s;)"']+))[^;{}]*;""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def links(text: str, content_type: str, base: Url) -> list[Url]:
    """The URLs of the resources in ``text``, each once, in the order of the document; what is no URL is left out."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in HTML:
        return list(dict.fromkeys(_absolute(_html(text), base)))
    return list(_absolute(_css(text), base)) if kind in CSS else []


def _absolute(found: Iterator[tuple[str, bool]], base: Url) -> Iterator[Url]:
    """Resolves what was found; a ``<base>`` moves the base for what follows."""
    for location, is_base in found:
        location = re.sub(r"[\r\n\t]", "", location.strip())
        try:
            url = resource(base, location) if location else None
        except HttpFault:
            continue
        if url is not None and is_base:
            base = url
        elif url is not None:
            yield url


def _html(text: str) -> Iterator[tuple[str, bool]]:
    try:
        root = lxml.html.document_fromstring(
            text.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (LxmlError, ValueError):
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower()
        if next(element.iterancestors("noscript"), None) is not None:
            continue
        if tag == "base":
            yield element.get("href", ""), True
        for location in _locations(tag, element):
            yield location, False
        for match in _STYLE.finditer(element.get("style", "")):
            yield match[2], False


def _locations(tag: str, element: lxml.html.HtmlElement) -> list[str]:
    match tag:
        case "applet":
            base, code = element.get("codebase", ""), element.get("archive") or element.get("code", "")
            return [f"{base}/{code}" if base.strip() else element.get("code", "")]
        case "input":
            return [element.get("src", "")] if element.get("type", "").lower() == "image" else []
        case "link":
            return [element.get("href", "")] if element.get("rel", "").lower() in _LINKS else []
        case _:
            return [element.get(name, "") for name in _SOURCES.get(tag, ("background",))]


def _css(text: str) -> Iterator[tuple[str, bool]]:
    for match in _IMPORT.finditer(_COMMENT.sub("", text)):
        yield match[1] or match[2] or match[3] or "", False
