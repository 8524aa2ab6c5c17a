"""Scripts in which JMeter's references stand: compiled once where that gives what compiling the replaced text would.

JMeter puts the values into the source and then compiles it, at every evaluation. Here a reference becomes a *hole*: inside
a text literal it is the value itself, as long as the value holds no quote, backslash or line break; standing alone it is
a number or truth value, as long as the value reads as one. Any other value, and any other place of a reference, goes the
long way: the replaced text is compiled, and what was compiled lately is kept.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from silhouette_plan.plan.records import record
from silhouette_plan.scripts.compiler import Evaluate, Execution, compile_tree
from silhouette_plan.scripts.dialect import Dialect
from silhouette_plan.scripts.faults import ScriptFault, Unsupported
from silhouette_plan.scripts.lexer import HOLE, tokens
from silhouette_plan.scripts.parser import parse
from silhouette_plan.values.user import User

Part = str | Callable[[User], str]
"""Text of a script, or what gives the value of a reference in it."""

_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?", re.ASCII)
_UNSAFE = re.compile(r"[\"'`\\\r\n\u2028\u2029" + HOLE + "]")
_WORD = re.compile(rf"[\w$@.\"'`{HOLE}]")
_TRUTH: dict[str, object] = {"true": True, "false": False}


@record
class Prepared:
    """A script ready to run. ``run`` raises ``ScriptFault`` and ``Unsupported``; ``problem`` is what is known to be wrong
    with it whatever the values are."""

    run: Callable[[User], object]
    problem: ScriptFault | Unsupported | None = None


@functools.lru_cache(maxsize=1000)
def compiled(text: str, dialect: Dialect) -> Evaluate:
    """``text`` compiled; the last 1,000 are kept. Raises ``ScriptFault`` and ``Unsupported``."""
    if HOLE in text:
        raise Unsupported(f"the private character U+{ord(HOLE):04X}")
    return compile_tree(parse(text, dialect), dialect)


def run_text(text: str, dialect: Dialect, user: User) -> object:
    """The value of a script. Raises ``ScriptFault`` and ``Unsupported``."""
    return compiled(text, dialect)(Execution(user))


def prepare(parts: Sequence[Part], dialect: Dialect) -> Prepared:
    """A script from its parts. Raises nothing."""
    live = [part for part in parts if not isinstance(part, str)]
    if not live:
        return _constant("".join(map(str, parts)), dialect)

    def replaced(user: User) -> object:
        return run_text("".join([part if isinstance(part, str) else part(user) for part in parts]), dialect, user)

    try:
        source = _with_holes(parts)
        places = _places(source, len(live), dialect)
        evaluate = compile_tree(parse(source, dialect), dialect) if places is not None else None
    except ScriptFault:
        return Prepared(replaced)
    except Unsupported as problem:
        return Prepared(replaced, problem)
    if evaluate is None or places is None:
        return Prepared(replaced)
    return Prepared(_filling(parts, live, places, evaluate, dialect))


def _constant(text: str, dialect: Dialect) -> Prepared:
    try:
        evaluate = compiled(text, dialect)
    except (ScriptFault, Unsupported) as error:
        problem = error

        def fail(user: User) -> object:
            raise problem.with_traceback(None)

        return Prepared(fail, problem)
    return Prepared(lambda user: evaluate(Execution(user)))


def _filling(
    parts: Sequence[Part], live: list[Callable[[User], str]], places: list[bool], evaluate: Evaluate, dialect: Dialect
) -> Callable[[User], object]:
    """Runs the compiled script with the values in its holes, or compiles the replaced text where they do not fit.

    Each reference is evaluated once, whichever way is taken.
    """
    fills = [_quoted if quoted else functools.partial(_alone, dialect) for quoted in places]

    def replaced(values: list[str], user: User) -> object:
        given = iter(values)
        return run_text("".join([part if isinstance(part, str) else next(given) for part in parts]), dialect, user)

    def run(user: User) -> object:
        values = [value_of(user) for value_of in live]
        try:
            filled = tuple([fill(value) for fill, value in zip(fills, values, strict=True)])
        except _DoesNotFit:
            return replaced(values, user)
        return evaluate(Execution(user, filled))

    return run


class _DoesNotFit(Exception):
    """A value whose place in the source would change what the source means."""


def _quoted(value: str, unsafe: Callable[[str], object] = _UNSAFE.search) -> object:
    if unsafe(value):
        raise _DoesNotFit
    return value


@functools.lru_cache(maxsize=4096)
def _alone(dialect: Dialect, value: str) -> object:
    if value in _TRUTH:
        return _TRUTH[value]
    if _NUMBER.fullmatch(value):
        return dialect.number(value)
    raise _DoesNotFit


def _with_holes(parts: Sequence[Part]) -> str:
    """The source with a hole for each reference. Raises ``ScriptFault`` where its text already holds that character."""
    out: list[str] = []
    number = 0
    for part in parts:
        if not isinstance(part, str):
            number += 1
            out.append(HOLE + chr(ord(HOLE) + number))
        elif HOLE in part:
            raise ScriptFault("a private character")
        else:
            out.append(part)
    return "".join(out)


def _places(source: str, count: int, dialect: Dialect) -> list[bool] | None:
    """For each hole whether it stands in a text literal (True) or alone (False); None where one does neither."""
    places: list[bool] = []
    for token in tokens(source, dialect.tokens, dialect.regexes):
        inside = token.text.count(HOLE)
        if token.kind == "text":
            if f"\\{HOLE}" in token.text:
                return None
            places += [True] * inside
        elif token.kind == "hole":
            places.append(False)
        elif inside:
            return None
    alone = list(re.finditer(f"{HOLE}.", source, re.DOTALL))
    if len(places) != count or len(alone) != count:
        return None
    return (
        None if any(not quoted and _touches(source, at) for quoted, at in zip(places, alone, strict=True)) else places
    )


def _touches(source: str, hole: re.Match[str]) -> bool:
    """Whether a word, number, point or quote stands right beside a hole, and would become one token with its value."""
    before, after = source[max(hole.start() - 1, 0) : hole.start()], source[hole.end() : hole.end() + 1]
    previous_hole = hole.start() >= 2 and source[hole.start() - 2] == HOLE
    return bool(_WORD.fullmatch(before) or _WORD.fullmatch(after) or previous_hole)
