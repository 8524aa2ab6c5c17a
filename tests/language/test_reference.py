"""The reference, `docs/language.md`: its examples compile, its tables agree with what is tested, its statements are the table's.

Run as a program, this module writes the statements' part of the page anew from the table.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from silhouette_plan.language import format_source, parse
from silhouette_plan.language.expressions import read_expression, show_expression
from silhouette_plan.language.expressions.functions import ALWAYS, FUNCTIONS, QUERIES, SAMPLE_PARTS
from silhouette_plan.language.expressions.tagging import KIND_WORDS, OPERATOR_WORDS
from silhouette_plan.language.problems import Mistake
from silhouette_plan.language.statements import FAMILIES, ROWS, THRESHOLD
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.generic import FIELD, NODE, PROP
from silhouette_plan.language.statements.model import Body, Clause, Operand, Place, Row, Sentence, Value
from silhouette_plan.language.tokens import Source, Token
from silhouette_plan.plan.expressions import Expression, Literal, Unary
from silhouette_plan.plan.units import DURATIONS, PERIODS, SIZES

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "language.md"
BEGIN, END = "<!-- statements: written from the table of statements -->\n", "<!-- end of statements -->\n"


def page() -> str:
    return PAGE.read_text("utf-8")


# ---- the statements' part, from the table


def statements_part() -> str:
    return "\n".join(line for title, rows in FAMILIES.items() for line in _family(title, rows)) + "\n"


def _family(title: str, rows: tuple[Row, ...]) -> Iterator[str]:
    yield f"### {title}\n"
    for row in rows:
        yield from _statement(row)
        if row.verb == "slo":
            yield from _listed("Its lines, which have no verb:", (THRESHOLD,))
            yield _fence(THRESHOLD.example)
        if row.verb == "element":
            yield from _listed("In the block of any statement:", (PROP, FIELD))
            yield from _listed("For plans that another program made:", (NODE,))


def _statement(row: Row) -> Iterator[str]:
    yield f"#### `{row.verb}`\n"
    yield f"```text\n{_whole(row)}\n```\n"
    yield f"{row.summary} JMeter: {row.jmeter}.\n"
    twin = next(other for other in ROWS if other.lines == row.lines)
    if row.lines and twin is not row:
        yield f"In its block: the lines of `{twin.verb}`.\n"
    elif row.lines:
        yield from _listed("In its block:", row.lines)
    yield _fence(row.example)


def _whole(row: Row) -> str:
    named = any(operand.name == row.title for operand in row.operands)
    block = "{ … }" if row.body is Body.STEPS else "[{ … }]" if row.lines or row.place is Place.STEP else ""
    return " ".join(part for part in (form(row), "" if named else '[as "name"]', block) if part)


def _listed(title: str, sentences: tuple[Sentence, ...]) -> Iterator[str]:
    yield f"{title}\n"
    for sentence in sentences:
        yield f"- `{form(sentence)}` — {sentence.summary}"
    yield ""


def _fence(example: str) -> str:
    return f"```lplan\n{format_source(example)}```\n"


def form(sentence: Sentence) -> str:
    """A statement's words with what stands between them; `[ ]` around what may be left out."""
    parts = [sentence.verb, *(_operand(one) for one in sentence.operands), *(_clause(one) for one in sentence.clauses)]
    return " ".join(part for part in parts if part)


def _operand(operand: Operand) -> str:
    text = f"{operand.sign}{'' if operand.sign == '..' else ' '}{_shown(operand.value)}".strip()
    return f"[{text}]" if operand.optional else text


def _clause(clause: Clause) -> str:
    return f"[{clause.word}]" if clause.value is None else f"[{clause.word} {_shown(clause.value)}]"


def _shown(value: Value) -> str:
    """The words of a choice, or `‹kind of value›`."""
    try:
        value.read(Cursor([Token("END", "", 0, 0)], Source("", "")))
    except Mistake as mistake:
        words = re.search(r"\((.*)\) is missing", str(mistake))
        if words:
            return words[1].replace(", ", "|")
    return f"‹{re.sub(r'^(a|an|the) ', '', value.name).replace('`', '')}›"


def test_the_statements_are_those_of_the_table() -> None:
    begin, end = page().index(BEGIN) + len(BEGIN), page().index(END)
    assert page()[begin:end] == statements_part(), "run this file as a program to write the page anew"


# ---- examples

EXAMPLES = re.findall(
    r"^```lplan\n(.*?)^```$", PAGE.read_text("utf-8") if PAGE.exists() else "", re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_compiles(example: str) -> None:
    whole = example if re.match(r"(?:#[^\n]*\n)*plan ", example) else f'plan "x"\n{example}'
    parsing = parse(whole, "example")
    assert parsing.diagnostics == ()
    assert parsing.plan is not None


def test_every_statement_stands_in_an_example() -> None:
    examples = "\n".join(EXAMPLES)
    assert [
        row.verb for row in ROWS if not re.search(rf"(?:^|[{{;\}}] *)\s*(?:off )?{row.verb}\b", examples, re.MULTILINE)
    ] == []


# ---- tables


def table_below(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, code marks taken off."""
    section = re.split(r"^#+ ", page().split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in section.splitlines() if line.startswith("|")]
    return [[cell.replace("\\|", "|").strip("`") for cell in row] for row in rows[2:]]


def expression_data() -> Any:
    """The module that tests expressions, for its data."""
    spec = importlib.util.spec_from_file_location("tested_expressions", TESTS / "values" / "test_expressions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(text: str) -> Expression:
    expression, problems = read_expression(text)
    assert problems == (), text
    assert expression is not None
    return expression


VALUES = {"true": True, "false": False, "unset": None}


def value(text: str) -> object:
    if text in VALUES:
        return VALUES[text]
    literal = read(text)
    if (
        isinstance(literal, Unary)
        and isinstance(literal.operand, Literal)
        and isinstance(literal.operand.value, int | float)
    ):
        return -literal.operand.value
    return getattr(literal, "value", None) if isinstance(literal, Literal) else getattr(literal, "text", text)


def test_the_coercion_table_is_what_is_tested() -> None:
    data = expression_data()
    cases = [
        (show_expression(data.Binary(operator, left, right)), expected)
        for left, operator, right, expected in data.COERCION
    ]
    shown = [(show_expression(read(expression)), value(result)) for expression, result, *_ in table_below("Coercion")]
    assert [(*case, type(case[1])) for case in shown] == [(*case, type(case[1])) for case in cases]


def test_the_table_of_kinds_is_what_is_tested() -> None:
    cases = [(show_expression(operand), sorted(kinds.split())) for operand, kinds in expression_data().KINDS]
    shown = [
        (show_expression(read(operand)), sorted(re.findall(r"\w+", kinds))) for operand, kinds in table_below("Kinds")
    ]
    assert shown == cases
    assert {kind for _, kinds in cases for kind in kinds} == set(KIND_WORDS)


def test_the_variables_of_the_tables_are_those_tested() -> None:
    data = expression_data()
    assert {name: value(text) for name, text in table_below("What the tables begin with")} == data.VARIABLES


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Queries", set(QUERIES)),
        ("Functions", set(FUNCTIONS)),
        ("Parts of the sample and of the user", {*SAMPLE_PARTS, *ALWAYS}),
        ("Units", {*DURATIONS, *SIZES, "%", *(f"/{period}" for period in PERIODS)}),
    ],
)
def test_the_tables_of_words_are_whole(heading: str, words: set[str]) -> None:
    cells = [re.sub(r"\(.*?\)|`", "", row[0]) for row in table_below(heading)]
    assert {word for cell in cells for word in cell.split(", ")} == words


def test_every_operator_word_is_in_the_table_of_operators() -> None:
    cells = " ".join(row[0] for row in table_below("Operators"))
    assert set(OPERATOR_WORDS) <= set(re.findall(r"\w+", cells))


if __name__ == "__main__":
    before, _, rest = page().partition(BEGIN)
    PAGE.write_text(before + BEGIN + statements_part() + END + rest.partition(END)[2], "utf-8")
