"""The diagnostic codes of the language."""

from __future__ import annotations

from silhouette_plan.diagnostics import Code, Severity

_TABLE = (
    Code(
        "LP001",
        "bracket that is not closed, or closes nothing",
        "Every `{`, `(` and `[` needs its `}`, `)` or `]`. A `(` or `[` must be closed before a block's `{`. "
        "The message names the bracket and where the reader noticed.",
    ),
    Code(
        "LP002",
        "`{` or `else` on the wrong line",
        "A newline ends a statement, so `{` stands on its statement's own line, and `else` on the line of the `}` "
        "that it continues:\n\n```\nif status == 200 {\n  …\n} else {\n  …\n}\n```",
    ),
    Code(
        "LP003",
        "unexpected character",
        "The character begins nothing that the language knows: `&&` is `and`, `||` is `or`, `!` is `not`. "
        'A text that begins with a quote ends on the same line with the same quote; longer text stands between `"""`.',
    ),
    Code(
        "LP004",
        "nested too deeply",
        "Blocks nest up to 100 deep, and an expression has up to 100 operators in a row. "
        "Move inner blocks into a `fragment` and `call` it, or compute parts with `set`.",
    ),
    Code(
        "LP005",
        "unknown statement",
        "The first word of a statement says what it is. `docs/language.md` lists them all. "
        "A clause that was meant to go on from the line before needs a `\\` at the end of that line.",
    ),
    Code(
        "LP006",
        "unknown clause",
        "A word behind a statement's operands must be one of its clauses. The hint names the nearest one.",
    ),
    Code("LP007", "clause given twice", "Each clause stands once in a statement."),
    Code(
        "LP008",
        "missing operand, clause or value",
        "Something that the statement needs is not there; the message says what kind of value was expected.",
    ),
    Code(
        "LP009",
        "value of the wrong kind",
        "A value stands where another kind is needed, such as a text where a duration (`250ms`, `2s`, `5m`) must stand.",
    ),
    Code(
        "LP010",
        "unknown or missing unit",
        "A unit stands glued to its number: durations `250ms 2s 5m 1h30m 1d`, sizes `10B 10KB 4MB 1GB`, percent `30%`, "
        "rates `100/s 60/min 10/h`. A number with no unit is none of these.",
    ),
    Code(
        "LP011",
        "mistake in an expression",
        "Operands and operators alternate. Binary `+ - * / %` have a blank on both sides; after `is` stands one of "
        "`set null number text boolean array object empty`.",
    ),
    Code(
        "LP012",
        "block where none belongs, or none where one is needed",
        "Statements with a block are listed with `{ }` in the reference. Only `if` has `else`.",
    ),
    Code(
        "LP013",
        "statement in the wrong place",
        "A line such as `query` or `arrive` belongs to one kind of block; `plan` is the first statement of its file.",
    ),
    Code(
        "LP015",
        "scoping statement after a step",
        "Headers, timers, assertions, extractors and the like apply to the whole of their block, wherever they stand. "
        'So that nobody reads one as "from here on", they stand before the first step. To apply it to what follows only, '
        "wrap what follows in a `block` of its own.",
    ),
    Code(
        "LP016",
        "not JSON",
        "What follows `json` is checked as JSON; a bare `${x}` counts as a value. Use `body` for other text.",
    ),
    Code(
        "LP017",
        "unknown function",
        "Functions and queries are those of the reference; any JMeter function can be called under its own name (`__time(…)`).",
    ),
    Code("LP018", "wrong number of arguments", "The function takes another number of arguments."),
    Code(
        "LP019",
        "unknown element or field",
        "`node` and `field` use the names of the plan's JSON form (`silplan schema`).",
    ),
    Code(
        "LP020",
        "no plan",
        'A file that is to run begins with `plan "name"`. A file of fragments is read by `include`.',
    ),
    Code("LP021", "not text", "A plan is a text file in UTF-8."),
    Code(
        "LP022",
        "value the element cannot hold",
        "The element keeps this value in a coarser unit, such as whole seconds.",
    ),
    Code("LP030", "more problems", "Only the first hundred problems of a file are shown."),
    Code(
        "LP040",
        "scoping elements moved to the front",
        "In `.lplan` what scopes stands first in its block. The order among steps and among scoping elements is kept, "
        "which is all that a run can show.",
        Severity.NOTE,
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _TABLE}
"""Every code of this room by its name."""
