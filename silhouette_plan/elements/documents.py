"""A sample's body as a document, read at most once a format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from silhouette_plan.elements.jsonpath import NotJson, parse
from silhouette_plan.results.sample import Sample

_UTF_8 = frozenset({"utf-8", "UTF-8", "utf8", "UTF8"})


def once(sample: Sample, format: str, read: Callable[[Sample], Any]) -> Any:
    """``read(sample)``, remembered with the sample under ``format``, its failure too (an exception that it gives back)."""
    documents = sample._document
    if documents is None:
        documents = sample._document = {}
    if format not in documents:
        documents[format] = read(sample)
    found = documents[format]
    if isinstance(found, Exception):
        raise found.with_traceback(None)
    return found


def json_of(sample: Sample) -> Any:
    """The body as JSON; raises ``NotJson``."""
    if sample._document is None and sample._text is None:
        # The first to read anything, which is nearly always the only one.
        body = sample.body
        direct = sample.encoding in _UTF_8 or body.isascii()
        try:
            found = parse(body if direct else sample.text)
        except NotJson as problem:
            sample._document = {"json": problem}
            raise
        sample._document = {"json": found}
        return found
    return once(sample, "json", _read_json)


def _read_json(sample: Sample) -> Any:
    try:
        return parse(sample.text)
    except NotJson as problem:
        return problem


def html_of(sample: Sample) -> Any:
    """The body as an HTML tree; raises ``etree.ParserError`` where there is nothing in it."""
    return once(sample, "html", lambda sample: read_html(sample.text))


def read_html(text: str) -> Any:
    """``text`` as an HTML tree, however broken it is; the exception where it holds nothing."""
    from lxml import etree, html

    try:
        return html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError) as problem:
        return problem


_strict = msgspec.json.Decoder()


def strict_json(text: str | bytes) -> Any:
    """``text`` as JSON without any leniency, or the exception that says why it is none."""
    try:
        return _strict.decode(text)
    except (msgspec.DecodeError, RecursionError) as problem:
        return problem
