"""The form of a file as a tree: statements, their items and blocks, with comments and empty lines kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark, Transformer

from silhouette_plan.language.grammar import build, feed
from silhouette_plan.language.layout import lay_out
from silhouette_plan.language.lexing import scan
from silhouette_plan.language.problems import Problems
from silhouette_plan.language.tokens import Comment, Token


@dataclass(slots=True, eq=False)
class Block:
    """``{ … }``. ``opening`` is the comment behind the ``{``, ``ending`` those before the ``}``."""

    open: Token
    close: Token
    statements: list[Statement]
    opening: Comment | None = None
    ending: tuple[Comment, ...] = ()


@dataclass(slots=True, eq=False)
class Arm:
    """``else … { … }``."""

    word: Token
    items: list[Token]
    block: Block


@dataclass(slots=True, eq=False)
class Statement:
    """A statement: ``items`` are its tokens from the verb on, brackets among them.

    ``comments`` stand before it, ``trailing`` behind it on its line; ``detached``: an empty line stands before it all.
    """

    off: Token | None
    items: list[Token]
    block: Block | None
    arms: list[Arm]
    comments: tuple[Comment, ...] = ()
    trailing: Comment | None = None
    detached: bool = False

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.off.start if self.off else self.items[0].start

    @property
    def head_end(self) -> int:
        """The offset behind its last item."""
        return self.items[-1].end

    @property
    def own_comments(self) -> list[Comment]:
        """Those before it and behind it."""
        return [*self.comments, *([self.trailing] if self.trailing else [])]

    @property
    def blocks(self) -> list[Block]:
        """Its block and those of its arms."""
        return [*([self.block] if self.block else []), *(arm.block for arm in self.arms)]


@dataclass(slots=True, eq=False)
class Form:
    """A file. ``ending`` are the comments behind its last statement."""

    statements: list[Statement]
    ending: tuple[Comment, ...]


class _FormBuilder(Transformer[Token, Any]):
    """Builds the tree as the parser reduces."""

    def start(self, children: list[Any]) -> list[Statement]:
        return [child for child in children if type(child) is Statement]

    def statement(self, children: list[Any]) -> Statement:
        off = children.pop(0) if children[0].type == "OFF" else None
        arms: list[Arm] = []
        while type(children[-1]) is Arm:
            arms.append(children.pop())
        block = children.pop() if type(children[-1]) is Block else None
        return Statement(off, children, block, arms[::-1])

    def block(self, children: list[Any]) -> Block:
        statements = [child for child in children if type(child) is Statement]
        return Block(children[0], children[-1], statements)

    def arm(self, children: list[Any]) -> Arm:
        return Arm(children[0], children[1:-1], children[-1])

    def json(self, children: list[Any]) -> Token:
        return Token("JSON_TEXT", "", children[0].start, children[-1].end)


@cache
def _parser() -> Lark:
    return build("start", _FormBuilder())


def read_form(problems: Problems) -> Form:
    """The tree of a file, whatever its text; what is wrong with its form goes to ``problems``."""
    tokens = scan(problems.source)
    end = tokens[-1]
    statements: list[Statement] = feed(_parser(), lay_out(tokens, problems))
    return Form(statements, _place_comments(statements, end, None))


def _place_comments(statements: list[Statement], closer: Token, block: Block | None) -> tuple[Comment, ...]:
    """Give each statement its comments; return those that stand before ``closer``."""
    before: Statement | None = None
    for statement in statements:
        first = statement.off or statement.items[0]
        own = _hand_back(first.comments, before, block)
        inner = [c for item in statement.items if item is not first and item.comments for c in item.comments]
        statement.comments = (*own, *inner) if inner else own
        statement.detached = own[0].detached if own else first.detached
        for inside in statement.blocks:
            if inside.open.comments:
                statement.comments += inside.open.comments
            inside.ending = _place_comments(inside.statements, inside.close, inside)
        before = statement
    return _hand_back(closer.comments, before, block)


def _hand_back(comments: tuple[Comment, ...], before: Statement | None, block: Block | None) -> tuple[Comment, ...]:
    """Leave a comment on the line of the statement before (or of the ``{``) there; return the others."""
    if not comments or not comments[0].trailing:
        return comments
    if before is not None and before.trailing is None:
        before.trailing = comments[0]
    elif before is None and block is not None:
        block.opening = comments[0]
    else:
        return comments
    return comments[1:]
