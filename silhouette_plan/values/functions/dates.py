"""Functions of time. Zone: the system's."""

from __future__ import annotations

import datetime as dt
import re

from silhouette_plan.values.codes import fault
from silhouette_plan.values.context import Evaluate, Function, Occurrence, ValueContext
from silhouette_plan.values.java.date_format import date_format
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

_DIVISOR = re.compile(r"/([0-9]+)", re.ASCII)
_ALIASES = {"YMD": "yyyyMMdd", "HMS": "HHmmss", "YMDHMS": "yyyyMMdd-HHmmss", "USER1": "", "USER2": ""}


def epoch_ms(user: User) -> int:
    """The wall clock in ms since 1970, by the run's clock."""
    clock = user.run.clock
    return clock.stamp(clock.now())


def local_moment(ms: int) -> dt.datetime:
    """``ms`` since 1970 in the system's zone."""
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=ms)).astimezone()


def _time(occurrence: Occurrence) -> Evaluate:
    pattern = occurrence.fixed(0)
    evaluate = _clock(_resolved(pattern, occurrence.context), occurrence.context) if pattern else _milliseconds
    variable = trim(occurrence.fixed(1))
    if not variable:
        return evaluate

    def stored(user: User) -> str:
        value = user.variables[variable] = evaluate(user)
        return value

    return stored


def _milliseconds(user: User) -> str:
    return str(epoch_ms(user))


def _resolved(pattern: str, context: ValueContext) -> str:
    """``pattern``, or what it is an alias for; properties ``time.YMD`` … change the aliases."""
    if pattern not in _ALIASES:
        return pattern
    return context.properties.get(f"time.{pattern}", _ALIASES[pattern])


def _clock(pattern: str, context: ValueContext) -> Evaluate:
    if divisor := _DIVISOR.fullmatch(pattern):
        unit = int(divisor[1])
        if unit == 0:
            return refused("__time: / by zero")
        return lambda user: str(epoch_ms(user) // unit)
    try:
        show = date_format(pattern)
    except ValueError as error:
        context.report(fault("VL005", f"__time: `{pattern}`: {error}", context.span))
        return refused(f"__time: {error}")
    return lambda user: show(local_moment(epoch_ms(user)))


def refused(message: str) -> Evaluate:
    """A value that can never be computed."""

    def evaluate(user: User) -> str:
        raise ValueFault(message)

    return evaluate


TABLE = {"__time": Function(0, 2, _time)}
