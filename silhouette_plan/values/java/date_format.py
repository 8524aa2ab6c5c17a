"""``java.time.format.DateTimeFormatter`` patterns, compiled once: a moment to text.

A pattern is runs of one letter, each a field, with literal text between; ``[ ]`` encloses what may be missing when
text is read (``date_parse``). Field texts and weeks go by a locale.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable
from pathlib import Path

from silhouette_plan.plan.records import record
from silhouette_plan.values.java.locale_names import LANGUAGES, Names, names_of

Show = Callable[[dt.datetime], str]


@record
class Field:
    """A run of one pattern letter."""

    letter: str
    count: int


@record
class Optional:
    """A bracketed part."""

    items: tuple[Item, ...]


Item = str | Field | Optional


def parse_pattern(pattern: str) -> tuple[Item, ...]:
    """The fields and literal texts of ``pattern``. Raises ValueError where Java raises IllegalArgumentException."""
    levels: list[list[Item]] = [[]]
    position = 0
    while position < len(pattern):
        character = pattern[position]
        end = position + 1
        if character.isascii() and character.isalpha():
            while pattern[end : end + 1] == character:
                end += 1
            field = Field(character, end - position)
            shower(field, LANGUAGES["en"])
            levels[-1].append(field)
        elif character == "'":
            literal, end = _quoted(pattern, position)
            levels[-1].append(literal)
        elif character == "[":
            levels.append([])
        elif character == "]":
            if len(levels) == 1:
                raise ValueError("Pattern invalid as it contains ] without previous [")
            inside = tuple(levels.pop())
            levels[-1].append(Optional(inside))
        elif character in "{}#":
            raise ValueError(f"Pattern includes reserved character: '{character}'")
        else:
            levels[-1].append(character)
        position = end
    while len(levels) > 1:
        inside = tuple(levels.pop())
        levels[-1].append(Optional(inside))
    return tuple(levels[0])


def _quoted(pattern: str, position: int) -> tuple[str, int]:
    """The literal that begins with the quote at ``position``, and where it ends; ``''`` is a quote."""
    literal: list[str] = []
    position += 1
    start = position
    while position < len(pattern):
        if pattern[position] != "'":
            literal.append(pattern[position])
        elif pattern[position + 1 : position + 2] == "'":
            literal.append("'")
            position += 1
        else:
            return "".join(literal) if position > start else "'", position + 1
        position += 1
    raise ValueError(f"Pattern ends with an incomplete string literal: {pattern}")


@functools.lru_cache(maxsize=512)
def date_format(pattern: str, locale: str = "en") -> Show:
    """``DateTimeFormatter.ofPattern(pattern).format``, over moments with a zone. Raises ValueError for a bad pattern."""
    items = parse_pattern(pattern)
    return _shown(items, names_for(items, locale))


def names_for(items: tuple[Item, ...], locale: str) -> Names:
    """The names for a pattern. Raises ValueError where it shows names or weeks and the locale's are not known."""
    return LANGUAGES["en"] if all(map(_is_same_anywhere, items)) else names_of(locale)


def _is_same_anywhere(item: Item) -> bool:
    match item:
        case Field(letter, count):
            return letter in "yuDdHhKkmsSnNAXxZ" or (letter in "ML" and count < 3)
        case Optional(inside):
            return all(map(_is_same_anywhere, inside))
        case _:
            return True


def _shown(items: tuple[Item, ...], names: Names) -> Show:
    shows: list[Show] = []
    for item in items:
        match item:
            case str():
                shows.append(functools.partial(_literal, item))
            case Field():
                shows.append(shower(item, names))
            case Optional(inside):
                shows.append(_shown(inside, names))
    return lambda moment: "".join([show(moment) for show in shows])


def _letters(items: tuple[Item, ...]) -> frozenset[str]:
    found: set[str] = set()
    for item in items:
        if isinstance(item, Field):
            found.add(item.letter)
        elif isinstance(item, Optional):
            found |= _letters(item.items)
    return frozenset(found)


def needs_date(pattern: str) -> bool:
    """Whether showing by ``pattern`` takes a date."""
    return not _letters(parse_pattern(pattern)).isdisjoint("yuYMLdDEecQqwWFgG")


def needs_time(pattern: str) -> bool:
    """Whether showing by ``pattern`` takes a time of day."""
    return not _letters(parse_pattern(pattern)).isdisjoint("HhkKmsSnNAaXxZO")


def needs_offset(pattern: str) -> bool:
    """Whether showing by ``pattern`` takes an offset from UTC."""
    return not _letters(parse_pattern(pattern)).isdisjoint("XxZO")


def shows_fractions(pattern: str) -> bool:
    """Whether showing by ``pattern`` tells moments of one second apart."""
    return not _letters(parse_pattern(pattern)).isdisjoint("SnNA")


def _literal(text: str, moment: dt.datetime) -> str:
    return text


def zone_name() -> str:
    """The id of the system's time zone (``Europe/Berlin``); ``UTC`` where nothing says."""
    if name := os.environ.get("TZ", "").lstrip(":"):
        return name
    target = Path(os.path.realpath("/etc/localtime")).as_posix()
    name = target.partition("/zoneinfo/")[2].removeprefix("posix/")
    return name or "UTC"


def _offset_seconds(moment: dt.datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _offset(seconds: int, style: str, zero: str) -> str:
    """An offset in one of Java's styles: ``+HHmm`` (minutes if any), ``+HHMM``, ``+HH:MM``, ``+HHMMss``, ``+HH:MM:ss``."""
    if seconds == 0:
        return zero
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    colon = ":" if ":" in style else ""
    text = f"{sign}{hours:02d}"
    if "MM" in style or minutes:
        text += f"{colon}{minutes:02d}"
    if "ss" in style and rest:
        text += f"{colon}{rest:02d}"
    return text


def _gmt(seconds: int, full: bool) -> str:
    if seconds == 0:
        return "GMT"
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes = rest // 60
    if full:
        return f"GMT{sign}{hours:02d}:{minutes:02d}"
    return f"GMT{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def _week(moment: dt.date, sunday_first: bool) -> tuple[int, int]:
    """Week-based year and week: from Sunday with January 1st in the first one, or as ISO 8601 counts."""
    if not sunday_first:
        return moment.isocalendar()[:2]
    start = moment.toordinal() - moment.isoweekday() % 7
    year = dt.date.fromordinal(start + 6).year
    first = dt.date(year, 1, 1)
    return year, (start - first.toordinal() + first.isoweekday() % 7) // 7 + 1


def _week_of_month(moment: dt.date, sunday_first: bool) -> int:
    if sunday_first:
        return (moment.day + moment.replace(day=1).isoweekday() % 7 - 1) // 7 + 1
    return (moment.day + (moment.replace(day=1).weekday() + 3) % 7 - 3 + 6) // 7


def _number(value: Callable[[dt.datetime], int], count: int) -> Show:
    return lambda moment: f"{value(moment):0{count}d}"


def _year(value: Callable[[dt.datetime], int], count: int) -> Show:
    if count == 2:
        return lambda moment: f"{value(moment) % 100:02d}"
    return _number(value, count)


def _name(shown: tuple[str, ...], index: Callable[[dt.datetime], int]) -> Show:
    return lambda moment: shown[index(moment)]


def month_names(count: int, names: Names) -> tuple[str, ...]:
    """The months for ``count`` letters: 3 short, 4 full, 5 narrow."""
    return {4: names.months, 5: names.narrow_months}.get(count, names.short_months)


def weekday_names(count: int, names: Names) -> tuple[str, ...]:
    """The weekdays from Monday for ``count`` letters: 3 short, 4 full, 5 narrow."""
    return {4: names.weekdays, 5: names.narrow_weekdays}.get(count, names.short_weekdays)


def _nanos_of_day(moment: dt.datetime) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000_000 + moment.microsecond * 1000


_NUMBERS: dict[str, tuple[Callable[[dt.datetime], int], int]] = {
    "d": (lambda m: m.day, 2),
    "D": (lambda m: m.timetuple().tm_yday, 3),
    "H": (lambda m: m.hour, 2),
    "h": (lambda m: (m.hour + 11) % 12 + 1, 2),
    "k": (lambda m: m.hour or 24, 2),
    "K": (lambda m: m.hour % 12, 2),
    "m": (lambda m: m.minute, 2),
    "s": (lambda m: m.second, 2),
    "n": (lambda m: m.microsecond * 1000, 19),
    "N": (_nanos_of_day, 19),
    "A": (lambda m: _nanos_of_day(m) // 1_000_000, 19),
    "F": (lambda m: (m.day - 1) % 7 + 1, 1),
    "g": (lambda m: m.toordinal() - dt.date(1858, 11, 17).toordinal(), 19),
}
"""Fields that are a number padded to the count of letters: value and greatest count."""


def shower(field: Field, names: Names) -> Show:
    """What shows one field. Raises ValueError for letters and counts that Java refuses."""
    letter, count = field.letter, field.count
    if letter in _NUMBERS:
        value, most = _NUMBERS[letter]
        return _number(value, _at_most(field, most))
    match letter:
        case "y" | "u":
            return _year(lambda m: m.year, _at_most(field, 19))
        case "Y":
            return _year(lambda m: _week(m, names.sunday_first)[0], _at_most(field, 19))
        case "w":
            return _number(lambda m: _week(m, names.sunday_first)[1], _at_most(field, 2))
        case "W":
            return _number(lambda m: _week_of_month(m, names.sunday_first), _at_most(field, 1))
        case "M" | "L":
            return _number_or_name(field, month_names(field.count, names), lambda m: m.month)
        case "Q" | "q":
            return _quarter(field)
        case "e" | "c":
            if letter == "c" and count == 2:
                raise ValueError('Invalid pattern "cc"')
            return _local_weekday(field, names)
        case "E":
            return _name(weekday_names(max(_at_most(field, 5), 3), names), lambda m: m.weekday())
        case "G":
            shown = {4: "Anno Domini", 5: "A"}.get(_at_most(field, 5), "AD")
            return lambda m: shown
        case "a":
            _at_most(field, 1)
            return lambda m: names.halves[m.hour // 12]
        case "S":
            return _fraction(_at_most(field, 9))
        case _:
            return _zone(field)


def _fraction(digits: int) -> Show:
    return lambda moment: f"{moment.microsecond:06d}000"[:digits]


def _at_most(field: Field, most: int) -> int:
    if field.count > most:
        raise ValueError(f"Too many pattern letters: {field.letter}")
    return field.count


def _number_or_name(field: Field, names: tuple[str, ...], value: Callable[[dt.datetime], int]) -> Show:
    count = _at_most(field, 5)
    return _number(value, count) if count < 3 else _name(names, lambda m: value(m) - 1)


def _local_weekday(field: Field, names: Names) -> Show:
    shown = weekday_names(field.count, names)
    if names.sunday_first:
        return _number_or_name(field, (shown[6], *shown[:6]), lambda m: m.isoweekday() % 7 + 1)
    return _number_or_name(field, shown, lambda m: m.isoweekday())


def _quarter(field: Field) -> Show:
    count = _at_most(field, 5)
    shown = {3: "Q{}", 4: "{} quarter", 5: "{}"}.get(count, f"{{:0{count}d}}")
    ordinals = ("1st", "2nd", "3rd", "4th")
    return lambda m: shown.format(ordinals[(m.month - 1) // 3] if count == 4 else (m.month - 1) // 3 + 1)


_OFFSET_STYLES = ("+HHmm", "+HHMM", "+HH:MM", "+HHMMss", "+HH:MM:ss")


def _zone(field: Field) -> Show:
    letter, count = field.letter, field.count
    match letter:
        case "X" | "x":
            style = _OFFSET_STYLES[_at_most(field, 5) - 1]
            zero = (
                "Z"
                if letter == "X"
                else "+00"
                if count == 1
                else style.removesuffix("ss").translate(_ZEROS).rstrip(":")
            )
            return lambda m: _offset(_offset_seconds(m), style, zero)
        case "Z":
            if _at_most(field, 5) == 4:
                return lambda m: _gmt(_offset_seconds(m), full=True)
            style, zero = ("+HHMM", "+0000") if count < 4 else ("+HH:MM:ss", "Z")
            return lambda m: _offset(_offset_seconds(m), style, zero)
        case "O":
            if count not in (1, 4):
                raise ValueError("Pattern letter count must be 1 or 4: O")
            return lambda m: _gmt(_offset_seconds(m), full=count == 4)
        case "V":
            if count != 2:
                raise ValueError("Pattern letter count must be 2: V")
            return lambda m: zone_name()
        case "z" | "v":
            return _zone_text(_at_most(field, 4))
        case _:
            raise ValueError(f"Unknown pattern letter: {letter}")


def _zone_text(count: int) -> Show:
    def show(moment: dt.datetime) -> str:
        short = moment.tzname() or "UTC"
        return _LONG_ZONES.get(short, zone_name()) if count == 4 else short

    return show


_ZEROS = str.maketrans("HM", "00")
_LONG_ZONES = {
    "UTC": "Coordinated Universal Time",
    "GMT": "Greenwich Mean Time",
    "BST": "British Summer Time",
    "CET": "Central European Standard Time",
    "CEST": "Central European Summer Time",
    "EET": "Eastern European Standard Time",
    "EEST": "Eastern European Summer Time",
    "WET": "Western European Standard Time",
    "WEST": "Western European Summer Time",
    "EST": "Eastern Standard Time",
    "EDT": "Eastern Daylight Time",
    "CST": "Central Standard Time",
    "CDT": "Central Daylight Time",
    "MST": "Mountain Standard Time",
    "MDT": "Mountain Daylight Time",
    "PST": "Pacific Standard Time",
    "PDT": "Pacific Daylight Time",
    "JST": "Japan Standard Time",
    "IST": "India Standard Time",
}
