"""Statements to plan nodes: the table of statements, read from the side of the source.

Every problem of a file is found in one go: a statement that cannot be read is left out, and reading goes on behind it.
Each statement's readings are kept (``readings``) so that the formatter can put its clauses in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.language.expressions.tagging import OPERATOR_WORDS
from silhouette_plan.language.problems import Mistake, Problems
from silhouette_plan.language.sentences import Reading, line_named, read_sentence
from silhouette_plan.language.statements import BY_VERB, THRESHOLD
from silhouette_plan.language.statements.controllers import IF_CONDITION
from silhouette_plan.language.statements.cursor import Cursor
from silhouette_plan.language.statements.generic import FIELD, NODE, PROP, Undecodable, decode, kind_named, property_of
from silhouette_plan.language.statements.measuring import AGGREGATE
from silhouette_plan.language.statements.model import (
    Line,
    Refused,
    Row,
    Sentence,
    Values,
    name_without_as,
)
from silhouette_plan.language.syntax import Arm, Block, Form, Statement
from silhouette_plan.language.tokens import WORDS, Comment
from silhouette_plan.plan.base import Element, Group, Property, Scoped
from silhouette_plan.plan.controllers import Choice
from silhouette_plan.plan.kinds import KINDS
from silhouette_plan.plan.listeners import Monitor, Objectives, Threshold
from silhouette_plan.plan.testplan import Foreign, TestPlan

_GENERIC = {"field": FIELD, "prop": PROP}
_NEUTRAL = (Foreign, Monitor, Objectives, Threshold)
_CASE, _WEIGHT = BY_VERB["case"], BY_VERB["weight"]


@dataclass(slots=True)
class Content:
    """What the lines of a block say, and its child elements. ``lines`` are those that add to a field."""

    values: Values = field(default_factory=dict)
    fields: list[tuple[str, Any, Statement]] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    weights: list[str | None] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    lines: dict[str, list[Statement]] = field(default_factory=dict)


def is_step(element: Element) -> bool:
    """Whether the element is a step, behind which nothing that scopes may stand."""
    return not isinstance(element, (Scoped, *_NEUTRAL))


def comment_text(comments: list[Comment]) -> str:
    """Comments as an element keeps them: a line each, without the blank behind ``#``."""
    return "\n".join(comment.text.removeprefix(" ") for comment in comments)


class Reader:
    """Reads one file."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.source = problems.source
        self.readings: dict[int, Reading] = {}
        """By the identity of a statement's list of items."""

    # ---- the file

    def plan(self, form: Form) -> TestPlan | None:
        """The plan of a file. A file of fragments is a plan with no name."""
        statements = form.statements
        begins = bool(statements) and statements[0].items[0].is_word("plan")
        roots = self.elements(statements[0], BY_VERB["plan"]) if begins else [TestPlan(span=self.source.span(0, 0))]
        content = self.content(statements[1:] if begins else statements, None, list(form.ending))
        if not begins and (not content.children or any(isinstance(child, Group) for child in content.children)):
            self._no_plan(statements)
        for statement in statements:
            if statement.items[0].is_word(*_GENERIC):
                self.problems.at(
                    "LP013", f"`{statement.items[0].text}` belongs in an element's block", statement.items[0]
                )
        return next((self._filled(root, content) for root in roots if isinstance(root, TestPlan)), None)

    def _no_plan(self, statements: list[Statement]) -> None:
        start, end = (statements[0].items[0].start, statements[0].items[0].end) if statements else (0, 0)
        hint = 'a file that can be run begins with `plan "name"`'
        self.problems.report("LP020", "there is no `plan` here", start, end, hint=hint)

    @staticmethod
    def _filled(root: TestPlan, content: Content) -> TestPlan:
        comments = [text for text in (root.comments, comment_text(content.comments)) if text]
        return replace(root, children=(*root.children, *content.children), comments="\n".join(comments))

    # ---- blocks

    def content(self, statements: list[Statement], owner: Row | None, ending: list[Comment]) -> Content:
        """What stands in a block; ``owner`` is the row of its statement, None at the top."""
        content = Content()
        seen_step = False
        before: Row | None = None
        for statement in statements:
            verb = statement.items[0]
            line = line_named(owner, verb.text) if verb.type in WORDS else None
            if line is not None:
                self._line(statement, line, content)
                continue
            if verb.text in _GENERIC and verb.type in WORDS:
                self._generic(statement, content)
                continue
            found = self._row(statement, owner, before)
            if found is None:
                continue
            before = found if isinstance(found, Row) else None
            if before is _WEIGHT and not (owner and owner.weighs):
                self.problems.at("LP013", "`weight` belongs in the block of `random`", verb)
            for element in self.elements(statement, found):
                if owner is not None and seen_step and isinstance(element, Scoped):
                    self._after_step(statement)
                seen_step = seen_step or is_step(element)
                content.children.append(element)
                if is_step(element):
                    content.weights.append(self._weight(statement))
        content.comments += ending
        return content

    def _weight(self, statement: Statement) -> str | None:
        reading = self.readings.get(id(statement.items))
        return reading.values.get("weight") if reading and statement.items[0].is_word("weight") else None

    def _after_step(self, statement: Statement) -> None:
        verb = statement.items[0]
        self.problems.at(
            "LP015",
            f"`{verb.text}` applies to the whole block, and must stand before its first step",
            verb,
            hint="to apply it to what follows only, wrap what follows in a `block`",
        )

    def _block(self, block: Block | None, owner: Row | None) -> Content:
        if block is None:
            return Content()
        opening = [block.opening] if block.opening else []
        content = self.content(block.statements, owner, list(block.ending))
        content.comments = [*opening, *content.comments]
        return content

    # ---- lines

    def _line(self, statement: Statement, line: Line, content: Content) -> None:
        reading = self._sentence(statement, line, 1)
        self._no_block(statement, line.verb)
        content.comments += statement.own_comments
        if not reading.sound:
            return
        if reading.name is not None or statement.off:
            self.problems.at(
                "LP013",
                f"`{line.verb}` is a line of an element, which has no name or switch of its own",
                statement.items[0],
            )
            return
        made = line.make(reading.values)
        if line.into:
            content.values[line.into] = (*content.values.get(line.into, ()), made)
            content.lines.setdefault(line.into, []).append(statement)
            return
        for name in made:
            if name in content.values:
                self.problems.at("LP007", f"`{line.verb}` says what a line before has said", statement.items[0])
        content.values |= made

    def _generic(self, statement: Statement, content: Content) -> None:
        verb = statement.items[0]
        sentence = _GENERIC[verb.text]
        content.comments += statement.own_comments
        if statement.off:
            self.problems.at("LP013", f"`{verb.text}` cannot be switched off", verb)
        if verb.text == "prop":
            prop = self._property(statement)
            content.properties += [prop] if prop else []
            return
        reading = self._sentence(statement, sentence, 1)
        self._no_block(statement, verb.text)
        if reading.sound:
            content.fields.append((reading.values["field"], reading.values["value"], statement))

    def _property(self, statement: Statement) -> Property | None:
        if not statement.items[0].is_word("prop"):
            self.problems.at("LP013", "only `prop` stands here", statement.items[0])
            return None
        reading = self._sentence(statement, PROP, 1)
        inner = statement.block.statements if statement.block else []
        items = tuple(prop for prop in map(self._property, inner) if prop is not None)
        return property_of(reading.values, items) if reading.sound else None

    def _no_block(self, statement: Statement, verb: str) -> None:
        if statement.block:
            self.problems.at("LP012", f"`{verb}` has no block", statement.block.open)

    # ---- elements

    def _row(self, statement: Statement, owner: Row | None, before: Row | None) -> Row | Sentence | None:
        """The row of a statement; what has none is reported."""
        first = statement.items[0]
        row = find_row(statement, owner)
        if row is None:
            if first.type not in WORDS:
                shown = first.text if len(first.text) <= 40 else f"{first.text[:40]}…"
                mistake = Mistake(
                    "LP003" if first.type == "BAD" else "LP005", f"`{shown or 'JSON'}` begins no statement", first
                )
                self.problems.mistake(mistake)
            else:
                self._unknown(statement, owner, before)
        elif row is BY_VERB["plan"]:
            self.problems.at("LP013", "`plan` is the first statement of its file", first)
        return row

    def _unknown(self, statement: Statement, owner: Row | None, before: Row | None) -> None:
        verb = statement.items[0]
        if before is not None and before.clause(verb.text):
            hint = f"to go on with `{before.verb}`, end the line before with `\\`"
            self.problems.at("LP005", f"`{verb.text}` is a clause, and no statement", verb, hint=hint)
            return
        if longer := " or ".join(f"`{name}`" for name in BY_VERB if name.startswith(f"{verb.text} ")):
            self.problems.at("LP005", f"`{verb.text}` is no statement by itself", verb, hint=f"write {longer}")
            return
        lines = [line.verb for line in owner.lines] if owner else []
        known = [*lines, *(name.split()[0] for name in BY_VERB), "field", "prop", "node"]
        self.problems.at("LP005", f"unknown statement `{verb.text}`", verb, hint=did_you_mean(verb.text, known))

    def elements(self, statement: Statement, row: Row | Sentence) -> list[Element]:
        """The elements that a statement says: one, none if it is wrong, two where a row makes one beside it."""
        if not isinstance(row, Row):
            return self._node(statement)
        if statement.arms and row.verb != "if":
            self.problems.at("LP012", f"`{row.verb}` has no `else`", statement.arms[0].word)
        if row.verb == "if" and statement.arms:
            return self._choice(statement, row)
        reading = self._sentence(statement, row, len(row.verb.split()))
        content = self._block(statement.block, row)
        return self._build(statement, row, reading, content)

    def _sentence(self, statement: Statement, sentence: Sentence, skip: int) -> Reading:
        """What stands behind the first ``skip`` words of a statement."""
        cursor = Cursor(statement.items, self.source)
        cursor.index = skip
        reading = read_sentence(cursor, sentence, self.problems)
        self.readings[id(statement.items)] = reading
        return reading

    def _build(self, statement: Statement, row: Row, reading: Reading, content: Content) -> list[Element]:
        if not reading.sound:
            return []
        values = {**reading.values, **content.values}
        if row.title and row.title in values and reading.name is not None:
            self.problems.at("LP007", f"`{row.verb}` is named twice", statement.items[0])
        try:
            kind, fields = row.built(dict(values))
        except Refused as refused:
            self.problems.at("LP009", str(refused), statement.items[0])
            return []
        if row.weighs and any(weight is not None for weight in content.weights):
            fields[row.weighs] = tuple("1" if weight is None else weight for weight in content.weights)
        name = reading.name if reading.name is not None else values.get(row.title) if row.title else None
        if name is None:
            name = name_without_as(row, values)
        element = self._finish(statement, kind, fields, name, content)
        if element is None:
            return []
        return [element, *self._beside(statement, row, content)]

    def _beside(self, statement: Statement, row: Row, content: Content) -> Iterator[Element]:
        """The elements that lines of the block say. One line is the place of its element, several are that of the block."""
        for name, make in row.beside.items():
            lines = content.lines.get(name, [])
            if lines:
                place = lines[0] if len(lines) == 1 else statement
                yield replace(make(content.values[name]), span=self.source.span(place.start, place.head_end))

    def _finish(
        self, statement: Statement, kind: type[Element], fields: Values, name: str, content: Content
    ) -> Element | None:
        """The element, with what all elements have and with its `field` lines."""
        comments = [*statement.own_comments, *content.comments]
        common: dict[str, Any] = {
            "name": name,
            "enabled": statement.off is None,
            "children": tuple(content.children),
            "span": self.source.span(statement.start, statement.head_end),
        }
        if comments:
            common["comments"] = comment_text(comments)
        if content.properties:
            common["properties" if kind is Foreign else "extra"] = tuple(content.properties)
        for chosen, value, line in content.fields:
            try:
                common[chosen] = decode(kind, chosen, value)
            except Undecodable as error:
                self.problems.at("LP019", str(error), line.items[1])
        try:
            return kind(**{**fields, **common})
        except TypeError:
            self.problems.at("LP008", f"fields are missing that {kind.__name__} needs", statement.items[0])
            return None

    def _node(self, statement: Statement) -> list[Element]:
        reading = self._sentence(statement, NODE, 1)
        content = self._block(statement.block, None)
        kind = kind_named(reading.values.get("kind", ""))
        if kind is None:
            if reading.sound:
                hint = did_you_mean(reading.values["kind"], KINDS)
                self.problems.at("LP019", f"unknown element `{reading.values['kind']}`", statement.items[1], hint=hint)
            return []
        if kind is TestPlan:
            self.problems.at("LP013", "a plan begins with `plan`", statement.items[0])
            return []
        element = self._finish(statement, kind, {}, reading.name or "", content)
        return [element] if element else []

    # ---- if … else

    def _choice(self, statement: Statement, row: Row) -> list[Element]:
        reading = self._sentence(statement, row, 1)
        if "evaluate_all" in reading.values:
            self.problems.at(
                "LP012", "`each-child` asks before each step, so there is no `else`", statement.arms[0].word
            )
        cases = [self._case(statement.items, reading.values, statement.block)]
        for arm in statement.arms:
            values = self._arm(arm)
            if not values and arm is not statement.arms[-1]:
                self.problems.at("LP012", "nothing comes after the plain `else`", arm.word)
            cases.append(self._case([arm.word], values, arm.block))
        if not reading.sound or None in cases:
            return []
        name = reading.name if reading.name is not None else name_without_as(row, reading.values)
        content = Content(children=[case for case in cases if case])
        choice = self._finish(statement, Choice, {}, name, content)
        return [choice] if choice else []

    def _arm(self, arm: Arm) -> Values:
        if not arm.items:
            return {}
        if not arm.items[0].is_word("if"):
            self.problems.at("LP012", "behind `else` stands `if` or `{`", arm.items[0])
            return {"condition": None}
        cursor = Cursor(arm.items, self.source)
        cursor.index = 1
        try:
            condition = IF_CONDITION.read(cursor)
            if not cursor.done:
                cursor.fail("`{`")
        except Mistake as mistake:
            self.problems.mistake(mistake)
            return {"condition": None}
        return {"condition": condition}

    def _case(self, items: list[Any], values: Values, block: Block | None) -> Element | None:
        content = self._block(block, _CASE)
        if "condition" in values and values["condition"] is None:
            return None
        kind, fields = _CASE.built({name: value for name, value in values.items() if name == "condition"})
        arm = Statement(None, items, None, [])
        return self._finish(arm, kind, fields, name_without_as(_CASE, values), content)


def find_row(statement: Statement, owner: Row | None) -> Row | Sentence | None:
    """The row that a statement's first word, or its first two, name."""
    items = statement.items
    first = items[0]
    if owner is not None and owner.kinds == (Objectives,) and _is_threshold(statement):
        return THRESHOLD
    if first.type not in WORDS:
        return None
    if len(items) > 1 and items[1].type in WORDS:
        row = BY_VERB.get(f"{first.text} {items[1].text}")
        if row is not None and not (first.text in ("assert", "think") and _operator_follows(statement)):
            return row
    if first.text == "node":
        return NODE
    return BY_VERB.get(first.text)


def _operator_follows(statement: Statement) -> bool:
    if len(statement.items) < 3:
        return False
    third = statement.items[2]
    return third.type in ("OP", "MINUS", "LPAR") or (third.type in WORDS and third.text in OPERATOR_WORDS)


def _is_threshold(statement: Statement) -> bool:
    """Whether a line of `slo` judges: an aggregate with its metric in brackets, or `throughput`."""
    first = statement.items[0]
    second = statement.items[1] if len(statement.items) > 1 else None
    called = second is not None and second.type == "LPAR" and second.start == first.end and first.text not in BY_VERB
    return called or first.text == "throughput" or AGGREGATE.fullmatch(first.text) is not None
