"""The grammar of ``grammar/lplan.lark``, loaded once: its terminals, and parsers for its two start rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Transformer
from lark.lexer import Lexer

from silhouette_plan.language.tokens import Token


class _NoLexer(Lexer):
    """Tokens are fed to the parser one by one, so Lark needs no lexer of its own."""

    def __init__(self, configuration: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raise NotImplementedError


def grammar_text() -> str:
    """The text of ``lplan.lark``."""
    return files("silhouette_plan.grammar").joinpath("lplan.lark").read_text(encoding="utf-8")


def build(start: str, transformer: Transformer[Any, Any] | None = None, **options: Any) -> Lark:
    """A parser of the rule ``start`` whose input is a list of tokens, building values with ``transformer`` as it reduces."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer=_NoLexer,
        start=start,
        transformer=transformer,
        maybe_placeholders=False,
        **options,
    )


@cache
def terminals() -> re.Pattern[str]:
    """All terminals in one pattern, in the order of their priorities; every character belongs to one."""
    lexer_alone = Lark(grammar_text(), parser=None, lexer="basic")  # no tables of a parser: they are the dear part
    known = [terminal for terminal in lexer_alone.terminals if terminal.pattern is not None]
    ordered = sorted(known, key=lambda terminal: -terminal.priority)
    return re.compile("|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in ordered))


def feed(parser: Lark, tokens: Sequence[Token]) -> Any:
    """What the parser makes of ``tokens``. Raises ``lark.UnexpectedInput``."""
    interactive = parser.parse_interactive()
    step: Callable[[Any], Any] = interactive.parser_state.feed_token
    for token in tokens:
        step(token)
    return interactive.feed_eof()  # type: ignore[no-untyped-call]
