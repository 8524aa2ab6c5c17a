"""Regular Expression Extractor (``org.apache.jmeter.extractor.RegexExtractor``).

With a match, ``v`` is the template filled in, ``v_g`` the number of groups, ``v_g0`` the whole match, ``v_g1`` … the
groups. A group that the template names and the match has not is the text ``null``. A default of ``""`` counts only
where *use empty default* says so; else the old value stays where nothing matches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import regex

from silhouette_plan.elements.codes import complain
from silhouette_plan.elements.extractors.matches import count_of, keep_matches
from silhouette_plan.elements.extractors.sources import texts_of
from silhouette_plan.plan.processors import RegexExtractor
from silhouette_plan.program.build import Build
from silhouette_plan.program.fields import flag_of, integer_of, text_of
from silhouette_plan.program.steps import After
from silhouette_plan.results.sample import Sample
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, Pattern, PatternFault
from silhouette_plan.values.match_template import MatchTemplate, filled, read_match_template
from silhouette_plan.values.user import User


class Match(NamedTuple):
    """A match: the text that the template makes of it, and its groups from 0, None where one took no part."""

    text: str
    groups: tuple[str | None, ...]


def regex_extractor(node: RegexExtractor, build: Build) -> After:
    """``RegexExtractor``."""
    _look_at(node, build)
    name_of = text_of(build, node, node.variable)
    regex_of = text_of(build, node, node.regex)
    template_of = _template_of(node, build)
    number_of = integer_of(build, node, node.match)
    default_of = text_of(build, node, node.default)
    empty_of = flag_of(build, node, node.empty_default)
    texts = texts_of(node, build)

    def extract(user: User, sample: Sample) -> None:
        name, number, default = name_of(user), number_of(user), default_of(user)
        if default or empty_of(user):
            user.variables[name] = default
        try:
            pattern = compile_oro_regex(regex_of(user))
            matches = find(pattern, texts(user, sample), number, template_of(user))
        except PatternFault:
            return
        except MatchTooLong as problem:
            user.run.finding("EL001", str(problem))
            return
        keep_matches(user, name, number, matches, keep_groups, forget_groups)

    return extract


def find(pattern: Pattern, texts: Sequence[str], number: int, template: MatchTemplate) -> list[Match]:
    """The matches in ``texts``, no more than a ``number`` above 0 asks for. Raises ``MatchTooLong``."""
    if number == 1:
        first = next((match for text in texts if (match := pattern.search(text)) is not None), None)
        return [] if first is None else [_match(first, template)]
    found: list[Match] = []
    for text in texts:
        most = number - len(found) if number > 0 else None
        found.extend(_match(match, template) for match in pattern.find_all(text, most))
        if len(found) == number:
            break
    return found


def _match(match: regex.Match[str], template: MatchTemplate) -> Match:
    groups = (match[0], *match.groups())
    return Match(filled(template, groups), groups)


def keep_groups(variables: dict[str, Any], name: str, match: Match) -> None:
    """``name``, ``name_g`` and ``name_g0`` …; groups of an earlier, longer match are unset."""
    variables[name] = match.text
    prefix = f"{name}_g"
    before = count_of(variables.get(prefix))
    count = len(match.groups)
    for number, text in enumerate(match.groups):
        variables[f"{prefix}{number}"] = text
    variables[prefix] = str(count - 1)
    for number in range(count, before + 1):
        variables.pop(f"{prefix}{number}", None)


def forget_groups(variables: dict[str, Any], name: str) -> None:
    """Unsets ``name_g`` and ``name_g0`` …"""
    prefix = f"{name}_g"
    for number in range(count_of(variables.pop(prefix, None)) + 1):
        variables.pop(f"{prefix}{number}", None)


def _template_of(node: RegexExtractor, build: Build) -> Callable[[User], MatchTemplate]:
    """The template; a live one is read once a user, as JMeter keeps it with the user's copy of the element."""
    source = build.template(node.template, node)
    if source.constant is not None:
        template = read_match_template(source.constant)
        return lambda user: template
    key = object()

    def template_of(user: User) -> MatchTemplate:
        found: MatchTemplate | None = user.state.get(key)
        if found is None:
            found = user.state[key] = read_match_template(source.evaluate(user))
        return found

    return template_of


def _look_at(node: RegexExtractor, build: Build) -> None:
    constant = build.template(node.regex, node).constant
    if constant is not None:
        try:
            compile_oro_regex(constant)
        except PatternFault as problem:
            complain(build, node, "EL001", str(problem))
