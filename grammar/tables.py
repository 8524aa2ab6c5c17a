"""``lplan.lark`` to the tables of an LALR(1) parser, by Lark: ``python -m silhouette_plan.grammar.tables`` writes them anew.

The tables are stored beside the grammar, so that Lark and its analysis are needed when the grammar changes and never when a
plan is read. A test holds both together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import NonTerminal, Rule, Terminal
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

_GRAMMAR = Path(__file__).with_name("lplan.lark")
_TABLES = Path(__file__).with_name("lplan.tables.json")

_STARTS = ["start", "expression"]


class _NoLexer(Lexer):
    """Tokens come from elsewhere, so Lark needs no lexer of its own."""

    def __init__(self, configuration: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raise NotImplementedError


def analyse(**options: Any) -> Lark:
    """The grammar, analysed by Lark."""
    grammar = _GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_NoLexer, start=_STARTS, maybe_placeholders=False, **options)


def make_tables() -> dict[str, Any]:
    """The tables, as JSON values.

    ``terminals``: name and regular expression, in the order they are tried. ``rules``: name and shape, one letter a symbol:
    ``k`` a value that is kept, ``i`` a list of values taken in (of rules whose name begins with ``_``), ``d`` a token
    dropped. ``states``: for each symbol the state it leads to, or ``~rule`` where that rule ends before it. ``start``: the
    first state for each start rule.
    """
    lark = analyse()
    table = lark.parser.parser._parse_table
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    states = {state: dict(sorted(row.items())) for state, row in table.states.items()}
    order = _in_order(states, [table.start_states[start] for start in _STARTS])
    rows = [
        {
            symbol: order[target] if action is Shift else ~rules[target]
            for symbol, (action, target) in states[state].items()
        }
        for state in order
    ]
    for start in _STARTS:
        rows[order[table.end_states[start]]]["$END"] = order[table.end_states[start]]
    return {
        "terminals": _terminals(lark),
        "rules": [[str(rule.origin.name), _shape(rule)] for rule in lark.rules],
        "start": {start: order[table.start_states[start]] for start in _STARTS},
        "states": rows,
    }


def _in_order(states: dict[int, dict[str, Any]], first: list[int]) -> dict[int, int]:
    """New numbers of the states, in the order they are reached: Lark's own differ from time to time."""
    reached = list(first)
    for state in reached:
        targets = (target for action, target in states[state].values() if action is Shift)
        reached += [target for target in dict.fromkeys(targets) if target not in reached]
    return {state: number for number, state in enumerate(reached)}


def _terminals(lark: Lark) -> list[list[str]]:
    known = [terminal for terminal in lark.terminals if terminal.pattern is not None]
    known.sort(key=lambda terminal: -terminal.priority)
    return [[terminal.name, terminal.pattern.to_regexp()] for terminal in known]


def _shape(rule: Rule) -> str:
    return "".join(map(_letter, rule.expansion))


def _letter(symbol: Any) -> str:
    hidden = symbol.name.startswith("_")
    if isinstance(symbol, Terminal):
        return "d" if hidden else "k"
    assert isinstance(symbol, NonTerminal)
    return "i" if hidden else "k"


def render(tables: dict[str, Any]) -> str:
    """The text of the file: a line a terminal, rule and state."""
    parts = (f'"{name}": {_lines(content)}' for name, content in tables.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(content: Any) -> str:
    if isinstance(content, dict):
        return json.dumps(content)
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in content) + "\n]"


if __name__ == "__main__":
    _TABLES.write_text(render(make_tables()), encoding="utf-8")
