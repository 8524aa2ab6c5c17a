"""The grammar of ``grammar/lplan.lark`` at work: its terminals, and a parser for its two start rules.

Lark has made tables of the grammar beforehand (``silhouette_plan.grammar.tables``); here they are read and followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from silhouette_plan import grammar
from silhouette_plan.language.tokens import Token

_END = Token("$END", "", 0, 0)

_Build = Callable[[list[Any]], Any]


class Unexpected(Exception):
    """A token that cannot stand where it does; None where the input must not end."""

    def __init__(self, token: Token | None) -> None:
        self.token = token
        super().__init__(f"unexpected {token or 'end'}")


@cache
def _tables() -> Any:
    return json.loads(Path(grammar.__file__).with_name("lplan.tables.json").read_bytes())


@cache
def terminals() -> re.Pattern[str]:
    """All terminals in one pattern, in the order of their priorities; every character belongs to one."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _tables()["terminals"]))


class Parser:
    """An LALR(1) parser whose input is tokens.

    Where a rule ends, the method of ``builder`` that is called as the rule makes a value of its children. Rules whose name
    begins with ``_`` give their children to the rule above; tokens whose type begins with ``_`` are dropped.
    """

    def __init__(self, builder: object) -> None:
        tables = _tables()
        self._start: dict[str, int] = tables["start"]
        self._states: list[dict[str, int]] = tables["states"]
        self._rules: list[tuple[str, str, _Build | None]] = [
            (name, shape, None if name.startswith("_") else getattr(builder, name, None))
            for name, shape in tables["rules"]
        ]

    def parse(self, tokens: Iterable[Token], start: str) -> Any:
        """What ``builder`` makes of ``tokens`` by the rule ``start``. Raises ``Unexpected``."""
        states, path = self._states, [self._start[start]]
        values: list[Any] = []
        for token in (*tokens, _END):
            while (action := states[path[-1]].get(token.type)) is not None and action < 0:
                name, shape, build = self._rules[~action]
                children: list[Any] = []
                if shape:
                    children = _children(shape, values[-len(shape) :])
                    del path[-len(shape) :], values[-len(shape) :]
                path.append(states[path[-1]][name])
                values.append(children if build is None else build(children))
            if action is None:
                raise Unexpected(token if token is not _END else None)
            path.append(action)
            values.append(token)
        return values[0]


def _children(shape: str, parts: list[Any]) -> list[Any]:
    """``parts`` as the rule above sees them. A list that comes first is taken over, so that long ones grow in place."""
    children: list[Any] = parts[0] if shape[0] == "i" else []
    for kind, part in zip(shape, parts, strict=True):
        if kind == "k":
            children.append(part)
        elif kind == "i" and part is not children:
            children += part
    return children
