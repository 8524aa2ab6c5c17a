"""CSS Selector Extractor (``org.apache.jmeter.extractor.HtmlExtractor`` with Jsoup).

The selectors are those of CSS 3; what only Jsoup knows is refused. The text of an element is what a reader sees: runs
of blanks are one, blocks and line breaks part words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from cssselect import GenericTranslator, SelectorError
from lxml import etree

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.documents import html_of, read_html
from silhouette_plan.elements.extractors.matches import keep_matches, keep_text
from silhouette_plan.elements.scope import samples_in, variable_of
from silhouette_plan.plan.processors import CssExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.user import User

Select = Callable[[Any], list[Any]]

_BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "frameset",
        "script",
        "noscript",
        "style",
        "meta",
        "link",
        "title",
        "frame",
        "noframes",
        "section",
        "nav",
        "aside",
        "hgroup",
        "header",
        "footer",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "pre",
        "div",
        "blockquote",
        "hr",
        "address",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "ins",
        "del",
        "dl",
        "dt",
        "dd",
        "li",
        "table",
        "caption",
        "thead",
        "tfoot",
        "tbody",
        "colgroup",
        "col",
        "tr",
        "th",
        "td",
        "video",
        "audio",
        "canvas",
        "details",
        "menu",
        "plaintext",
        "template",
        "article",
        "main",
        "svg",
        "math",
        "center",
    ]
)
_UNQUOTED = re.compile(r"""\[\s*([\w|-]+)\s*([~|^$*]?=)\s*([^'"\]\s][^'"\]]*?)\s*\]""")
"""An attribute test with a value that is neither quoted nor, for CSS, a name; Jsoup takes any."""
_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]+")


def css_extractor(node: CssExtractor, build: Build) -> After:
    """``HtmlExtractor``; defaults as for the Regular Expression Extractor."""
    _look_at(node, build)
    name_of = text_of(build, node, node.variable)
    selector_of = text_of(build, node, node.selector)
    attribute_of = text_of(build, node, node.attribute)
    number_of = integer_of(build, node, node.match or "")
    default_of = text_of(build, node, node.default)
    empty_of = flag_of(build, node, node.empty_default)
    documents = _documents(node, build)
    plain = node.implementation == "JODD"

    def extract(user: User, sample: Sample) -> None:
        name, default = name_of(user), default_of(user)
        if default or empty_of(user):
            user.variables[name] = default
        try:
            elements = find(documents(user, sample), selector_of(user))
        except SelectorError as problem:
            user.run.finding("EL003", str(problem))
            return
        attribute = attribute_of(user)
        matches = [value_of(element, attribute, plain=plain) for element in elements]
        keep_matches(user, name, number_of(user), matches, keep_text)

    return extract


def find(documents: Sequence[Any], selector: str) -> list[Any]:
    """The elements that ``selector`` selects. Raises ``SelectorError``."""
    select = compile_selector(selector)
    return [element for document in documents for element in select(document)]


@lru_cache(maxsize=1024)
def compile_selector(selector: str) -> Select:
    """``selector`` compiled; raises ``SelectorError``."""
    query = etree.XPath(GenericTranslator().css_to_xpath(_UNQUOTED.sub(r"[\1\2'\3']", selector)))

    def select(document: Any) -> list[Any]:
        found = query(document)
        return found if isinstance(found, list) else []

    return select


def value_of(element: Any, attribute: str, *, plain: bool = False) -> str:
    """The attribute, empty where it is missing; the text where none is asked for (``plain``: as it stands)."""
    if attribute.strip():
        return str(element.get(attribute.strip().lower(), ""))
    return "".join(element.itertext()).strip() if plain else visible_text(element)


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


def _documents(node: CssExtractor, build: Build) -> Callable[[User, Sample], Sequence[Any]]:
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)

        def parse_variable(user: User, sample: Sample) -> Sequence[Any]:
            tree = read_html(read(user) or "")
            return () if isinstance(tree, Exception) else (tree,)

        return parse_variable
    samples = samples_in(node.scope)

    def parse_bodies(user: User, sample: Sample) -> Sequence[Any]:
        found = []
        for one in samples(sample):
            try:
                found.append(html_of(one))
            except (etree.ParserError, etree.XMLSyntaxError):
                continue
        return found

    return parse_bodies


def _look_at(node: CssExtractor, build: Build) -> None:
    constant = build.template(node.selector, node).constant
    if constant is not None:
        try:
            compile_selector(constant)
        except (SelectorError, etree.XPathError) as problem:
            complain(build, node, "EL004", f"{constant}: {problem}")
