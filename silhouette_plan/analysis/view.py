"""The read-only view of a plan that all passes share; each part is worked out once, when a pass first asks for it."""

from __future__ import annotations

from functools import cached_property

from silhouette_plan.analysis.flow import Flow
from silhouette_plan.analysis.names import Names
from silhouette_plan.analysis.targets import Targets
from silhouette_plan.analysis.tree import Node, Surroundings, nodes_of
from silhouette_plan.plan.base import Element, Group, Sampler
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import Foreign, TestPlan


class PlanView:
    """The plan for the passes.

    ``nodes`` are all elements in tree order, ``live`` those that are enabled with all above them, ``active`` those that
    a run can come to: live ones outside of fragments, and what calls reach.
    """

    def __init__(self, plan: TestPlan, surroundings: Surroundings) -> None:
        self.plan = plan
        self.surroundings = surroundings
        self.nodes = nodes_of(plan)
        self.root = self.nodes[0]
        self.live = [node for node in self.nodes if node.live]

    @cached_property
    def targets(self) -> Targets:
        """Where calls and includes lead."""
        return Targets(self.root, self.nodes, self.surroundings)

    @cached_property
    def active(self) -> list[Node]:
        """What a run can come to, in the order of the tree."""
        return self.targets.reached()

    @cached_property
    def names(self) -> Names:
        """Which variables there are, who sets and who reads them."""
        return Names(self.live, self.active, self.targets, self.surroundings)

    @cached_property
    def flow(self) -> Flow:
        """Which variables are set where."""
        return Flow(self.root, self.names, self.targets)

    @cached_property
    def groups(self) -> list[Node]:
        """Live groups, in tree order."""
        return [node for node in self.live if isinstance(node.element, Group)]

    @cached_property
    def holders(self) -> set[Node]:
        """Every active element that holds a sampler, a call or an include somewhere below."""
        holders: set[Node] = set()
        for node in self.of(Sampler, Foreign, IncludeController, ModuleController):
            above = node.parent
            while above is not None and above not in holders:
                holders.add(above)
                above = above.parent
        return holders

    def of(self, *kinds: type[Element]) -> list[Node]:
        """Active elements of the given kinds, in tree order."""
        return [node for node in self.active if isinstance(node.element, kinds)]

    @cached_property
    def has_unknown_elements(self) -> bool:
        """Whether an element of a kind that is not known here takes part in the run."""
        return bool(self.of(Foreign))
