"""The language's own elements inside a ``.jmx``: what was lowered carries what it was made from.

A lowered element has two more string properties, which JMeter keeps and does not read: ``silplan.node``, the original in
the plan's JSON form without its children, and ``silplan.digest`` of the JMeter form. Reading gives the original back as
long as the JMeter form is still what was written; a form that was edited since wins. Children that were made up for the
JMeter form (``silplan.made``) go when their parent comes back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from silhouette_plan.importers.jmx.findings import Findings

from silhouette_plan.plan.base import Element, Property
from silhouette_plan.plan.codec import CodecError, from_data, to_data
from silhouette_plan.plan.testplan import Foreign, Parameter, TestPlan

NODE, DIGEST, MADE = "silplan.node", "silplan.digest", "silplan.made"
_OURS = frozenset({NODE, DIGEST, MADE})


def marked(lowered: Element, original: Element) -> Element:
    """``lowered`` with what it was made from."""
    kept = (Property("string", NODE, _stored(original)), Property("string", DIGEST, _digest(lowered)))
    return _with_properties(lowered, (*_properties(lowered), *kept))


def made(element: Element) -> Element:
    """``element`` as a child that only the JMeter form has."""
    return replace(element, extra=(*element.extra, Property("string", MADE, "true")))


def restored(plan: TestPlan, findings: Findings) -> TestPlan:
    """``plan`` with every lowered element given back."""
    order: list[tuple[Element, int]] = []
    pending: list[tuple[Element, int]] = [(plan, -1)]
    while pending:
        element, parent = pending.pop()
        pending.extend((child, len(order)) for child in reversed(element.children))
        order.append((element, parent))
    if not any(_own(element) for element, _ in order):
        return plan
    below: dict[int, list[Element]] = {}
    for index in range(len(order) - 1, -1, -1):
        element, parent = order[index]
        children = tuple(reversed(below.pop(index, [])))
        below.setdefault(parent, []).append(_given_back(replace(element, children=children), findings))
    root = below[-1][0]
    return root if isinstance(root, TestPlan) else plan


def _given_back(element: Element, findings: Findings) -> Element:
    own = _own(element)
    if NODE not in own:
        return element
    plain = _without_marks(element)
    original = _original(own[NODE]) if own.get(DIGEST) == _digest(plain) else None
    if original is None:
        line, path = (element.span.line, element.span.path) if element.span else (1, "")
        findings.add("JX403", f"“{element.name}” was edited since it was exported", line, path=path)
        return plain
    children = tuple(child for child in element.children if MADE not in _own(child))
    return replace(original, children=children, span=element.span)


def _original(stored: str) -> Element | None:
    try:
        return from_data(json.loads(stored))
    except (CodecError, ValueError, TypeError, RecursionError):
        return None


def _stored(original: Element) -> str:
    bare = replace(original, children=())
    if isinstance(bare, Parameter) and bare.secret:
        bare = replace(bare, default="")
    return json.dumps(to_data(bare), ensure_ascii=False, separators=(",", ":"))


def _digest(lowered: Element) -> str:
    data: Any = to_data(replace(lowered, children=()))
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _properties(element: Element) -> tuple[Property, ...]:
    return element.properties if isinstance(element, Foreign) else element.extra


def _with_properties(element: Element, properties: tuple[Property, ...]) -> Element:
    if isinstance(element, Foreign):
        return replace(element, properties=properties)
    return replace(element, extra=properties)


def _own(element: Element) -> dict[str, str]:
    return {one.name: one.value for one in _properties(element) if one.name in _OURS}


def _without_marks(element: Element) -> Element:
    return _with_properties(element, tuple(one for one in _properties(element) if one.name not in _OURS))
