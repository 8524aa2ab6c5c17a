"""Escapes of URLs, HTML, XML and Java text, as commons-text has them (JMeter up to 5.6)."""

from __future__ import annotations

import re
from html.entities import codepoint2name, name2codepoint

from silhouette_plan.values.context import Function, of_texts
from silhouette_plan.values.java.urls import url_decode, url_encode

_HTML_NAMES = {point: f"&{name};" for point, name in codepoint2name.items()}
_HTML_REFERENCE = re.compile(r"&(?:#([0-9]+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]*));")
_XML_NAMES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_CONTROLS = re.compile("[\x7f-\x84\x86-\x9f]")
_JAVA_ESCAPE = re.compile(r"\\(?:u+\+?([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(.)|$)", re.DOTALL)
_JAVA_LETTERS = {"b": "\b", "n": "\n", "t": "\t", "f": "\f", "r": "\r"}


def escape_html(text: str) -> str:
    """HTML 4 names for what has one; ``'`` and all else stay."""
    return text.translate(_HTML_NAMES)


def unescape_html(text: str) -> str:
    """HTML 4 names and numbers that end in ``;``, once."""

    def character(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        point = name2codepoint.get(name, -1) if name else int(decimal or hexadecimal, 10 if decimal else 16)
        return chr(point) if 0 <= point <= 0x10FFFF else match[0]

    return _HTML_REFERENCE.sub(character, text)


def escape_xml(text: str) -> str:
    """XML 1.0: the five names; characters that XML cannot hold are dropped, old control characters become numbers."""
    clean = _XML_ILLEGAL.sub("", text).translate(_XML_NAMES)
    return _XML_CONTROLS.sub(lambda match: f"&#{ord(match[0])};", clean)


def unescape_java(text: str) -> str:
    r"""Java's ``\t \n \r \f \b \uXXXX``, octal; any other ``\x`` is ``x``. Raises ValueError for a broken ``\u``."""
    if re.search(r"(?<!\\)(?:\\\\)*\\u+\+?(?![0-9a-fA-Fu+]{4})", text):
        raise ValueError("Less than 4 hex digits in unicode value")

    def character(match: re.Match[str]) -> str:
        unicode, octal, letter = match.groups()
        if unicode is not None:
            return chr(int(unicode, 16))
        if octal is not None:
            return chr(int(octal, 8))
        return _JAVA_LETTERS.get(letter, letter) if letter is not None else ""

    return _JAVA_ESCAPE.sub(character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


TABLE = {
    "__urlencode": Function(1, 1, of_texts(url_encode)),
    "__urldecode": Function(1, 1, of_texts(url_decode)),
    "__escapeHtml": Function(1, 1, of_texts(escape_html)),
    "__unescapeHtml": Function(1, 1, of_texts(unescape_html)),
    "__escapeXml": Function(1, 1, of_texts(escape_xml)),
    "__unescape": Function(1, 1, of_texts(unescape_java)),
}
