"""Reads the items of a statement against its row: operands in their order, then clauses in any order, each once."""

from __future__ import annotations

from dataclasses import dataclass, field

from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.language.problems import Mistake, Problems
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.model import Line, Operand, Row, Sentence, Values
from silhouette_plan.language.tokens import TEXTS, WORDS, Token

NAMED = 10_000
"""The rank of ``as "name"``: behind all clauses."""


@dataclass
class Reading:
    """What a statement says. ``parts`` are the ranks and ranges of its tokens, for the formatter; ``sound``: nothing was wrong."""

    values: Values = field(default_factory=dict)
    name: str | None = None
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    sound: bool = True


def read_sentence(cursor: Cursor, sentence: Sentence, problems: Problems) -> Reading:
    """Read what stands behind the verb; what is wrong goes to ``problems``."""
    reading = Reading()
    try:
        _read_operands(cursor, sentence, reading)
    except Mistake as mistake:
        _report(mistake, reading, problems)
        _skip(cursor, sentence)
    given: set[str] = set()  # words of clauses, and names of values as `=name`
    while not cursor.done:
        start = cursor.index
        try:
            rank = _read_clause(cursor, sentence, reading, given)
            reading.parts.append((rank, start, cursor.index))
        except Mistake as mistake:
            _report(mistake, reading, problems)
            _skip(cursor, sentence)
    return reading


def _report(mistake: Mistake, reading: Reading, problems: Problems) -> None:
    problems.mistake(mistake)
    reading.sound = False


def _read_operands(cursor: Cursor, sentence: Sentence, reading: Reading) -> None:
    for rank, operand in enumerate(sentence.operands):
        start = cursor.index
        if operand.optional and not _begins(operand, cursor):
            continue
        if operand.sign:
            cursor.need(operand.sign)
        reading.values[operand.name] = operand.value.read(cursor)
        reading.parts.append((rank, start, cursor.index))


def _begins(operand: Operand, cursor: Cursor) -> bool:
    if cursor.done:
        return False
    if operand.sign:
        return cursor.here.text == operand.sign and cursor.here.type not in TEXTS
    return operand.value.begins(cursor)


def _read_clause(cursor: Cursor, sentence: Sentence, reading: Reading, given: set[str]) -> int:
    token = cursor.take()
    if token.type not in WORDS:
        cursor.index -= 1
        _refuse(token, sentence, cursor)
    if token.text in given:
        raise Mistake("LP007", f"`{token.text}` is given twice", token)
    if token.text == "as":
        given.add("as")
        reading.name = cursor.text("a name in quotes")
        return NAMED
    clause = sentence.clause(token.text)
    if clause is None:
        cursor.index -= 1
        _refuse(token, sentence, cursor)
        raise AssertionError
    given.add(token.text)
    if f"={clause.name}" in given:
        raise Mistake("LP007", f"`{token.text}` contradicts a clause before it", token)
    given.add(f"={clause.name}")
    reading.values[clause.name] = clause.constant if clause.value is None else clause.value.read(cursor)
    return len(sentence.operands) + sentence.clauses.index(clause)


def _refuse(token: Token, sentence: Sentence, cursor: Cursor) -> None:
    verb = sentence.verb or "this line"
    if token.type not in WORDS:
        if token.type == "BAD":
            cursor.fail("a clause")
        shown = token.text if len(token.text) <= 40 else f"{token.text[:40]}…"
        raise Mistake("LP009", f"`{shown}` has no meaning here", token, f"`{verb}` has no further operand")
    lines = sentence.lines if isinstance(sentence, Row) else ()
    if any(line.verb == token.text for line in lines):
        raise Mistake("LP006", f"`{token.text}` is no clause of `{verb}` but a line of its block", token)
    words = [clause.word for clause in sentence.clauses]
    hint = did_you_mean(token.text, [*words, "as"]) or (f"its clauses are {', '.join(words)}" if words else "")
    raise Mistake("LP006", f"`{verb}` has no clause `{token.text}`", token, hint)


def _skip(cursor: Cursor, sentence: Sentence) -> None:
    """Go on at the next word that is a clause."""
    begin = cursor.index
    while not cursor.done:
        here = cursor.here
        if cursor.index > begin and here.type in WORDS and (here.text == "as" or sentence.clause(here.text)):
            return
        cursor.index += 1


def line_named(row: Row | None, verb: str) -> Line | None:
    """The line of ``row``'s block that begins with ``verb``."""
    return next((line for line in row.lines if line.verb == verb), None) if row else None
