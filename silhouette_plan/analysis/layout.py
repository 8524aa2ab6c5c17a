"""Where the boxes of the plan's picture stand.

A box holds what its element holds: first one line for each element that only scopes, then the steps. Steps that follow one
another stand below each other; alternatives, and the groups of a plan, stand side by side and wrap when they grow too
wide. Sizes come from the leaves up, places from the root down; both without recursion. All lengths are px.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from silhouette_plan.analysis.flow import ALTERNATIVES
from silhouette_plan.analysis.labels import Label, drawn_label
from silhouette_plan.analysis.tree import Node, is_step, nodes_of
from silhouette_plan.plan.base import Element, Group
from silhouette_plan.plan.controllers import Case
from silhouette_plan.plan.testplan import TestFragment, TestPlan

PADDING = 12.0
HEADER = 30.0
LINE = 19.0
GAP = 16.0
SIDE_GAP = 18.0
ROW_WIDTH = 1500.0
TEXT_MOST = 64
_NARROWEST = 150.0
_NARROW, _WIDE = "iljtfI.,:;'|!()[] ", "mwMW@%&—…→<>="


@dataclass(slots=True)
class Box:
    """An element's rectangle. ``lines`` are the scoping elements shown inside it, ``steps`` the boxes it holds."""

    node: Node
    label: Label
    lines: list[tuple[Node, Label]] = field(default_factory=list)
    steps: list[Box] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    side_by_side: bool = False

    @property
    def steps_top(self) -> float:
        """Where the area of the steps begins, measured from the box's top."""
        detail = LINE if self.label.detail else 0.0
        return HEADER + detail + LINE * len(self.lines) + (PADDING / 2 if self.lines or detail else 0.0)


def clipped(text: str, most: int = TEXT_MOST) -> str:
    """``text`` cut to ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def text_width(text: str, size: float) -> float:
    """About how wide ``text`` is in a common sans-serif font of ``size`` px; on the wide side."""
    units = sum(0.34 if c in _NARROW else 0.9 if c in _WIDE else 1.05 if ord(c) > 0x2E7F else 0.61 for c in text)
    return units * size


def lay_out(plan: TestPlan) -> Box:
    """The plan's box with all others in it, placed."""
    boxes = _boxes(nodes_of(plan))
    for box in reversed(boxes):
        _measure(box)
    for box in boxes:
        _place_steps(box)
    return boxes[0]


def _boxes(nodes: list[Node]) -> list[Box]:
    """A box for the plan, each group, fragment and step; everything else becomes a line of the box around it."""
    boxes: dict[Node, Box] = {}
    for node in nodes:
        above = _box_around(node, boxes)
        if above is None or _has_box(node.element):
            box = boxes[node] = Box(node, drawn_label(node.element), side_by_side=_is_split(node.element))
            if above is not None:
                above.steps.append(box)
        else:
            above.lines.append((node, drawn_label(node.element)))
    return list(boxes.values())


def _box_around(node: Node, boxes: dict[Node, Box]) -> Box | None:
    above = node.parent
    while above is not None and above not in boxes:
        above = above.parent
    return boxes[above] if above is not None else None


def _has_box(element: Element) -> bool:
    return isinstance(element, (Group, TestFragment)) or is_step(element)


def _is_split(element: Element) -> bool:
    return isinstance(element, (TestPlan, *ALTERNATIVES)) and not isinstance(element, Case)


def _measure(box: Box) -> None:
    own = max([_header_width(box.label), *(_line_width(label) for _, label in box.lines), _NARROWEST])
    rows = _rows(box)
    widths = [sum(step.width for step in row) + SIDE_GAP * (len(row) - 1) for row in rows]
    heights = [max(step.height for step in row) for row in rows]
    box.width = max([own, *widths]) + 2 * PADDING
    box.height = box.steps_top
    if rows:
        box.height += sum(heights) + GAP * (len(rows) - 1) + PADDING


def _rows(box: Box) -> list[list[Box]]:
    if not box.side_by_side:
        return [[step] for step in box.steps]
    rows: list[list[Box]] = []
    room = 0.0
    for step in box.steps:
        if not rows or step.width > room:
            rows.append([])
            room = ROW_WIDTH
        rows[-1].append(step)
        room -= step.width + SIDE_GAP
    return rows


def _place_steps(box: Box) -> None:
    y = box.y + box.steps_top
    for row in _rows(box):
        x = box.x + PADDING
        for step in row:
            step.x, step.y = x, y
            if not box.side_by_side:
                step.width = box.width - 2 * PADDING
            x += step.width + SIDE_GAP
        y += max(step.height for step in row) + GAP


def _header_width(label: Label) -> float:
    name = text_width(clipped(label.name), 13) + text_width(label.tag, 10) + 40
    return max(name, text_width(clipped(label.detail, TEXT_MOST + 16), 11))


def _line_width(label: Label) -> float:
    return text_width(label.tag, 10) + text_width(line_text(label), 11) + 36


def line_text(label: Label) -> str:
    """The one line that shows a scoping element."""
    return clipped(f"{label.name} · {label.detail}" if label.detail else label.name, TEXT_MOST + 10)
