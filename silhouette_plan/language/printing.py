"""A plan graph to its canonical text: the table of statements, read from the side of the plan.

For each element the statement with the least left over is taken: what it can say is built as the reader would build it, and
every field that then differs gets a `field` line. So the text reads back as the same plan, whatever the rows can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from silhouette_plan.diagnostics import Diagnostic, Severity
from silhouette_plan.language.expressions.printing import show_expression
from silhouette_plan.language.reading import is_step
from silhouette_plan.language.statements import BY_KIND, BY_VERB
from silhouette_plan.language.statements.generic import encode, show_property
from silhouette_plan.language.statements.model import (
    Line,
    Refused,
    Row,
    Sentence,
    Values,
    defaults_of,
    head,
    name_without_as,
    same,
)
from silhouette_plan.language.texts import spell
from silhouette_plan.plan.base import Element, Scoped
from silhouette_plan.plan.controllers import Case, Choice, SimpleController
from silhouette_plan.plan.listeners import Objectives, Threshold
from silhouette_plan.plan.records import record
from silhouette_plan.plan.testplan import Foreign, TestPlan
from silhouette_plan.plan.walk import transform

_ODD_COMMENT = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ud800-\\udfff\\ufeff]")


@record
class Draft:
    """A statement to be written: its head without the name, the lines of its block, and the fields that it leaves out."""

    row: Row | None
    head: str
    lines: tuple[str, ...]
    default_name: str | None
    left_over: tuple[str, ...]


def print_plan(plan: TestPlan) -> str:
    """The canonical text of a plan, normalised first; it parses to the same plan."""
    plan, _ = normalise(plan)
    lines = [*_Printer().statement(replace(plan, children=()), None)]
    before = _first_word(lines[-1]) if len(lines) == 1 else ""
    for child in plan.children:
        written = list(_Printer().statement(child, None))
        word = _first_word(written[0]) if len(written) == 1 else ""
        lines += ["", *written] if not word or word != before else written
        before = word
    return "\n".join(lines) + "\n"


def _first_word(line: str) -> str:
    return line.split(" ", 1)[0]


def normalise(plan: TestPlan) -> tuple[TestPlan, tuple[Diagnostic, ...]]:
    """The plan with what scopes moved to the front of each block, which no run can show, and a note for each block changed.

    At the top the order is free and stays. Within scoping elements and within steps it stays everywhere.
    """
    moved: list[Diagnostic] = []

    def change(element: Element) -> Element:
        if isinstance(element, TestPlan):
            return element
        scoping = tuple(child for child in element.children if isinstance(child, Scoped))
        others = tuple(child for child in element.children if not isinstance(child, Scoped))
        if not scoping or _in_order(element.children):
            return element
        message = f"what scopes `{element.name}` was moved before its steps"
        moved.append(Diagnostic("LP040", message, element.span, Severity.NOTE))
        return replace(element, children=(*scoping, *others))

    changed = transform(plan, change)
    assert isinstance(changed, TestPlan)
    return changed, tuple(reversed(moved))


def _in_order(children: tuple[Element, ...]) -> bool:
    first = next((i for i, child in enumerate(children) if is_step(child)), len(children))
    return not any(isinstance(child, Scoped) for child in children[first:])


class _Printer:
    """Writes statements as lines; those of a block are indented by their owner."""

    def statement(self, element: Element, parent: Element | None, weight: str | None = None) -> Iterator[str]:
        """The lines of an element and all below it."""
        if isinstance(element, Choice) and _is_plain_choice(element):
            yield from self._choice(element)
            return
        draft = _weighted(element, weight) if weight is not None else _best_draft(element, parent)
        comments, comment_field = _comments(element)
        yield from comments
        start = "" if element.enabled else "off "
        named = "" if element.name == draft.default_name else f" as {spell(element.name)}"
        block = [
            *draft.lines,
            *comment_field,
            *_field_lines(element, draft),
            *_properties(element),
            *self._children(element, draft),
        ]
        head_lines = f"{start}{draft.head}{named}".split("\n")
        yield from head_lines[:-1]
        if not block:
            yield head_lines[-1]
            return
        yield f"{head_lines[-1]} {{"
        yield from _indented(block)
        yield "}"

    def _children(self, element: Element, draft: Draft) -> Iterator[str]:
        weights = iter(_weights(element, draft))
        for child in element.children:
            yield from self.statement(child, element, next(weights, None) if is_step(child) else None)

    def _choice(self, choice: Choice) -> Iterator[str]:
        comments, _ = _comments(choice)
        yield from comments
        start = "" if choice.enabled else "off "
        first = _best_draft(choice.children[0], None).head.removeprefix("case ")
        named = "" if choice.name == f"if {first}" else f" as {spell(choice.name)}"
        opening = f"{start}if {first}{named} {{".split("\n")
        for index, case in enumerate(choice.children):
            if index:
                opening = [
                    f"}} {_best_draft(case, None).head.replace('case', 'else if' if _asks(case) else 'else', 1)} {{"
                ]
                opening = "\n".join(opening).split("\n")
            yield from opening
            for child in case.children:
                yield from _indented(list(self.statement(child, case)))
        yield "}"


def _indented(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {line}" if line else line


def _asks(case: Element) -> bool:
    return isinstance(case, Case) and case.condition is not None


def _is_plain_choice(choice: Choice) -> bool:
    """Whether `if … else …` says it: arms that are plain cases, the last one alone perhaps without a condition."""
    cases = choice.children
    if len(cases) < 2 or not all(_asks(case) for case in cases[:-1]) or choice.extra or _comments(choice)[1]:
        return False
    return all(isinstance(case, Case) and _is_plain_case(case) for case in cases)


def _is_plain_case(case: Case) -> bool:
    draft = _best_draft(case, None)
    return (
        case.enabled
        and not case.comments
        and not case.extra
        and not draft.left_over
        and draft.default_name == case.name
    )


# ---- drafts


def _best_draft(element: Element, parent: Element | None) -> Draft:
    rows = BY_KIND.get(type(element), ())
    if isinstance(element, Threshold) and not isinstance(parent, Objectives):
        rows = ()
    drafts = [draft for row in rows if (draft := _draft(row, element)) is not None]
    if not drafts:
        return _node(element)
    return min(drafts, key=lambda draft: len(draft.left_over))


def _node(element: Element) -> Draft:
    names = tuple(
        name for name, default in defaults_of(type(element)).items() if not same(getattr(element, name), default)
    )
    if isinstance(element, Foreign):
        names = tuple(name for name in names if name != "properties")
    return Draft(None, f"node {spell(type(element).__name__)}", (), "", names)


def _draft(row: Row, element: Element) -> Draft | None:
    values = row.values(element)
    if values is None:
        return None
    if row.title and not (
        element.name == row.verb and row.operands[-1].name == row.title and row.operands[-1].optional
    ):
        values = {**values, row.title: element.name}
    operands = head(row, values)
    if operands is None:
        return None
    said = {
        operand.name: values[operand.name]
        for operand in row.operands
        if operand.name in values and operand.value.show(values[operand.name]) is not None
    }
    words = [row.verb, *operands, *_clauses(row, values, said)]
    lines = list(_lines(row, values, said))
    try:
        kind, fields = row.built(dict(said))
        default_name = name_without_as(row, said)
    except (Refused, KeyError):
        return None
    if kind is not type(element):
        return None
    if row.title:
        default_name = element.name
    left_over = tuple(
        name
        for name, default in defaults_of(kind).items()
        if not same(getattr(element, name), fields.get(name, default))
        and not (kind is Foreign and name == "properties")
    )
    if row.weighs in left_over and _weighable(element, getattr(element, row.weighs)):
        left_over = tuple(name for name in left_over if name != row.weighs)
    return Draft(row, " ".join(word for word in words if word), tuple(lines), default_name, left_over)


def _clauses(sentence: Sentence, values: Values, said: Values) -> Iterator[str]:
    for clause in sentence.clauses:
        if clause.name not in values or clause.name in said:
            continue
        value = values[clause.name]
        if clause.value is None:
            if same(value, clause.constant):
                said[clause.name] = value
                yield clause.word
        elif (text := clause.value.show(value)) is not None:
            said[clause.name] = value
            yield f"{clause.word} {text}"


def _lines(row: Row, values: Values, said: Values) -> Iterator[str]:
    done: set[str] = set()
    for line in row.lines:
        if line.into:
            if line.into in values and line.into not in done and values[line.into]:
                done.add(line.into)
                written = [_item(row, line.into, item) for item in values[line.into]]
                if None not in written:
                    said[line.into] = values[line.into]
                    yield from (text for lines in written if lines is not None for text in lines)
            continue
        own = _own_values(line, values)
        if own is None:
            continue
        made = line.make(dict(own))
        text = _sentence(line, own)
        if text is not None and not any(name in said for name in made):
            said |= made
            yield from text


def _own_values(line: Line, values: Values) -> Values | None:
    """What a line that is merged into its owner's values would say of them."""
    if line.unmake is not None:
        return line.unmake(values)
    return {name: values[name] for name in line.names if name in values} or None


def _item(row: Row, into: str, item: Any) -> list[str] | None:
    for line in row.lines:
        own = line.unmake(item) if line.into == into and line.unmake is not None else None
        if own is not None and same(line.make(dict(own)), item) and (text := _sentence(line, own)) is not None:
            return text
    return None


def _sentence(line: Line, own: Values) -> list[str] | None:
    """A whole line as text, or None where it cannot say all of ``own``."""
    operands = head(line, own)
    if operands is None:
        return None
    said: Values = {
        operand.name: own[operand.name]
        for operand in line.operands
        if operand.name in own and operand.value.show(own[operand.name]) is not None
    }
    clauses = list(_clauses(line, own, said))
    if set(said) != set(own):
        return None
    return " ".join([line.verb, *operands, *clauses]).split("\n")


# ---- what all elements have


def _comments(element: Element) -> tuple[list[str], list[str]]:
    """The comment as lines before the statement, or as a `field` line where it would not read back."""
    text = element.comments
    if not text:
        return [], []
    lines = text.split("\n")
    if _ODD_COMMENT.search(text) or any(line != line.rstrip() for line in lines):
        return [], [f"field comments {spell(text)}"]
    return [f"# {line}" if line else "#" for line in lines], []


def _field_lines(element: Element, draft: Draft) -> Iterator[str]:
    for name in draft.left_over:
        yield f"field {name} {show_expression(encode(element, name))}"


def _properties(element: Element) -> Iterator[str]:
    if isinstance(element, Foreign):
        if element.extra:
            yield f"field extra {show_expression(encode(element, 'extra'))}"
        properties = element.properties
    else:
        properties = element.extra
    for prop in properties:
        yield from show_property(prop)


# ---- weights


def _weighable(element: Element, weights: Any) -> bool:
    steps = [child for child in element.children if is_step(child)]
    return len(steps) == len(weights) > 0 and all(type(step) is SimpleController for step in steps)


def _weights(element: Element, draft: Draft) -> tuple[str, ...]:
    if draft.row is None or not draft.row.weighs or draft.row.weighs in draft.left_over:
        return ()
    weights: tuple[str, ...] = getattr(element, draft.row.weighs)
    return weights


def _weighted(element: Element, weight: str) -> Draft:
    row = BY_VERB["weight"]
    named = element.name != row.verb
    shown = head(row, {"weight": weight, **({"name": element.name} if named else {})})
    return Draft(row, " ".join([row.verb, *(shown or [])]), (), element.name, ())
