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
from collections.abc import Iterator
from typing import Any

from silhouette_plan.analysis.labels import label_of
from silhouette_plan.plan.base import Element, Scoped
from silhouette_plan.plan.records import record
from silhouette_plan.plan.shape import fields
from silhouette_plan.plan.span import Span
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
    span_before: Span | None = None
    span_after: Span | None = None


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


def differences(before: TestPlan, after: TestPlan) -> tuple[Difference, ...]:
    """All that changed from ``before`` to ``after``: variables first, then elements from the top down."""
    return (*_variables(before, after), *_Comparison(before, after).run())


def render_differences(found: tuple[Difference, ...]) -> str:
    """The differences as lines of text, one each; empty where there are none."""
    return "".join(f"{_line(one)}\n" for one in found)


def _line(one: Difference) -> str:
    sign = {Change.ADDED: "+", Change.REMOVED: "-", Change.MOVED: ">", Change.CHANGED: "~"}[one.change]
    head = f"{sign} {one.kind} {' / '.join(one.path)}"
    if one.change is Change.MOVED:
        return f"{head}: moved" + (f" from {one.before} to {one.after}" if one.before != one.after else "")
    if one.field:
        return f"{head}: {one.field.replace('_', ' ')} {one.before!r} → {one.after!r}"
    return f"{head}{f' = {one.after or one.before!r}' if one.kind == 'variable' else ''}"


class _Comparison:
    """Pairs are worked off from the root; what has no partner is kept until all blocks are done."""

    def __init__(self, before: TestPlan, after: TestPlan) -> None:
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
        self._found += _changed_fields(pair.before, pair.after, path)
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
                self._found.append(_moved(element, partner, path, path))
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
            self._found.append(_moved(left.element, partner.element, left.path, partner.path))
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


def _changed_fields(before: Element, after: Element, path: tuple[str, ...]) -> Iterator[Difference]:
    for field in fields(after.__class__):
        if field.name in _NO_MEANING and not (field.name == "variables" and not isinstance(after, TestPlan)):
            continue
        old, new = _shown(getattr(before, field.name)), _shown(getattr(after, field.name))
        if old != new:
            yield Difference(Change.CHANGED, label_of(after).tag, path, field.name, old, new, before.span, after.span)


def _shown(value: Any) -> str:
    """A field's value as text; a switch reads alike whether it was written as text or not."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    if isinstance(value, str):
        return value.lower() if value.lower() in ("true", "false") else value
    return repr(value) if value != () else ""


def _moved(before: Element, after: Element, left: tuple[str, ...], right: tuple[str, ...]) -> Difference:
    label = label_of(after)
    path = (*right, label.name)
    return Difference(Change.MOVED, label.tag, path, "", " / ".join(left), " / ".join(right), before.span, after.span)


def _whole(change: Change, left: _Left) -> Difference:
    label = label_of(left.element)
    spans = (left.element.span, None) if change is Change.REMOVED else (None, left.element.span)
    return Difference(change, label.tag, (*left.path, label.name), "", "", "", *spans)


def _variables(before: TestPlan, after: TestPlan) -> Iterator[Difference]:
    old, new = _plan_variables(before), _plan_variables(after)
    for name in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            change = Change.ADDED if was is None else Change.REMOVED
            yield Difference(change, "variable", (name,), "", was or "", now or "", before.span, after.span)
        elif was != now:
            yield Difference(Change.CHANGED, "variable", (name,), "value", was, now, before.span, after.span)


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
