"""What differs from one script language to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field

from silhouette_plan.plan.records import record
from silhouette_plan.values.user import User

Names = Mapping[str, Callable[[User], object]]
"""What a script sees by name, made when it is first asked for."""


@record(eq=False)
class Dialect:
    """A language.

    Syntax: ``tokens`` is its scanner, ``binary`` its operators' precedences, ``synonyms`` words that are operators,
    ``unary`` its prefix operators, ``refused`` words of syntax that is not supported; ``regexes`` whether ``/re/`` is a
    literal, ``sets`` whether ``{a}`` is a set, ``comma`` whether ``a, b`` is an expression, ``single`` the precedences at
    which one operator may not follow another.

    Meaning: ``number`` reads a literal; ``operate`` and ``prefix`` are its operators by name; ``truth`` its conditions;
    ``member``, ``index``, ``call_method``, ``construct`` what may be reached; ``names`` and ``functions`` what is there
    from the start; ``assign_index`` changes an element; ``nothing`` is its value of no value; ``text`` puts a value
    into a template literal. ``decides`` says that ``&&`` and ``||`` give an operand, not a truth value; ``tolerant``
    operators take an undefined name for null.
    """

    name: str
    tokens: re.Pattern[str]
    binary: Mapping[str, int]
    unary: frozenset[str]
    number: Callable[[str], object]
    operate: Mapping[str, Callable[[object, object], object]]
    prefix: Mapping[str, Callable[[object], object]]
    truth: Callable[[object], bool]
    choice: Callable[[object], bool]
    member: Callable[[object, str], object]
    index: Callable[[object, object], object]
    assign_index: Callable[[object, object, object], None]
    call_method: Callable[[object, str, list[object]], object]
    construct: Callable[[str, list[object]], object]
    text: Callable[[object], str]
    names: Names
    functions: Mapping[str, Callable[..., object]]
    regex: Callable[[str, str], object]
    items: Callable[[object, bool], list[object]]
    nothing: object = None
    synonyms: Mapping[str, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    tolerant: frozenset[str] = frozenset()
    regexes: bool = False
    sets: bool = False
    single: frozenset[int] = frozenset()
    comma: bool = False
    decides: bool = False
