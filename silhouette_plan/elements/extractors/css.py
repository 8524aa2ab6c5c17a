"""CSS Selector Extractor (``org.apache.jmeter.extractor.HtmlExtractor`` with Jsoup).

Selectors are read as Jsoup reads them; with Jodd, those of CSS 3 are. The text of an element is what a reader sees: runs of
blanks are one, blocks and line breaks part words; Jodd gives it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.documents import html_of, read_html
from silhouette_plan.elements.extractors.matches import keep_matches
from silhouette_plan.elements.html.conditions import BadSelector
from silhouette_plan.elements.html.jsoup import jsoup_of, read_as_jsoup, visible_text
from silhouette_plan.elements.html.selectors import compile_selector
from silhouette_plan.elements.scope import samples_in, variable_of
from silhouette_plan.plan.processors import CssExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.patterns import MatchTooLong
from silhouette_plan.values.user import User

_UNQUOTED = re.compile(r"""\[\s*([\w|-]+)\s*([~|^$*]?=)\s*([^'"\]\s][^'"\]]*?)\s*\]""")
"""An attribute test with a value that is neither quoted nor, for CSS, a name."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FAULTS = (BadSelector, MatchTooLong, SelectorError)


def css_extractor(node: CssExtractor, build: Build) -> After:
    """``HtmlExtractor``; defaults as for the Regular Expression Extractor."""
    _look_at(node, build)
    name_of = text_of(build, node, node.variable)
    selector_of = text_of(build, node, node.selector)
    attribute_of = text_of(build, node, node.attribute)
    number_of = integer_of(build, node, node.match)
    default_of = text_of(build, node, node.default)
    empty_of = flag_of(build, node, node.empty_default)
    jodd = node.implementation == "JODD"
    documents = _documents(node, build, jodd=jodd)
    find, value_of = (find_in_css, plain_value) if jodd else (find_elements, jsoup_value)

    def extract(user: User, sample: Sample) -> None:
        name, default = name_of(user), default_of(user)
        if default or empty_of(user):
            user.variables[name] = default
        try:
            elements = find(documents(user, sample), selector_of(user))
        except _FAULTS as problem:
            user.run.finding("EL003", str(problem))
            return
        attribute = attribute_of(user)
        matches = [value_of(element, attribute) for element in elements]
        keep_matches(user, name, number_of(user), matches, keep_unless_none)

    return extract


def keep_unless_none(variables: dict[str, Any], name: str, match: str | None) -> None:
    """Jodd has nothing to keep for an attribute that is not there."""
    if match is not None:
        variables[name] = match


def find_elements(documents: Sequence[Any], selector: str) -> list[Any]:
    """The elements that ``selector`` selects in Jsoup's trees. Raises ``BadSelector`` and ``MatchTooLong``."""
    select = compile_selector(selector)
    return [element for document in documents for element in select(document)]


def find_in_css(documents: Sequence[Any], selector: str) -> list[Any]:
    """The elements that ``selector`` selects by CSS 3. Raises ``SelectorError``."""
    select = _compile_css(selector)
    return [element for document in documents for element in select(document)]


@lru_cache(maxsize=1024)
def _compile_css(selector: str) -> Any:
    return etree.XPath(HTMLTranslator().css_to_xpath(_UNQUOTED.sub(r"[\1\2'\3']", selector)))


def jsoup_value(element: Any, attribute: str) -> str:
    """The attribute, empty where it is missing; the visible text where none is asked for."""
    if not attribute:
        return visible_text(element)
    name = attribute.lower()
    if not name.startswith("abs:"):
        return str(element.get(name, ""))
    address = element.get(name[4:], "")
    return str(address) if _ABSOLUTE.match(address) else ""


def plain_value(element: Any, attribute: str) -> str | None:
    """The attribute, None where it is missing; all text where none is asked for."""
    return element.get(attribute.lower()) if attribute else "".join(element.itertext()).strip()


def _documents(node: CssExtractor, build: Build, *, jodd: bool) -> Callable[[User, Sample], Sequence[Any]]:
    if node.scope == "variable":
        read = variable_of(build, node, node.scope_variable)

        def parse_variable(user: User, sample: Sample) -> Sequence[Any]:
            text = read(user) or ""
            tree = read_html(text) if jodd else read_as_jsoup(text)
            return () if isinstance(tree, Exception) else (tree,)

        return parse_variable
    samples = samples_in(node.scope)

    tree_of = html_of if jodd else jsoup_of

    def parse_bodies(user: User, sample: Sample) -> Sequence[Any]:
        found = []
        for one in samples(sample):
            try:
                found.append(tree_of(one))
            except (etree.ParserError, etree.XMLSyntaxError):
                continue
        return found

    return parse_bodies


def _look_at(node: CssExtractor, build: Build) -> None:
    constant = build.template(node.selector, node).constant
    if constant is None:
        return
    try:
        if node.implementation == "JODD":
            _compile_css(constant)
        else:
            compile_selector(constant)
    except BadSelector as problem:
        complain(build, node, "EL003", f"{constant}: {problem}")
    except (SelectorError, etree.XPathError) as problem:
        complain(build, node, "EL004", f"{constant}: {problem}")
