"""Timers: pauses before each sample in scope."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from silhouette_plan.language.statements.model import (
    Built,
    Clause,
    Line,
    Operand,
    Place,
    Refused,
    Row,
    Values,
    defaults_of,
    differing,
)
from silhouette_plan.language.statements.values import MILLISECONDS, NUMBER, RATE, SECONDS, choice, ranged
from silhouette_plan.plan.base import Element
from silhouette_plan.plan.timers import (
    ConstantThroughputTimer,
    ConstantTimer,
    GaussianRandomTimer,
    PoissonRandomTimer,
    PreciseThroughputTimer,
    SyncTimer,
    ThroughputShapingTimer,
    UniformRandomTimer,
)
from silhouette_plan.plan.units import UnitError, per_second, plain, quantity

# ---- think


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) <= 20 else None


def _think(values: Values) -> Built:
    low, high = values["delay"]
    if high is None:
        return ConstantTimer, {"delay": low}
    start, end = _number(low), _number(high)
    if start is None or end is None:
        return UniformRandomTimer, {"offset": low, "spread": f"${{__intSum({high},-{low})}}"}
    if end < start:
        raise Refused("the range runs backwards")
    return UniformRandomTimer, {"offset": low, "spread": str(end - start)}


def _of_think(element: ConstantTimer | UniformRandomTimer) -> Values:
    if isinstance(element, ConstantTimer):
        return {"delay": (element.delay, None)}
    start, spread = _number(element.offset), _number(element.spread)
    if start is not None and spread is not None:
        return {"delay": (element.offset, str(start + spread))}
    inner = element.spread.removeprefix("${__intSum(").removesuffix(f",-{element.offset})}}")
    return {"delay": (element.offset, inner)}


# ---- pace

_PERIODS = {"s": "1", "min": "60", "m": "60", "h": "3600"}
_BY = choice("whom it counts", {"thread": "0", "all": "1", "group": "2", "shared": "3", "group-shared": "4"})


def _pace(values: Values) -> Built:
    rate = values.pop("rate")
    number, _, unit = rate.rpartition("/")
    if values.pop("precise", False):
        if unit not in _PERIODS:
            raise Refused("`precise` needs a rate with its unit, such as `100/s`")
        return PreciseThroughputTimer, {**values, "throughput": number, "period": _PERIODS[unit]}
    if unit in ("min", "m"):
        return ConstantThroughputTimer, {**values, "throughput": number}
    return ConstantThroughputTimer, {**values, "throughput": _a_minute(rate)}


def _a_minute(rate: str) -> str:
    if "${" in rate:
        return f"${{__unit({rate},/min)}}"
    try:
        per_second(rate)
    except UnitError:
        raise Refused(f"`{rate}` is no rate, such as `60/min`") from None
    return plain(quantity(rate).value * 60)


def _of_pace(element: ConstantThroughputTimer | PreciseThroughputTimer) -> Values | None:
    if isinstance(element, ConstantThroughputTimer):
        inner = element.throughput.removeprefix("${__unit(").removesuffix(",/min)}")
        rate = inner if element.throughput == f"${{__unit({inner},/min)}}" else f"{element.throughput}/min"
        return {"rate": rate, **differing(element, "mode")}
    unit = next((unit for unit, period in _PERIODS.items() if period == element.period), "h")
    fields = differing(
        element, *(name for name in defaults_of(PreciseThroughputTimer) if name not in ("throughput", "period"))
    )
    return {"rate": f"{element.throughput}/{unit}", "precise": True, **fields}


def _think_row(verb: str, kind: type[Element], word: str, field: str, jmeter: str, summary: str, example: str) -> Row:
    return Row(
        verb=verb,
        kinds=(kind,),
        place=Place.SCOPED,
        operands=(Operand("offset", MILLISECONDS),),
        clauses=(Clause(word, field, MILLISECONDS),),
        jmeter=jmeter,
        summary=summary,
        example=example,
    )


def _row_values(row: tuple[Any, ...]) -> Values:
    return dict(zip(("start", "end", "duration"), row, strict=True))


ROWS = (
    Row(
        verb="think",
        kinds=(ConstantTimer, UniformRandomTimer),
        place=Place.SCOPED,
        operands=(Operand("delay", ranged(MILLISECONDS, "a duration or a range of durations")),),
        build=_think,
        values_of=_of_think,
        jmeter="Constant Timer · Uniform Random Timer",
        summary="A pause before each sample in scope, fixed or drawn evenly from a range. As in JMeter, `${…}` in its start "
        "is read when the controller around it begins an iteration, not at each sample.",
        example="think 2s..5s",
    ),
    _think_row(
        "think gaussian",
        GaussianRandomTimer,
        "dev",
        "deviation",
        "Gaussian Random Timer",
        "A pause drawn around a mean.",
        "think gaussian 2s dev 500ms",
    ),
    _think_row(
        "think poisson",
        PoissonRandomTimer,
        "lambda",
        "mean",
        "Poisson Random Timer",
        "A pause and a Poisson number of ms.",
        "think poisson 2s lambda 300ms",
    ),
    Row(
        verb="pace",
        kinds=(ConstantThroughputTimer, PreciseThroughputTimer),
        place=Place.SCOPED,
        operands=(Operand("rate", RATE),),
        clauses=(
            Clause("by", "mode", _BY),
            Clause("precise", "precise"),
            Clause("for", "duration", SECONDS),
            Clause("limit", "exact_limit", NUMBER),
            Clause("surplus", "allowed_surplus", NUMBER),
            Clause("batch", "batch_size", NUMBER),
            Clause("batch-delay", "batch_delay", MILLISECONDS),
            Clause("seed", "seed", NUMBER),
        ),
        build=_pace,
        values_of=_of_pace,
        jmeter="Constant Throughput Timer · Precise Throughput Timer",
        summary="Holds samples back to a rate; `precise` as Poisson arrivals.",
        example="pace 60/min by group\npace 100/s precise for 10m",
    ),
    Row(
        verb="sync",
        kinds=(SyncTimer,),
        place=Place.SCOPED,
        operands=(Operand("users", NUMBER, optional=True),),
        clauses=(Clause("timeout", "timeout", MILLISECONDS),),
        jmeter="Synchronizing Timer",
        summary="Holds users until so many wait; without a number, the whole group.",
        example="sync 50 timeout 10s",
    ),
    Row(
        verb="shape",
        kinds=(ThroughputShapingTimer,),
        place=Place.SCOPED,
        lines=(
            Line(
                verb="rps",
                operands=(
                    Operand("start", NUMBER),
                    Operand("end", NUMBER, sign=".."),
                    Operand("duration", SECONDS, sign="over"),
                ),
                into="rows",
                make=lambda values: (values["start"], values["end"], values["duration"]),
                unmake=_row_values,
                summary="From a rate a second to another, over a time.",
            ),
        ),
        jmeter="Throughput Shaping Timer",
        summary="Holds samples back to rates that rise and fall.",
        example="shape {\n  rps 1..10 over 1m\n  rps 10..10 over 5m\n}",
    ),
)
"""Timers."""
