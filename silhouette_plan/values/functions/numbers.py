"""Sums."""

from __future__ import annotations

from collections.abc import Callable

from silhouette_plan.values.context import Evaluate, Function, Make, Occurrence
from silhouette_plan.values.java.numbers import parse_int, parse_long, wrap_int, wrap_long
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User


def sum_of(parse: Callable[[str], int], wrap: Callable[[int], int], store_unnamed: bool) -> Make:
    """The sum of all parameters; the last one names a variable where it is no number.

    ``store_unnamed``: an empty name is a name too, as ``__intSum`` has it.
    """

    def make(occurrence: Occurrence) -> Evaluate:
        *addends, last = [parameter.evaluate for parameter in occurrence.parameters]

        def evaluate(user: User) -> str:
            name = trim(last(user))
            try:
                total = sum([parse(addend(user)) for addend in addends])
            except ValueError as error:
                raise ValueFault(f"{occurrence.name}: {error}") from None
            try:
                return str(wrap(total + parse(name)))
            except ValueError:
                text = str(wrap(total))
            if name or store_unnamed:
                user.variables[name] = text
            return text

        return evaluate

    return make


TABLE = {
    "__intSum": Function(2, None, sum_of(parse_int, wrap_int, store_unnamed=True)),
    "__longSum": Function(2, None, sum_of(parse_long, wrap_long, store_unnamed=False)),
}
