"""Source to the same source in its usual form: indents, blanks, quotes and the order of clauses; no word, comment or value changes.

A block that stands on one line stays on one line where it fits. Empty lines stay, at most one in a row. A statement that cannot be
read keeps its order; a file whose brackets do not match is left to its author.
"""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.diagnostics import PlanError
from silhouette_plan.language.layout import goes_on
from silhouette_plan.language.lexing import scan
from silhouette_plan.language.problems import Problems
from silhouette_plan.language.reading import Reader
from silhouette_plan.language.statements.jsonbody import dedent
from silhouette_plan.language.syntax import Block, Statement, read_form
from silhouette_plan.language.texts import spell, spell_long, text_of
from silhouette_plan.language.tokens import WORDS, Comment, Source, Token

WIDTH = 120
"""The longest line that a one-line block may have."""

_CLOSING = frozenset({"RPAR", "RSQB", "COMMA"})
_OPENING = frozenset({"LPAR", "LSQB"})


def format_source(source: str, file: str = "") -> str:
    """The source in its usual form; formatting that again changes nothing.

    Raises ``PlanError`` with what is wrong where brackets do not match or the text is no form of the language.
    """
    problems = Problems(Source(source, file))
    form = read_form(problems)
    unformed = (
        bool(problems.found) or any(token.type == "BAD" for token in scan(problems.source)) or _dangles(form.statements)
    )
    reader = Reader(problems)
    reader.plan(form)
    if unformed:
        raise PlanError(problems.finished())
    lines = [*_Formatter(reader).statements(form.statements), *_ending(form.ending, bool(form.statements))]
    return "\n".join(lines) + "\n" if lines else ""


def _dangles(statements: list[Statement]) -> bool:
    """Whether a statement stops where a newline would let it go on: only a ``;`` or ``}`` ends it there."""
    return any(
        goes_on(statement.items[-1]) or any(_dangles(block.statements) for block in statement.blocks)
        for statement in statements
    )


def _ending(comments: tuple[Comment, ...], after: bool) -> Iterator[str]:
    for comment in comments:
        if comment.detached and after:
            yield ""
        after = True
        yield f"#{comment.text}"


class _Formatter:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.source = reader.source

    def statements(self, statements: list[Statement]) -> Iterator[str]:
        """The lines of the statements of one block, not indented."""
        for index, statement in enumerate(statements):
            if index and statement.detached:
                yield ""
            for number, comment in enumerate(statement.comments):
                if number and comment.detached:
                    yield ""
                yield f"#{comment.text}"
            if statement.comments and (statement.off or statement.items[0]).detached:
                yield ""
            lines = list(self._statement(statement))
            if statement.trailing:
                lines[-1] += f"  #{statement.trailing.text}"
            yield from lines

    def _statement(self, statement: Statement) -> Iterator[str]:
        off = "off " if statement.off else ""
        head = (off + self._items(statement.items)).split("\n")
        if statement.block is None:
            yield from head
            return
        flat = self._flat(statement)
        if flat is not None and len(head) == 1 and len(f"{head[0]} {flat}") <= WIDTH:
            yield f"{head[0]} {flat}"
            return
        yield from head[:-1]
        yield from self._block(head[-1], statement.block)
        for arm in statement.arms:
            word = "} else" + (f" {self._items(arm.items)}" if arm.items else "")
            opening = word.split("\n")
            yield from opening[:-1]
            yield from self._block(opening[-1], arm.block)
        yield "}"

    def _block(self, head: str, block: Block) -> Iterator[str]:
        """From the head's last line to the line before the ``}``."""
        yield f"{head} {{" + (f"  #{block.opening.text}" if block.opening else "")
        for line in (*self.statements(block.statements), *_ending(block.ending, bool(block.statements))):
            yield f"  {line}" if line else line

    def _flat(self, statement: Statement) -> str | None:
        """The block on one line, if it stands on one and can."""
        block = statement.block
        if block is None or statement.arms or "\n" in self.source.text[block.open.start : block.close.end]:
            return None
        inner = [line for child in block.statements for line in [self._one_line(child)]]
        known = [line for line in inner if line is not None]
        if len(known) != len(inner) or block.opening or block.ending:
            return None
        return f"{{ {'; '.join(known)} }}" if known else "{ }"

    def _one_line(self, statement: Statement) -> str | None:
        lines = list(self._statement(statement))
        return lines[0] if len(lines) == 1 and not statement.own_comments else None

    # ---- items

    def _items(self, items: list[Token]) -> str:
        reading = self.reader.readings.get(id(items))
        if reading is None or not reading.sound:
            return self._joined(items)
        covered = sorted(begin for _, begin, _ in reading.parts)
        first = covered[0] if covered else len(items)
        text = self._joined(items[:first])
        for _, begin, end in sorted(reading.parts):
            part = items[begin:end]
            text += f"{'' if not text or part[0].text == '..' else ' '}{self._joined(part)}"
        return text

    def _joined(self, items: list[Token]) -> str:
        text, before = "", None
        for index, token in enumerate(items):
            gap = before is not None and self._gap(items, index)
            text += f"{' ' if gap else ''}{self._spelled(token)}"
            before = token
        return text

    def _gap(self, items: list[Token], index: int) -> bool:
        """Whether a blank stands before ``items[index]``."""
        before, token = items[index - 1], items[index]
        glued = before.end == token.start
        if before.type in _OPENING or token.type in _CLOSING or ".." in (before.text, token.text):
            return False
        if token.type == "LPAR" and before.type in WORDS:
            return not glued
        if before.type == "MINUS" or (before.text == "+" and before.type == "OP"):
            return not glued
        return True

    def _spelled(self, token: Token) -> str:
        match token.type:
            case "JSON_TEXT":
                return dedent(self.source.text[token.start : token.end], self.source.indent(token.start))
            case "TRIPLE":
                return spell_long(text_of(token))
            case "RAW":
                return spell(text_of(token))
            case _:
                return token.text
