"""The numbers in a line of ``slo``, computed before the run, with the unit that they are given in."""

from __future__ import annotations

import contextlib
import math

from silhouette_plan.compile.build import PlanBuild
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.expressions import Expression, Literal
from silhouette_plan.plan.records import record
from silhouette_plan.plan.units import UnitError, milliseconds, quantity
from silhouette_plan.results.figures import Unit, figure_text
from silhouette_plan.results.objectives.objective import Nature
from silhouette_plan.values.coercion import number_of
from silhouette_plan.values.template import ValueFault

_UNITS = {
    "duration": Unit.MILLISECONDS,
    "size": Unit.BYTES,
    "percent": Unit.SHARE,
    "rate": Unit.PER_SECOND,
    "data-rate": Unit.BYTES_PER_SECOND,
    "": Unit.NONE,
}
"""The unit of a figure by the dimension of its bound (``plan.units.Quantity``)."""

_WANTED = {
    Unit.NONE: "a number",
    Unit.MILLISECONDS: "a duration such as `500ms`",
    Unit.BYTES: "a size such as `4KB`",
    Unit.SHARE: "a share such as `1%`",
    Unit.PER_SECOND: "a rate such as `100/s`",
}


class Refused(Exception):
    """A line that could not be judged: why, and perhaps how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


@record
class Given:
    """A number in ms, bytes, parts of one or a second, as its ``dimension`` says; that is empty without a unit."""

    value: float
    dimension: str
    spelled: str


def value_of(expression: Expression, node: Element, build: PlanBuild) -> Given:
    """``expression`` as a number that is known before the run: by literals, parameters, properties. Raises ``Refused``."""
    try:
        found = build.expression(expression, node)(build.plan_user, None)
    except ValueFault as fault:
        raise Refused(f"the bound cannot be computed: {fault}") from None
    spelled = expression.source if isinstance(expression, Literal) and expression.source else ""
    if isinstance(found, str):
        spelled = found.strip()
    number = number_of(found)
    if spelled:
        with contextlib.suppress(UnitError):
            measured = quantity(spelled)
            return Given(float(measured.value), measured.dimension, spelled)
    if number is None or not math.isfinite(number) or isinstance(found, bool):
        reads = f": it reads `{spelled}`" if spelled else ""
        raise Refused(f"the bound is no number that is known before the run{reads}")
    return Given(float(number), "", spelled or figure_text(float(number)))


def seconds_of(text: str, node: Element, build: PlanBuild) -> float:
    """A duration as seconds. Raises ``Refused``."""
    try:
        return milliseconds(build.template(text, node).evaluate(build.plan_user)) / 1000
    except (UnitError, ValueFault) as fault:
        raise Refused(f"`{text}` is no duration: {fault}", "such as `30s`") from None


def unit_of(aggregate: str, nature: Nature, own: Unit | None, dimension: str) -> Unit:
    """What a figure is measured in: ``own`` is the metric's unit, None where the bound tells it. Raises ``Refused``."""
    given = _UNITS[dimension]
    if aggregate == "throughput" or (aggregate == "rate" and nature is Nature.AMOUNT):
        sized = own is None and given is Unit.BYTES_PER_SECOND
        wanted = Unit.BYTES_PER_SECOND if sized else Unit.PER_SECOND
    elif aggregate == "rate":
        wanted = Unit.SHARE
    elif aggregate == "count":
        wanted = (
            given if own is None and nature is Nature.AMOUNT and given in (Unit.BYTES, Unit.MILLISECONDS) else Unit.NONE
        )
    else:
        wanted = given if own is None else own
    if given not in (Unit.NONE, wanted):
        raise Refused("the bound has the wrong unit", f"`{aggregate}` is compared with {_WANTED[wanted]} here")
    return wanted
