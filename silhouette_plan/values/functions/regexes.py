"""``__regexFunction``: matches in the previous response or a variable, written by a template."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.functions.variables import variable_text
from silhouette_plan.values.java.numbers import parse_double, parse_int
from silhouette_plan.values.java.oro import compile_oro_regex
from silhouette_plan.values.java.patterns import MatchTooLong, Pattern, PatternFault
from silhouette_plan.values.java.regex import compile_java_regex
from silhouette_plan.values.match_template import MatchTemplate, filled, read_match_template
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

if TYPE_CHECKING:
    import regex


def _written(template: MatchTemplate, match: regex.Match[str]) -> str:
    return filled(template, (match[0], *match.groups()))


def _previous_text(user: User) -> str:
    return user.previous.text if user.previous is not None else ""


def _compiled(user: User, pattern: str) -> Pattern:
    engine = user.run.properties.get("jmeter.regex.engine", "oro")
    return (compile_oro_regex if engine == "oro" else compile_java_regex)(pattern)


def _chosen(user: User, matches: list[regex.Match[str]], which: str) -> list[regex.Match[str]]:
    """The matches that ``which`` (``ALL``, ``RAND``, an index, a fraction of their number) names; none beyond the last."""
    if which == "ALL":
        return matches
    if which == "RAND":
        return [user.random.choice(matches)]
    try:
        index = parse_int(which) - 1
    except ValueError:
        try:
            index = math.floor(len(matches) * parse_double(which) + 0.5) - 1
        except ValueError as error:
            raise ValueFault(f"__regexFunction: {error}") from None
    if index < 0:
        raise ValueFault(f"__regexFunction: Index {index} out of bounds")
    return matches[index : index + 1]


def _regex_function(occurrence: Occurrence) -> Evaluate:
    pattern_of, template_of, which_of = occurrence.text(0), occurrence.text(1), occurrence.text(2, "1")
    between_of, default_of, name_of, input_of = (occurrence.text(index) for index in range(3, 7))

    def evaluate(user: User) -> str:
        try:
            pattern = _compiled(user, pattern_of(user))
        except PatternFault as error:
            user.run.finding("VL007", f"__regexFunction: {error}")
            return ""
        default, name, variable = default_of(user), name_of(user).strip(), input_of(user)
        if name:
            user.variables[name] = default
        text = variable_text(user, variable) if variable else _previous_text(user)
        if not text:
            return default
        try:
            matches = pattern.find_all(text)
        except MatchTooLong as error:
            raise ValueFault(f"__regexFunction: {error}") from None
        user.variables[f"{name}_matchNr"] = str(len(matches))
        chosen = _chosen(user, matches, which_of(user) or "1") if matches else []
        if not chosen:
            return default
        template = read_match_template(template_of(user))
        for match in chosen:
            for group in range(match.re.groups + 1):
                user.variables[f"{name}_g{group}"] = match[group]
        value = between_of(user).join([_written(template, match) for match in chosen])
        if name:
            user.variables[name] = _written(template, chosen[-1])
        return value

    return evaluate


TABLE = {"__regexFunction": Function(2, 7, _regex_function)}
