"""All variables of a plan: who sets them, who reads them, and each as a bit for the flow analysis.

A name belongs to its setters directly, or through its family (``id_2`` and ``id_matchNr`` to the extractor of ``id``).
Setters that nobody can read (a script in a file, a computed name) make *anything* possible, and the passes then keep quiet.
"""

from __future__ import annotations

import re
from collections import defaultdict

from silhouette_plan.analysis.setters import sets_of
from silhouette_plan.analysis.targets import Targets
from silhouette_plan.analysis.tree import Node, Surroundings
from silhouette_plan.analysis.uses import uses_of
from silhouette_plan.analysis.variables import Sets, Use, family_of, is_built_in
from silhouette_plan.plan.controllers import IncludeController
from silhouette_plan.plan.testplan import Parameter, TestPlan, UserVariables

EVERYTHING = -1
"""The mask with every bit set."""

PLAN_LEVEL = (TestPlan, UserVariables, Parameter)
"""Kinds whose variables are set before the first user starts, wherever they stand."""


class Names:
    """The variables of a plan. ``setters`` are the elements by the name they set, ``masks`` the bits that each element sets,
    ``nodes`` all elements that take part, those of included files too; of these only the plan's own have ``uses``."""

    def __init__(self, live: list[Node], active: list[Node], targets: Targets, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self.setters: dict[str, list[Node]] = defaultdict(list)
        self.families: set[str] = set()
        self.patterns: dict[str, re.Pattern[str]] = {}
        self.anything = False
        self.masks: dict[Node, int] = {}
        self.plan_level = 0
        self._bits: dict[str, int] = {}
        self._resolved: dict[str, int] = {}
        self._matched: dict[str, bool] = {}
        self.uses: dict[Node, tuple[Use, ...]] = {node: uses_of(node) for node in active}
        self.nodes = _with_included(dict.fromkeys([*active, *live]), targets)
        for node in self.nodes:
            self._add(node, sets_of(node, surroundings))
        self.anything = self.anything or any(
            isinstance(node.element, IncludeController) and not targets.is_known(node) for node in active
        )

    def mask_of(self, name: str) -> int:
        """Bits of the setters of ``name``; 0 where none is known by its name."""
        mask = self._resolved.get(name)
        if mask is None:
            family = family_of(name)
            mask = self._bits.get(name, 0) | (self._bits[family] if family in self.families else 0)
            self._resolved[name] = mask
        return mask

    def is_known(self, name: str) -> bool:
        """Whether anything may set ``name``."""
        return self.anything or is_built_in(name) or bool(self.mask_of(name)) or self.matches_pattern(name)

    def matches_pattern(self, name: str) -> bool:
        """Whether a setter with a computed name may mean ``name``."""
        known = self._matched.get(name)
        if known is None:
            known = self._matched[name] = any(pattern.fullmatch(name) for pattern in self.patterns.values())
        return known

    def setters_of(self, name: str) -> list[Node]:
        """The elements that set ``name``, directly or through its family, in tree order."""
        family = family_of(name)
        return self.setters.get(name, []) + (self.setters.get(family, []) if family in self.families else [])

    def sets_of(self, node: Node) -> Sets:
        """What ``node`` would set, disabled or not."""
        return sets_of(node, self._surroundings)

    def _add(self, node: Node, sets: Sets) -> None:
        if not sets:
            return
        mask = EVERYTHING if sets.anything else 0
        for one in sets.names:
            mask |= self._bits.setdefault(one.name, 1 << len(self._bits))
            self.setters[one.name].append(node)
            if one.family:
                self.families.add(one.name)
        self.patterns.update((pattern.pattern, pattern) for pattern in sets.patterns)
        self.anything = self.anything or sets.anything
        self.masks[node] = mask
        if isinstance(node.element, PLAN_LEVEL):
            self.plan_level |= mask


def _with_included(nodes: dict[Node, None], targets: Targets) -> list[Node]:
    """``nodes`` and the elements of the files that they include."""
    found: dict[Node, None] = {}
    pending = list(reversed(nodes))
    while pending:
        node = pending.pop()
        if node in found:
            continue
        found[node] = None
        if isinstance(node.element, IncludeController):
            pending += targets.of(node)
        if node not in nodes:
            pending += [child for child in node.children if child.element.enabled]
    return list(found)
