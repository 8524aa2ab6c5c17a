"""The dialect JavaScript, as far as conditions need it (Rhino 1.7.14 where versions differ)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault
from silhouette_plan.scripts.host import NAMES as HOST_NAMES
from silhouette_plan.scripts.javascript import globals as start
from silhouette_plan.scripts.javascript import members
from silhouette_plan.scripts.javascript.methods import regex_value
from silhouette_plan.scripts.javascript.operators import OPERATE, PREFIX
from silhouette_plan.scripts.javascript.values import UNDEFINED, from_host, text, truth
from silhouette_plan.scripts.lexer import scanner
from silhouette_plan.values.user import User

_BINARY = {
    "?": 1, "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6, "==": 7, "!=": 7, "===": 7, "!==": 7,
    "<": 8, "<=": 8, ">": 8, ">=": 8, "in": 8, "instanceof": 8, "<<": 9, ">>": 9, ">>>": 9,
    "+": 10, "-": 10, "*": 11, "/": 11, "%": 11,
}  # fmt: skip


def _number(literal: str) -> object:
    if literal[:2] in ("0x", "0X"):
        return float(int(literal, 16))
    if len(literal) > 1 and literal[0] == "0" and literal.isdigit() and not set(literal) & set("89"):
        return float(int(literal, 8))
    return float(literal)


def _items(value: object, keys: bool) -> list[object]:
    if isinstance(value, dict):
        return list(value) if keys else list(value.values())
    if isinstance(value, (list, str)):
        return [str(place) for place in range(len(value))] if keys else list(value)
    raise ScriptFault("what is looped over holds nothing")


def _host(make: Callable[[User], object]) -> Callable[[User], object]:
    return lambda user: from_host(make(user))


JAVASCRIPT_CONDITION = Dialect(
    name="JavaScript",
    tokens=scanner(
        r"//[^\n]*|/\*.*?\*/",
        r"0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?",
        "=== !== == != <= >= => >>> << >> && || += -= *= /= %= &= |= ^= ++ --"
        " < > = + - * / % ? : ; , . ( ) [ ] { } ! ~ & | ^",
    ),
    binary=_BINARY,
    unary=frozenset(PREFIX),
    number=_number,
    operate=OPERATE,
    prefix=PREFIX,
    truth=truth,
    choice=truth,
    member=members.member,
    index=members.index,
    assign_index=members.assign_index,
    call_method=members.call_method,
    construct=start.construct,
    text=text,
    names=start.NAMES,
    functions=start.FUNCTIONS,
    regex=regex_value,
    items=_items,
    nothing=UNDEFINED,
    synonyms={"typeof": "typeof", "void": "void"},
    refused=frozenset(("try", "throw", "switch", "class", "import", "delete", "with", "async", "await", "yield")),
    tolerant=frozenset(("typeof",)),
    regexes=True,
    comma=True,
    decides=True,
)
"""JavaScript with nothing of JMeter's in it, as an If controller evaluates it."""

JAVASCRIPT = dataclasses.replace(
    JAVASCRIPT_CONDITION, names={**start.NAMES, **{name: _host(make) for name, make in HOST_NAMES.items()}}
)
"""JavaScript with JMeter's objects, as ``__javaScript`` has it."""


def condition_holds(source: str, run: Callable[[User], object], user: User) -> bool:
    """Whether a condition gives exactly ``true``; what fails or gives anything else is false, and observers are told.

    Raises ``Unsupported``.
    """
    try:
        value = run(user)
        if value is True or value is False:
            return value
        shown = text(value)
    except ScriptFault as error:
        user.run.finding("VL007", f"condition `{source}`: {error}")
        return False
    if shown not in ("true", "false"):
        user.run.finding("VL007", f"condition `{source}` gives `{shown}`, neither true nor false")
    return shown == "true"
