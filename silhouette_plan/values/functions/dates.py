"""Functions of time. Zone: the system's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from silhouette_plan.values.codes import fault
from silhouette_plan.values.context import Evaluate, Function, Occurrence, ValueContext
from silhouette_plan.values.java.date_format import date_format, needs_date, needs_offset, needs_time, shows_fractions
from silhouette_plan.values.java.date_parse import Fields, date_parser
from silhouette_plan.values.java.numbers import parse_long
from silhouette_plan.values.java.strings import trim
from silhouette_plan.values.template import ValueFault
from silhouette_plan.values.user import User

_DIVISOR = re.compile(r"/([0-9]+)", re.ASCII)
_ALIASES = {"YMD": "yyyyMMdd", "HMS": "HHmmss", "YMDHMS": "yyyyMMdd-HHmmss", "USER1": "", "USER2": ""}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


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
    return _by_the_second(show) if not shows_fractions(pattern) else lambda user: show(local_moment(epoch_ms(user)))


def _by_the_second(show: Callable[[dt.datetime], str]) -> Evaluate:
    """Text that changes once a second is written once a second."""
    written: tuple[int, str] = (-1, "")

    def evaluate(user: User) -> str:
        nonlocal written
        second = epoch_ms(user) // 1000
        if written[0] != second:
            written = second, show(local_moment(second * 1000))
        return written[1]

    return evaluate


def refused(message: str) -> Evaluate:
    """A value that can never be computed."""

    def evaluate(user: User) -> str:
        raise ValueFault(message)

    return evaluate


_DURATION = re.compile(
    r"([+-]?)P(?:([+-]?\d+)D)?(T(?=[+-]?\d)(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:[.,](\d{0,9}))?S)?)?",
    re.IGNORECASE | re.ASCII,
)


def parse_duration(text: str) -> dt.timedelta:
    """``java.time.Duration.parse``: days and parts of a day in ISO 8601. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.group(2, 4, 5, 6)):
        raise ValueError(f"Text {text!r} cannot be parsed to a Duration")
    sign, days, _, hours, minutes, seconds, fraction = match.groups()
    micros = int((fraction or "").ljust(9, "0")) // 1000
    shift = dt.timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=-micros if (seconds or "").startswith("-") else micros,
    )
    return -shift if sign == "-" else shift


def _time_shift(occurrence: Occurrence) -> Evaluate:
    """``__timeShift``: format, locale and variable are fixed when the plan is compiled."""
    last = len(occurrence) - 1
    pattern, variable = trim(occurrence.fixed(0)), trim(occurrence.fixed(last))
    locale = trim(occurrence.fixed(3)) if last == 4 else ""
    date_of, shift_of = occurrence.text(1), occurrence.text(2)
    try:
        show, read = date_format(pattern, locale or "en"), date_parser(pattern, locale or "en")
    except ValueError as error:
        occurrence.context.report(fault("VL005", f"__timeShift: `{pattern}`: {error}", occurrence.context.span))
        return lambda user: ""

    def evaluate(user: User) -> str:
        moment = _date_or_now(user, trim(date_of(user)), read if pattern else None)
        shift = trim(shift_of(user))
        try:
            moment += parse_duration(shift) if shift else dt.timedelta()
        except (ValueError, OverflowError) as error:
            user.run.finding("VL007", f"__timeShift: {error}")
        value = show(moment) if pattern else str((moment - _EPOCH) // dt.timedelta(milliseconds=1))
        if variable:
            user.variables[variable] = value
        return value

    return evaluate


def _date_or_now(user: User, text: str, read: Callable[[str], Fields] | None) -> dt.datetime:
    """The date in ``text``, as epoch ms without ``read``; now where it is empty or cannot be read."""
    now = local_moment(epoch_ms(user))
    if not text:
        return now
    try:
        return local_moment(parse_long(text)) if read is None else _shifted_base(read(text), now)
    except (ValueError, OverflowError) as error:
        user.run.finding("VL007", f"__timeShift: {error}")
        return now


def _shifted_base(fields: Fields, now: dt.datetime) -> dt.datetime:
    """Fields to a moment with JMeter's defaults. They are fields too, and contradict what says the same in another way:
    a fraction of a second, an hour by half days, a year by ``u``, a day of the year are refused unless they agree with
    the default."""
    if fields.get("S") or fields.get("u") not in (None, now.year) or fields.get("D") not in (None, 1):
        raise ValueError("the fields contradict JMeter's defaults (fraction of a second, year `u`, day of the year)")
    time = fields.time(0)
    if fields.get("H") is None and time.hour:
        raise ValueError("the hour contradicts JMeter's default of 0: use H")
    date = fields.date(now.year, 1, 1)
    offset = fields.get("offset")
    zone = now.tzinfo if offset is None else dt.timezone(dt.timedelta(seconds=offset))
    return dt.datetime.combine(date, time, zone)


def _random_date(occurrence: Occurrence) -> Evaluate:
    pattern_of, start_of, end_of = occurrence.text(0), occurrence.text(1), occurrence.text(2)
    locale_of, store = occurrence.text(3), occurrence.store(4)

    def evaluate(user: User) -> str:
        pattern, locale = trim(pattern_of(user)) or "yyyy-MM-dd", trim(locale_of(user)) or "en"
        try:
            show, read = date_format(pattern, locale), date_parser(pattern, locale)
        except ValueError as error:
            user.run.finding("VL007", f"__RandomDate: {error}")
            return ""
        today = local_moment(epoch_ms(user)).date()
        start_text = trim(start_of(user))
        start = _day(user, start_text, read, today.year) if start_text else today.toordinal()
        end = _day(user, trim(end_of(user)), read, today.year)
        if end == start:
            raise ValueFault("__RandomDate: bound must be greater than origin")
        value = ""
        if end > start:
            day = dt.date.fromordinal(user.random.randrange(start, end))
            value = show(dt.datetime.combine(day, dt.time()).astimezone())
        if store is not None and end > start:
            store(user, value)
        return value

    return evaluate


def _day(user: User, text: str, read: Callable[[str], Fields], year: int) -> int:
    """The day as an ordinal; that of 1970-01-01 for text that cannot be read."""
    try:
        return read(text).date(year, 1, 1).toordinal()
    except ValueError as error:
        user.run.finding("VL007", f"__RandomDate: {error}")
        return _EPOCH.toordinal()


def _convert(occurrence: Occurrence) -> Evaluate:
    date_of, source_of, target_of = occurrence.text(0), occurrence.text(1), occurrence.text(2)
    store = occurrence.store(3)

    def evaluate(user: User) -> str:
        try:
            value = converted(date_of(user), source_of(user), target_of(user))
        except (ValueError, OverflowError) as error:
            user.run.finding("VL007", f"__dateTimeConvert: {error}")
            return ""
        if store is not None:
            store(user, value)
        return value

    return evaluate


def converted(text: str, source: str, target: str) -> str:
    """``text`` by the pattern ``source`` (empty: epoch ms) written by ``target``. Raises ValueError."""
    show = date_format(target)
    if not source:
        return show(local_moment(parse_long(text)))
    fields = date_parser(source)(text)
    # A day of the week must agree with the date even where neither is shown.
    date = fields.date() if needs_date(target) or fields.get("E") is not None else dt.date(2000, 1, 1)
    time = fields.time() if needs_time(target) else dt.time()
    offset = fields.get("offset")
    if offset is None and needs_offset(target):
        raise ValueError("Unsupported field: OffsetSeconds")
    if offset is not None:
        return show(dt.datetime.combine(date, time, dt.timezone(dt.timedelta(seconds=offset))))
    return show(dt.datetime.combine(date, time).astimezone())


TABLE = {
    "__time": Function(0, 2, _time),
    "__timeShift": Function(4, 5, _time_shift),
    "__RandomDate": Function(3, 5, _random_date),
    "__dateTimeConvert": Function(3, 4, _convert),
}
