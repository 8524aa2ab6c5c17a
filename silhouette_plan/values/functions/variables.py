"""Functions over the user's variables, and the two that evaluate text as a template."""

from __future__ import annotations

from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.java.numbers import wrap_int
from silhouette_plan.values.java.strings import is_true, text_of, trim
from silhouette_plan.values.parser import TemplateFault
from silhouette_plan.values.user import User


def variable_text(user: User, name: str) -> str | None:
    """``vars.get``: the text of a variable, None where it is not set."""
    value = user.variables.get(name)
    return None if value is None else text_of(value)


def _v(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    default_of = occurrence.text(1) if len(occurrence) > 1 else None

    def evaluate(user: User) -> str:
        name = name_of(user)
        value = variable_text(user, name)
        if value is not None:
            return value
        return name if default_of is None else default_of(user)

    return evaluate


def _evaluated(occurrence: Occurrence, text: str, user: User) -> str:
    try:
        return occurrence.compile(text).evaluate(user)
    except TemplateFault:
        return ""


def _eval(occurrence: Occurrence) -> Evaluate:
    text_of_parameter = occurrence.text(0)
    return lambda user: _evaluated(occurrence, text_of_parameter(user), user)


def _eval_var(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    return lambda user: _evaluated(occurrence, variable_text(user, name_of(user)) or "", user)


def _is_defined(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    return lambda user: "false" if user.variables.get(name_of(user)) is None else "true"


def split_fields(text: str, delimiters: str) -> list[str]:
    """Fields between any of the one-character ``delimiters``; empty ones read ``?``, a leading delimiter adds none."""
    fields: list[str] = []
    field: list[str] = []
    after_delimiter = False
    for character in text:
        if character not in delimiters:
            field.append(character)
            after_delimiter = False
            continue
        if field:
            fields.append("".join(field))
            field.clear()
        elif after_delimiter:
            fields.append("?")
        after_delimiter = True
    if field:
        fields.append("".join(field))
    elif after_delimiter:
        fields.append("?")
    return fields


def _split(occurrence: Occurrence) -> Evaluate:
    text_of_parameter, prefix_of, delimiters_of = occurrence.text(0), occurrence.text(1), occurrence.text(2)

    def evaluate(user: User) -> str:
        text, prefix = text_of_parameter(user), trim(prefix_of(user))
        fields = split_fields(text, delimiters_of(user) or ",")
        variables = user.variables
        variables[prefix] = text
        variables[f"{prefix}_n"] = str(len(fields))
        for index, field in enumerate(fields, 1):
            variables[f"{prefix}_{index}"] = field
        variables.pop(f"{prefix}_{len(fields) + 1}", None)
        return text

    return evaluate


class _Count:
    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0


def _counter(occurrence: Occurrence) -> Evaluate:
    per_user = occurrence.text(0)

    def evaluate(user: User) -> str:
        if is_true(per_user(user)):
            count = user.state.get(occurrence)
            if count is None:
                count = user.state[occurrence] = _Count()
        else:
            count = user.run.service(occurrence, _Count)
        count.value += 1
        return str(wrap_int(count.value))

    return evaluate


TABLE = {
    "__V": Function(1, 2, _v),
    "__eval": Function(1, 1, _eval),
    "__evalVar": Function(1, 1, _eval_var),
    "__isVarDefined": Function(1, 1, _is_defined),
    "__split": Function(2, 3, _split),
    "__counter": Function(1, 2, _counter, store=1),
}
