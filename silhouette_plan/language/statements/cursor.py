"""A place in the items of a statement, from which values are read."""

from __future__ import annotations

from typing import NoReturn

from silhouette_plan.language.expressions.reading import read_tokens
from silhouette_plan.language.problems import Mistake
from silhouette_plan.language.texts import text_of
from silhouette_plan.language.tokens import TEXTS, WORDS, Source, Token
from silhouette_plan.plan.expressions import Expression


class Cursor:
    """Reads tokens one by one; all methods raise ``Mistake`` where something else stands than they want."""

    __slots__ = ("index", "source", "tokens")

    def __init__(self, tokens: list[Token], source: Source) -> None:
        self.tokens = tokens
        self.source = source
        self.index = 0

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or the one ``ahead`` of it; None at the end."""
        index = self.index + ahead
        return self.tokens[index] if index < len(self.tokens) else None

    @property
    def here(self) -> Token:
        """The next token, or an empty one at the end."""
        if self.index < len(self.tokens):
            return self.tokens[self.index]
        end = self.tokens[-1].end
        return Token("END", "", end, end)

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.index >= len(self.tokens)

    def take(self) -> Token:
        """The next token."""
        token = self.tokens[self.index]
        self.index += 1
        return token

    def take_type(self, wanted: str, *types: str) -> Token:
        """The next token, of one of ``types``; ``wanted`` says what it means."""
        if self.here.type not in types:
            self.fail(wanted)
        return self.take()

    def take_word(self, *words: str) -> bool:
        """Take the next token if it is one of ``words``."""
        found = self.here.type in WORDS and self.here.text in words
        self.index += found
        return found

    def take_sign(self, sign: str) -> bool:
        """Take the next token if it is ``sign``, no word and no text."""
        found = self.here.text == sign and self.here.type not in TEXTS
        self.index += found
        return found

    def need(self, sign: str) -> None:
        """Take ``sign``, a sign or a word."""
        if not self.take_sign(sign):
            self.fail(f"`{sign}`")

    def text(self, wanted: str = "a text") -> str:
        """A text literal or bare hole."""
        if self.here.type not in TEXTS:
            self.fail(wanted, hint="texts stand between quotes")
        return text_of(self.take())

    def name(self, wanted: str = "a name") -> str:
        """A variable's name: a word, or ``var("odd name")``."""
        token = self.take_type(wanted, "WORD", "JSON", "OFF", "ELSE")
        following = self.peek()
        if token.text == "var" and following is not None and following.type == "LPAR" and following.start == token.end:
            self.take()
            odd = self.text("a name in quotes")
            self.need(")")
            return odd
        return token.text

    def expression(self) -> Expression:
        """An expression; it ends before a word that stands where only an operator could."""
        expression, self.index = read_tokens(self.tokens, self.index, self.source)
        return expression

    def fail(self, wanted: str, *, hint: str = "") -> NoReturn:
        """Say that ``wanted`` is wanted here."""
        here = self.here
        if here.type == "END":
            raise Mistake("LP008", f"{wanted} is missing", here)
        if here.type == "BAD" and here.text[0] in "\"'":
            raise Mistake("LP003", "this text does not end on its line", here, 'longer text stands between `"""`')
        if here.type == "BAD":
            raise Mistake("LP003", f"unexpected character `{here.text}`", here)
        shown = here.text if len(here.text) <= 40 else f"{here.text[:40]}…"
        raise Mistake("LP009", f"{wanted} is wanted here, not `{shown or 'JSON'}`", here, hint)
