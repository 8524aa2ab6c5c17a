"""Texts with a unit as numbers of another one: what the language writes for a hole where a unit is needed (``for ${hold}``)."""

from __future__ import annotations

from fractions import Fraction

from silhouette_plan.plan.units import DURATIONS, PERIODS, SIZES, UnitError, plain, quantity
from silhouette_plan.values.context import Evaluate, Function, Occurrence
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

_WORTH: dict[str, tuple[str, Fraction]] = {
    **{unit: ("duration", Fraction(ms)) for unit, ms in DURATIONS.items()},
    **{unit: ("size", Fraction(size)) for unit, size in SIZES.items()},
    **{f"/{unit}": ("rate", Fraction(1, seconds)) for unit, seconds in PERIODS.items()},
    "%": ("percent", Fraction(1, 100)),
}
"""The dimension of a unit, and what one of it is in the base unit of ``quantity``."""


def _unit(occurrence: Occurrence) -> Evaluate:
    text, unit = (parameter.evaluate for parameter in occurrence.parameters)

    def evaluate(user: User) -> str:
        given, wanted = text(user), unit(user)
        dimension, worth = _WORTH.get(wanted, ("", Fraction(1)))
        try:
            found = quantity(given)
        except UnitError as error:
            raise ValueFault(f"{error}; a number with a unit is needed here, such as `30s`") from None
        if found.dimension != dimension:
            raise ValueFault(f"`{given}` is no {dimension or 'quantity'}")
        return plain(found.value / worth)

    return evaluate


TABLE = {"__unit": Function(2, 2, _unit)}
