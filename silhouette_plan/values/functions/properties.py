"""Functions over JMeter's properties."""

from __future__ import annotations

from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.java.strings import text_of, trim
from silhouette_plan.values.user import User


def _property(user: User, name: str) -> str | None:
    """A property's text, trimmed; None where it is not set or not text (put there by a script)."""
    value = user.run.properties.get(name)
    return trim(value) if isinstance(value, str) else None


def _p(occurrence: Occurrence) -> Evaluate:
    name_of, default_of = occurrence.text(0), occurrence.text(1, "1")

    def evaluate(user: User) -> str:
        found = _property(user, name_of(user))
        return trim(default_of(user)) if found is None else found

    return evaluate


def _full(occurrence: Occurrence) -> Evaluate:
    name_of, variable_of = occurrence.text(0), occurrence.text(1)
    default_of = occurrence.text(2) if len(occurrence) > 2 else name_of

    def evaluate(user: User) -> str:
        found = _property(user, name_of(user))
        value = trim(default_of(user)) if found is None else found
        if variable := variable_of(user):
            user.variables[variable] = value
        return value

    return evaluate


def _set(occurrence: Occurrence) -> Evaluate:
    name_of, value_of, returns = occurrence.text(0), occurrence.text(1), occurrence.text(2)

    def evaluate(user: User) -> str:
        properties = user.run.properties
        name, value = name_of(user), value_of(user)
        wanted = returns(user).lower() == "true"
        old = properties.get(name)
        properties[name] = value
        return text_of(old) if wanted else ""

    return evaluate


def _is_defined(occurrence: Occurrence) -> Evaluate:
    name_of = occurrence.text(0)
    return lambda user: "true" if name_of(user) in user.run.properties else "false"


TABLE = {
    "__P": Function(1, 2, _p),
    "__property": Function(1, 3, _full),
    "__setProperty": Function(2, 3, _set),
    "__isPropDefined": Function(1, 1, _is_defined),
}
