"""The kinds of values that operands and clauses have: how each is read from tokens and shown as text.

What is shown reads back the same; where a plan field holds what the kind cannot say, ``show`` gives None and the printer
falls back on a ``field`` line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.language.expressions.printing import show_expression, spell_name
from silhouette_plan.language.expressions.reading import unit_problem
from silhouette_plan.language.problems import Mistake
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Value
from silhouette_plan.language.texts import is_hole, spell, spell_long, text_of
from silhouette_plan.language.tokens import TEXTS, WORDS, Token
from silhouette_plan.plan.units import UnitError, duration_text, plain, quantity

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_UNIT = re.compile(r"[0-9]+(?:\.[0-9]+)?[A-Za-zµ%/][\w%/]*")
_SPELLED_MS = re.compile(r"[0-9]+\.[0-9]+(?=ms$)")
_GLUED = re.compile(r"(\$\{.*\})([\w%/]*)")
_QUANTITY = frozenset({"UNIT", *TEXTS})


def _begins(*types: str) -> Callable[[Cursor], bool]:
    return lambda cursor: cursor.here.type in types


# ---- text


def show_text(text: Any) -> str | None:
    """A text on one line, or a lone hole bare."""
    if not isinstance(text, str):
        return None
    return text if is_hole(text) else spell(text)


def show_quoted(text: Any) -> str | None:
    """A text on one line, always quoted."""
    return spell(text) if isinstance(text, str) else None


def show_long_text(text: Any) -> str | None:
    """A text, between fences where it has several lines."""
    return spell_long(text) if isinstance(text, str) else None


TEXT = Value("a text", Cursor.text, show_quoted, _begins(*TEXTS))
"""Text, a template."""

BARE_TEXT = Value("a text", Cursor.text, show_text, _begins(*TEXTS))
"""Text that is often one hole: then it stands bare."""

LONG_TEXT = Value("a text", Cursor.text, show_long_text, _begins(*TEXTS))
"""Text that may have several lines."""

NAME = Value(
    "a name",
    Cursor.name,
    lambda name: spell_name(name) if isinstance(name, str) else None,
    _begins("WORD", "JSON", "OFF", "ELSE"),
)
"""A variable's name: a word, or ``var("odd name")``."""

EXPRESSION = Value("an expression", Cursor.expression, show_expression)
"""An expression of the language."""


def _read_term(cursor: Cursor) -> str:
    token = cursor.take_type("a value", "NUMBER", "UNIT", *WORDS, *TEXTS)
    return text_of(token) if token.type in TEXTS else token.text


def _show_term(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    return text if _NUMBER.fullmatch(text) or _UNIT.fullmatch(text) else show_text(text)


TERM = Value("a value", _read_term, _show_term)
"""What a parameter is set to: a number, a number with a unit, a word or a text; kept as its text."""


def word_or_text(wanted: str, *stops: str) -> Value:
    """A text that may stand bare where it is a word and none of ``stops`` (clauses that may follow)."""

    def read(cursor: Cursor) -> str:
        return cursor.text(wanted) if cursor.here.type in TEXTS else cursor.name(wanted)

    def show(text: Any) -> str | None:
        if not isinstance(text, str):
            return None
        return text if spell_name(text) == text and text not in (*stops, "var") else spell(text)

    def begins(cursor: Cursor) -> bool:
        return cursor.here.type in TEXTS or (cursor.here.type == "WORD" and cursor.here.text not in stops)

    return Value(wanted, read, show, begins)


def listed(value: Value, wanted: str) -> Value:
    """Several values with commas between, as a tuple."""

    def read(cursor: Cursor) -> tuple[Any, ...]:
        items = [value.read(cursor)]
        while cursor.take_sign(","):
            items.append(value.read(cursor))
        return tuple(items)

    def show(items: Any) -> str | None:
        shown = [value.show(item) for item in items]
        known = [text for text in shown if text is not None]
        return ", ".join(known) if known and len(known) == len(shown) else None

    return Value(wanted, read, show, value.begins)


def choice(wanted: str, words: Mapping[str, Any]) -> Value:
    """One of several words, each with the value it stands for."""

    def read(cursor: Cursor) -> Any:
        token = cursor.here
        if token.type in WORDS and token.text in words:
            return words[cursor.take().text]
        if token.type in WORDS:
            hint = did_you_mean(token.text, words) or f"one of {', '.join(words)}"
            raise Mistake("LP009", f"`{token.text}` is no {wanted.removeprefix('a ').removeprefix('an ')}", token, hint)
        return cursor.fail(f"{wanted} ({', '.join(words)})")

    def show(value: Any) -> str | None:
        return next((word for word, meant in words.items() if meant == value and type(meant) is type(value)), None)

    return Value(wanted, read, show, lambda cursor: cursor.here.is_word(*words))


# ---- numbers, kept as text


def _read_number(cursor: Cursor) -> str:
    token = cursor.take_type("a number", "NUMBER", *TEXTS)
    if token.type == "NUMBER":
        return token.text
    if token.type == "HOLE" and not token.text.endswith("}"):
        raise Mistake("LP010", "this number has no unit", token, "write the hole alone")
    return text_of(token)


def _show_number(text: Any) -> str | None:
    if not isinstance(text, str):
        return None
    return text if _NUMBER.fullmatch(text) else show_text(text)


NUMBER = Value("a number", _read_number, _show_number, _begins("NUMBER", *TEXTS))
"""A number, or text that holds one when it is needed."""


def _read_whole_or_forever(cursor: Cursor) -> str:
    return "-1" if cursor.take_word("forever") else _read_number(cursor)


LOOPS = Value(
    "a number or `forever`",
    _read_whole_or_forever,
    lambda text: "forever" if text == "-1" else _show_number(text),
    lambda cursor: cursor.here.type == "NUMBER" or cursor.here.type in TEXTS or cursor.here.is_word("forever"),
)
"""A number of passes; for ever is ``-1``."""

# ---- numbers with units, kept as text in the field's unit


def measured(
    wanted: str, dimension: str, unit: str, per: Fraction, example: str, show: Callable[[str], str | None]
) -> Value:
    """A number with a unit. The plan keeps it as a number of ``unit``; ``per`` turns the quantity into that number.

    Text with a hole whose unit is glued on behind and is the field's own is the hole (``${ramp}s``); other text with a hole is
    converted when its value is known, by the function ``__unit``, which refuses a value with no unit.
    """

    def read(cursor: Cursor) -> str:
        token = cursor.here
        if token.type == "NUMBER":
            raise Mistake("LP010", f"`{token.text}` has no unit", token, f"write {wanted} such as `{example}`")
        if token.type not in _QUANTITY:
            cursor.fail(wanted)
        cursor.take()
        text = token.text if token.type == "UNIT" else text_of(token)
        return _convert(text, token) if "${" not in text else _referred(text, unit)

    def _convert(text: str, token: Token) -> str:
        try:
            found = quantity(text)
        except UnitError as error:
            raise unit_problem(token, error) from None
        if found.dimension != dimension:
            raise Mistake("LP010", f"`{text}` is no {wanted.split(' ', 1)[1]}", token, f"such as `{example}`")
        spelled_ms = _SPELLED_MS.match(text) if unit == "ms" else None
        if spelled_ms:
            return spelled_ms[0]
        number = found.value * per
        if dimension == "duration" and number.denominator != 1:
            raise Mistake(
                "LP022", f"`{text}` is no whole number of {'seconds' if unit == 's' else 'milliseconds'}", token
            )
        return plain(number)

    def spelled(text: Any) -> str | None:
        if not isinstance(text, str):
            return None
        return show(text) if "${" not in text else _show_referred(text, unit)

    return Value(wanted, read, spelled, _begins(*_QUANTITY))


def _referred(text: str, unit: str) -> str:
    glued = _GLUED.fullmatch(text)
    if glued and glued[2] == unit and is_hole(glued[1]):
        return glued[1]
    return f"${{__unit({text},{unit})}}"


def _show_referred(text: str, unit: str) -> str | None:
    inner = text.removeprefix("${__unit(").removesuffix(f",{unit})}}")
    if f"${{__unit({inner},{unit})}}" == text:
        glued = _GLUED.fullmatch(inner)
        return inner if glued and is_hole(glued[1]) else spell(inner)
    return f"{text}{unit}" if is_hole(text) else None


def _show_whole(per_ms: int) -> Callable[[str], str | None]:
    return lambda text: duration_text(int(text) * per_ms) if _WHOLE.fullmatch(text) else None


def _show_milliseconds(text: str) -> str | None:
    return f"{text}ms" if _SPELLED_MS.match(f"{text}ms") and _DECIMAL.fullmatch(text) else _show_whole(1)(text)


def _show_decimal(suffix: str) -> Callable[[str], str | None]:
    def show(text: str) -> str | None:
        exact = _DECIMAL.fullmatch(text) and plain(Fraction(text)) == text
        return f"{text}{suffix}" if exact else None

    return show


MILLISECONDS = measured("a duration", "duration", "ms", Fraction(1), "250ms", _show_milliseconds)
"""A duration, kept in ms (``100.0ms`` keeps its decimals, as JMeter writes them)."""

SECONDS = measured("a duration", "duration", "s", Fraction(1, 1000), "30s", _show_whole(1000))
"""A duration, kept in whole seconds."""

PERCENT = measured("a percentage", "percent", "%", Fraction(100), "30%", _show_decimal("%"))
"""A percentage, kept as 0..100."""


def as_written(wanted: str, dimension: str, example: str) -> Value:
    """A number with a unit that the plan keeps as it is written (``30s``, ``100/s``, ``${x}s``)."""

    def read(cursor: Cursor) -> str:
        token = cursor.here
        if token.type == "NUMBER":
            raise Mistake("LP010", f"`{token.text}` has no unit", token, f"write {wanted} such as `{example}`")
        if token.type not in _QUANTITY:
            cursor.fail(wanted)
        cursor.take()
        if token.type == "UNIT":
            try:
                found = quantity(token.text)
            except UnitError as error:
                raise unit_problem(token, error) from None
            if found.dimension != dimension:
                raise Mistake("LP010", f"`{token.text}` is no {wanted.split(' ', 1)[1]}", token, f"such as `{example}`")
            return token.text
        return text_of(token)

    def show(text: Any) -> str | None:
        if not isinstance(text, str):
            return None
        glued = _GLUED.fullmatch(text)
        return text if _is_quantity(text, dimension) or (glued and is_hole(glued[1])) else spell(text)

    return Value(wanted, read, show, _begins(*_QUANTITY))


def _is_quantity(text: str, dimension: str) -> bool:
    try:
        return text[:1].isdigit() and text.isascii() and quantity(text).dimension == dimension and " " not in text
    except UnitError:
        return False


DURATION = as_written("a duration", "duration", "30s")
"""A duration as written."""

RATE = as_written("a rate", "rate", "100/s")
"""A rate as written."""


def ranged(value: Value, wanted: str) -> Value:
    """``a`` or ``a..b``, as a pair; the second is None where only one is given."""

    def read(cursor: Cursor) -> tuple[Any, Any]:
        low = value.read(cursor)
        return low, value.read(cursor) if cursor.take_sign("..") else None

    def show(pair: Any) -> str | None:
        low = value.show(pair[0])
        high = None if pair[1] is None else value.show(pair[1])
        if low is None or (high is None and pair[1] is not None):
            return None
        return low if high is None else f"{low}..{high}"

    return Value(wanted, read, show, value.begins)
