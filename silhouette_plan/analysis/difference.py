"""What differs between two plans in meaning, not in bytes.

Elements are paired by kind and name, in their order; what is left over in one block is paired by kind alone, and what is
left over in the whole plan by kind and name again, so that a block that was moved is one difference and not two hundred.
What no run can show is no difference: spans, comments, unknown properties, how a file is written; a field that is absent and
one that has its default; where among the steps a scoping element stands (only the order of the two kinds for themselves
counts); and where variables of the plan's level stand, since they are global.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from silhouette_plan.analysis.labels import label_of
from silhouette_plan.plan.base import Element, Scoped
from silhouette_plan.plan.expressions import Expression
from silhouette_plan.plan.records import record
from silhouette_plan.plan.shape import fields
from silhouette_plan.plan.testplan import Parameter, TestPlan, UserVariables
from silhouette_plan.plan.walk import walk

_NO_MEANING = frozenset({"comments", "extra", "gui", "guiclass", "test_class", "loop_name", "classpath", "variables"})
_VARIABLES = (UserVariables, Parameter)


class Change(enum.StrEnum):
    """What happened to an element or field."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@record
class Difference:
    """One difference. ``path`` are names from the root to the element (of the second plan, where it is in both).

    ``field`` is empty where the whole element is meant; ``before`` and ``after`` are its values as text, or for a moved
    element the blocks that hold it. A variable of the plan's level has ``kind`` ``variable``.
    """

    change: Change
    kind: str
    path: tuple[str, ...]
    field: str = ""
    before: str = ""
    after: str = ""


@record
class _Pair:
    before: Element
    after: Element
    path: tuple[str, ...]


@record
class _Left:
    """An element with no partner in its block."""

    element: Element
    path: tuple[str, ...]


def differences(before: TestPlan, after: TestPlan, spell: Callable[[Expression], str] = repr) -> tuple[Difference, ...]:
    """All that changed from ``before`` to ``after``: variables first, then elements from the top down.

    ``spell`` shows expressions of the language.
    """
    return (*_variables(before, after), *_Comparison(before, after, spell).run())


def render_differences(found: tuple[Difference, ...]) -> str:
    """The differences as lines of text, those of one element together; empty where there are none."""
    lines: list[str] = []
    for place, group in groupby(found, lambda one: (one.change, one.kind, one.path)):
        head = _head(*place)
        told = [_told(one) for one in group]
        lines += [": ".join(filter(None, (head, *told)))] if len(told) == 1 else [head, *(f"    {one}" for one in told)]
    return "".join(f"{line}\n" for line in lines)


def _head(change: Change, kind: str, path: tuple[str, ...]) -> str:
    """The plan's own name, which every path begins with, says nothing."""
    sign = {Change.ADDED: "+", Change.REMOVED: "-", Change.MOVED: ">", Change.CHANGED: "~"}[change]
    return f"{sign} {kind} {_place(path)}"


def _place(path: tuple[str, ...]) -> str:
    return " / ".join(path[1:] or path)


def _told(one: Difference) -> str:
    if one.change is Change.MOVED:
        return "moved" + (f" from {one.before} to {one.after}" if one.before != one.after else "")
    if one.field:
        return f"{one.field.replace('_', ' ')} {_quoted(one.before)} → {_quoted(one.after)}"
    return _quoted(one.after or one.before) if one.kind == "variable" else ""


def _quoted(text: str) -> str:
    return "nothing" if not text else f"“{text}”"


class _Comparison:
    """Pairs are worked off from the root; what has no partner is kept until all blocks are done."""

    def __init__(self, before: TestPlan, after: TestPlan, spell: Callable[[Expression], str]) -> None:
        self._spell = spell
        self._pending = deque([_Pair(before, after, ())])
        self._removed: list[_Left] = []
        self._added: list[_Left] = []
        self._found: list[Difference] = []

    def run(self) -> list[Difference]:
        while self._pending:
            while self._pending:
                self._compare(self._pending.popleft())
            self._pair_across_blocks()
        self._found += [_whole(Change.REMOVED, left) for left in self._removed]
        self._found += [_whole(Change.ADDED, left) for left in self._added]
        return self._found

    def _compare(self, pair: _Pair) -> None:
        path = (*pair.path, label_of(pair.after).name)
        self._found += _changed_fields(pair.before, pair.after, path, self._spell)
        for scoped in (True, False):
            self._compare_children(_children(pair.before, scoped), _children(pair.after, scoped), path)

    def _compare_children(self, before: list[Element], after: list[Element], path: tuple[str, ...]) -> None:
        partners = _partners(before, after)
        stays = _longest_rise([partners[i] for i in sorted(partners)])
        for i, element in enumerate(before):
            if i not in partners:
                self._removed.append(_Left(element, path))
                continue
            partner = after[partners[i]]
            if partners[i] not in stays:
                self._found.append(_moved(partner, path, path))
            self._pending.append(_Pair(element, partner, path))
        taken = set(partners.values())
        self._added += [_Left(element, path) for j, element in enumerate(after) if j not in taken]

    def _pair_across_blocks(self) -> None:
        waiting: dict[tuple[type, str], deque[_Left]] = defaultdict(deque)
        for left in self._added:
            waiting[_key(left.element)].append(left)
        removed, self._removed = self._removed, []
        for left in removed:
            candidates = waiting[_key(left.element)]
            if not candidates:
                self._removed.append(left)
                continue
            partner = candidates.popleft()
            self._found.append(_moved(partner.element, left.path, partner.path))
            self._pending.append(_Pair(left.element, partner.element, partner.path))
        self._added = [left for candidates in waiting.values() for left in candidates]


def _children(element: Element, scoped: bool) -> list[Element]:
    return [c for c in element.children if isinstance(c, Scoped) is scoped and not isinstance(c, _VARIABLES)]


def _key(element: Element) -> tuple[type, str]:
    return type(element), element.name


def _partners(before: list[Element], after: list[Element]) -> dict[int, int]:
    """Index to index: first those of one kind and name, in their order, then the rest of one kind."""
    partners: dict[int, int] = {}
    for by_name in (True, False):
        taken = set(partners.values())
        free: dict[object, deque[int]] = defaultdict(deque)
        for j, element in enumerate(after):
            if j not in taken:
                free[_key(element) if by_name else type(element)].append(j)
        for i, element in enumerate(before):
            queue = free[_key(element) if by_name else type(element)]
            if i not in partners and queue:
                partners[i] = queue.popleft()
    return partners


def _longest_rise(numbers: list[int]) -> set[int]:
    """The members of a longest increasing subsequence: what may stay where it is."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _changed_fields(
    before: Element, after: Element, path: tuple[str, ...], spell: Callable[[Expression], str]
) -> Iterator[Difference]:
    for field in fields(after.__class__):
        if field.name in _NO_MEANING and not (field.name == "variables" and not isinstance(after, TestPlan)):
            continue
        old, new = _meant(getattr(before, field.name)), _meant(getattr(after, field.name))
        if old != new:
            shown = (_shown(old, spell), _shown(new, spell))
            yield Difference(Change.CHANGED, label_of(after).tag, path, field.name, *shown)


def _meant(value: Any) -> Any:
    """A field's value; a switch is alike whether it was written as text or not, and nothing is alike in every form."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return None if value == "" or value == () else value


def _shown(value: Any, spell: Callable[[Expression], str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item, spell) for item in value)
    if isinstance(value, Expression):
        return spell(value)
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    parts = (_shown(getattr(value, field.name), spell) for field in fields(value.__class__))
    return " ".join(part for part in parts if part)


def _moved(after: Element, left: tuple[str, ...], right: tuple[str, ...]) -> Difference:
    label = label_of(after)
    path = (*right, label.name)
    return Difference(Change.MOVED, label.tag, path, "", _place(left), _place(right))


def _whole(change: Change, left: _Left) -> Difference:
    label = label_of(left.element)
    return Difference(change, label.tag, (*left.path, label.name))


def _variables(before: TestPlan, after: TestPlan) -> Iterator[Difference]:
    old, new = _plan_variables(before), _plan_variables(after)
    for name in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            change = Change.ADDED if was is None else Change.REMOVED
            shown = (_default(name, was or ""), _default(name, now or ""))
            yield Difference(change, "variable", (name,), "", *shown)
        elif was != now:
            shown = (_default(name, was), _default(name, now))
            yield Difference(Change.CHANGED, "variable", (name,), "value", *shown)


def _default(name: str, value: str) -> str:
    """A parameter's value is its default."""
    begin = f"${{__P({name},"
    return value.removeprefix(begin).removesuffix(")}") if value.startswith(begin) else value


def _plan_variables(plan: TestPlan) -> dict[str, str]:
    """Variables of the plan's level as JMeter would have them: of one element the first of a name, of several the last."""
    values: dict[str, str] = {}
    for element in walk(plan, disabled=False):
        if isinstance(element, Parameter):
            values[element.name] = f"${{__P({element.name},{element.default})}}"
        elif isinstance(element, (TestPlan, UserVariables)):
            own: dict[str, str] = {}
            for variable in element.variables:
                own.setdefault(variable.name, variable.value)
            values |= own
    return values
