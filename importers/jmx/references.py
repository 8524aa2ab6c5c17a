"""XStream's references: ``<collectionProp reference="../../elementProp[2]/collectionProp"/>`` stands for that node.

JMeter writes one where two properties hold the same object, as in plans that recorders make. The path goes up and down
by tags, counted from 1 among those of one tag. What it leads to is copied, so that nothing later knows of references.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from silhouette_plan.importers.jmx.findings import Findings, Refused

MARK = " reference="
"""What every file with references holds."""

_STEP = r"(?:\.\.|[\w.-]+(?:\[[0-9]{1,6}\])?)"
_PATH = re.compile(rf"/?{_STEP}(?:/{_STEP})*")
_LARGEST = 8 << 20
"""Characters that may be copied: references to what holds references would multiply without end."""
_NODE = 40
"""Characters that a node counts for beside its text."""


def resolve(root: etree._Element, findings: Findings) -> etree._Element:
    """``root`` with every reference replaced by what it leads to.

    Raises:
        Refused: what they lead to is too much.
    """
    places = _Places(root)
    left = _LARGEST
    for node in [one for one in root.iter(etree.Element) if "reference" in one.attrib and not len(one)]:
        path = str(node.attrib["reference"])
        target = places.find(node, path)
        if target is None:
            findings.add("JX313", f"“{path}” leads nowhere", _line(node))
            continue
        left -= sum(_NODE + len(one.text or "") for one in target.iter())
        if left < 0:
            findings.add("JX005", "references repeat more than a plan can hold", _line(node))
            raise Refused
        _fill(node, target)
        places.changed(node)
    return root


class _Places:
    """Finds nodes by paths; knows the children of each node it passed by their tags."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._children: dict[etree._Element, dict[str, list[etree._Element]]] = {}

    def find(self, node: etree._Element, path: str) -> etree._Element | None:
        """What ``path`` leads to from ``node``; None for a path that leads nowhere, or to a node around it."""
        if not _PATH.fullmatch(path):
            return None
        place: etree._Element | None = node
        steps = path.split("/")
        if not steps[0]:
            # an absolute path begins with the root's own tag
            place, steps = self._root, steps[2:]
        for step in steps:
            if place is None:
                return None
            place = place.getparent() if step == ".." else self._child(place, step)
        return None if place is None or place is node or place in node.iterancestors() else place

    def changed(self, node: etree._Element) -> None:
        """``node`` has other children now."""
        self._children.pop(node, None)

    def _child(self, parent: etree._Element, step: str) -> etree._Element | None:
        tag, _, number = step.removesuffix("]").partition("[")
        if parent not in self._children:
            by_tag = self._children[parent] = {}
            for child in parent.iterchildren(etree.Element):
                by_tag.setdefault(str(child.tag), []).append(child)
        alike = self._children[parent].get(tag, [])
        index = int(number or 1) - 1
        return alike[index] if 0 <= index < len(alike) else None


def _line(node: etree._Element) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 1


def _fill(node: etree._Element, target: etree._Element) -> None:
    del node.attrib["reference"]
    node.text = target.text
    for name, value in target.attrib.items():
        if name not in node.attrib:
            node.set(name, value)
    node.extend(deepcopy(child) for child in target)
