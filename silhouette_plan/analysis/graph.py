"""The plan graph as a picture: SVG drawn here, and text for Graphviz (DOT) and Mermaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as escape_html

from silhouette_plan.analysis.labels import Label, drawn_label
from silhouette_plan.analysis.layout import (
    GAP,
    HEADER,
    LINE,
    PADDING,
    TEXT_MOST,
    Box,
    clipped,
    lay_out,
    line_text,
    text_width,
)
from silhouette_plan.analysis.tree import Node, nodes_of
from silhouette_plan.plan.testplan import TestPlan

_COLOURS: dict[str, tuple[str, str]] = {
    "plan": ("#ffffff", "#475569"),
    "group": ("#f8fafc", "#334155"),
    "controller": ("#fffbeb", "#b45309"),
    "sampler": ("#eff6ff", "#1d4ed8"),
    "timer": ("#f5f3ff", "#6d28d9"),
    "config": ("#f0fdfa", "#0f766e"),
    "before": ("#fdf4ff", "#a21caf"),
    "after": ("#f0fdf4", "#15803d"),
    "assertion": ("#fef2f2", "#b91c1c"),
    "listener": ("#f9fafb", "#4b5563"),
    "other": ("#f9fafb", "#4b5563"),
}
"""Fill and ink of each family."""

_OFF = ("#f3f4f6", "#9ca3af")
_MARGIN = 16.0
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_svg(plan: TestPlan) -> str:
    """A picture of the plan: boxes inside boxes, steps in their order, what scopes as lines at the top of its block."""
    root = lay_out(plan)
    width, height = root.width + 2 * _MARGIN, root.height + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="{-_MARGIN:.0f} {-_MARGIN:.0f} {width:.0f} {height:.0f}"'
        ' font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif">',
        f"<title>{_escaped(plan.name)}</title>",
        '<rect x="-16" y="-16" width="100%" height="100%" fill="#ffffff"/>',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0.5 8 4 0 7.5z" fill="#94a3b8"/></marker></defs>',
    ]
    pending = [root]
    while pending:
        box = pending.pop()
        parts += _box(box)
        pending += reversed(box.steps)
    return "\n".join([*parts, "</svg>", ""])


def _escaped(text: str) -> str:
    """``text`` for XML: escaped, without the characters that XML cannot hold."""
    return escape_html(_NOT_XML.sub("\ufffd", text))


def _box(box: Box) -> Iterator[str]:
    label = box.label
    fill, ink = _COLOURS[label.family] if box.node.live else _OFF
    dash = "" if box.node.live else ' stroke-dasharray="4 3"'
    right, left = box.x + box.width, box.x + PADDING
    yield (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="7" fill="{fill}"'
        f' stroke="{ink}" stroke-opacity="0.55"{dash}><title>{_escaped(_tooltip(box.node, label))}</title></rect>'
    )
    weight = 700 if label.family in ("plan", "group") else 600
    yield _text(left, box.y + 20, clipped(label.name), 13, ink, f' font-weight="{weight}"')
    yield from _tag(right - PADDING, box.y + 20, label.tag, ink)
    y = box.y + HEADER
    if label.detail:
        yield _text(left, y + 8, clipped(label.detail, TEXT_MOST + 16), 11, "#64748b")
        y += LINE
    for node, line in box.lines:
        yield from _line(left, y, node, line)
        y += LINE
    if not box.side_by_side:
        yield from _arrows(box)


def _line(x: float, y: float, node: Node, label: Label) -> Iterator[str]:
    ink = (_COLOURS[label.family] if node.live else _OFF)[1]
    width = text_width(label.tag, 10) + 10
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="15" rx="4" fill="{ink}" fill-opacity="0.12">'
        f"<title>{_escaped(_tooltip(node, label))}</title></rect>"
    )
    yield _text(x + width / 2, y + 11, label.tag, 10, ink, ' text-anchor="middle"')
    yield _text(x + width + 7, y + 11.5, line_text(label), 11, "#334155" if node.live else _OFF[1])


def _tag(right: float, baseline: float, tag: str, ink: str) -> Iterator[str]:
    yield _text(right, baseline, tag, 10, ink, ' text-anchor="end" fill-opacity="0.75"')


def _arrows(box: Box) -> Iterator[str]:
    for step in box.steps[:-1]:
        x, y = step.x + 22, step.y + step.height
        yield f'<path d="M{x:.1f} {y + 1:.1f}v{GAP - 3:.1f}" stroke="#94a3b8" marker-end="url(#arrow)"/>'


def _text(x: float, y: float, text: str, size: int, ink: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ink}"{more}>{_escaped(text)}</text>'


def _tooltip(node: Node, label: Label) -> str:
    span = f"\n{node.element.span}" if node.element.span else ""
    return f"{label.tag}: {label.name}\n{label.detail}{span}{'' if node.live else ' (disabled)'}"


def render_dot(plan: TestPlan) -> str:
    """The plan as a tree in DOT, for Graphviz."""
    lines = [
        f"digraph {_quoted(plan.name or 'plan')} {{",
        "  rankdir=LR;",
        '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];',
    ]
    for node in nodes_of(plan):
        label = drawn_label(node.element)
        fill, ink = _COLOURS[label.family] if node.live else _OFF
        text = "\n".join(filter(None, (clipped(label.name), label.tag, clipped(label.detail))))
        style = "" if node.live else ', style="rounded,filled,dashed"'
        lines.append(
            f'  n{node.index} [label={_quoted(text)}, fillcolor="{fill}", color="{ink}", fontcolor="{ink}"{style}];'
        )
        if node.parent is not None:
            lines.append(f"  n{node.parent.index} -> n{node.index};")
    return "\n".join([*lines, "}", ""])


def render_mermaid(plan: TestPlan) -> str:
    """The plan as a Mermaid flowchart, for Markdown."""
    lines = ["flowchart LR"]
    families: dict[str, list[str]] = {}
    for node in nodes_of(plan):
        label = drawn_label(node.element)
        detail = f"<br/><small>{_in_mermaid(clipped(label.detail))}</small>" if label.detail else ""
        lines.append(f'  n{node.index}["<b>{_in_mermaid(clipped(label.name))}</b> {_in_mermaid(label.tag)}{detail}"]')
        if node.parent is not None:
            lines.append(f"  n{node.parent.index} --> n{node.index}")
        families.setdefault(label.family if node.live else "off", []).append(f"n{node.index}")
    for family, members in families.items():
        fill, ink = _COLOURS.get(family, _OFF)
        lines.append(f"  classDef {family} fill:{fill},stroke:{ink},color:{ink}")
        lines.append(f"  class {','.join(members)} {family}")
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _in_mermaid(text: str) -> str:
    """Text as Mermaid takes it inside quotes: what is special to it or to HTML as an entity."""
    return "".join(c if c.isalnum() or c in " .,-/:=·→–×_" else f"#{ord(c)};" for c in text)
