"""Calls that lead nowhere, to several places or in a circle (AN307 to AN309), and includes in a circle (AN310)."""

from __future__ import annotations

from collections.abc import Iterator

from silhouette_plan.analysis.codes import found
from silhouette_plan.analysis.tree import LoadPlan, Node
from silhouette_plan.analysis.view import PlanView
from silhouette_plan.diagnostics import Diagnostic
from silhouette_plan.diagnostics.suggest import did_you_mean
from silhouette_plan.plan.controllers import IncludeController, ModuleController
from silhouette_plan.plan.testplan import TestPlan
from silhouette_plan.plan.walk import walk


def bad_calls(view: PlanView) -> Iterator[Diagnostic]:
    """Every Module Controller or ``call`` that is not sure to lead to one place and come back."""
    calls = [node for node in view.live if isinstance(node.element, ModuleController)]
    for node in calls:
        yield from _leads_somewhere(view, node)
    yield from _cycles(view, calls)


def _leads_somewhere(view: PlanView, node: Node) -> Iterator[Diagnostic]:
    path = getattr(node.element, "path", ())
    reached = view.targets.of(node)
    target = path[-1] if path else ""
    if not reached and view.targets.is_known(node):
        candidates = view.targets.fragments if len(path) == 1 else [other.element.name for other in view.nodes]
        yield found(
            "AN307",
            node,
            f"`{node.name}` leads nowhere: there is no `{' / '.join(path) or '(empty path)'}`",
            hint=did_you_mean(target, candidates),
        )
    elif len(reached) > 1:
        places = tuple(f"`{one.name}` at {one.element.span}" for one in reached if one.element.span)
        yield found(
            "AN308",
            node,
            f"`{node.name}` may mean {len(reached)} elements called `{target}`",
            hint="give them different names",
            notes=places[:4],
        )


def _cycles(view: PlanView, calls: list[Node]) -> Iterator[Diagnostic]:
    """Calls from which a way leads back to themselves: depth first, each call expanded once."""
    inside: dict[Node, list[Node]] = {}
    for call in calls:
        for above in call.ancestors():
            inside.setdefault(above, []).append(call)
    done: set[Node] = set()
    for start in calls:
        yield from _circle_from(view, start, inside, done)


def _circle_from(view: PlanView, start: Node, inside: dict[Node, list[Node]], done: set[Node]) -> Iterator[Diagnostic]:
    path: list[Node] = []
    pending: list[tuple[Node, bool]] = [(start, False)]
    while pending:
        call, left = pending.pop()
        if left:
            path.pop()
            done.add(call)
        elif call in path:
            circle = [*path[path.index(call) :], call]
            yield found("AN309", call, "calls in a circle: " + " → ".join(f"`{_target_name(one)}`" for one in circle))
        elif call not in done:
            path.append(call)
            pending.append((call, True))
            for target in view.targets.of(call):
                further = [target] if isinstance(target.element, ModuleController) else inside.get(target, [])
                pending += [(one, False) for one in further]


def _target_name(call: Node) -> str:
    path = getattr(call.element, "path", ())
    return path[-1] if path else call.name


def include_cycles(view: PlanView) -> Iterator[Diagnostic]:
    """Includes of this plan from which a way leads back to a file on that way."""
    load = view.surroundings.load_plan
    for node in view.live:
        if isinstance(node.element, IncludeController):
            circle = _file_circle(node.element.file, load)
            if circle:
                yield found("AN310", node, "includes in a circle: " + " → ".join(f"`{file}`" for file in circle))


def _file_circle(start: str, load: LoadPlan) -> list[str]:
    done: set[str] = set()
    path: list[str] = []
    pending: list[tuple[str, bool]] = [(start, False)]
    while pending:
        file, left = pending.pop()
        if left:
            path.pop()
            done.add(file)
        elif file in path:
            return [*path[path.index(file) :], file]
        elif file not in done:
            plan = None if "${" in file else load(file)
            path.append(file)
            pending.append((file, True))
            pending += [(further, False) for further in _includes(plan)]
    return []


def _includes(plan: TestPlan | None) -> list[str]:
    if plan is None:
        return []
    return [element.file for element in walk(plan, disabled=False) if isinstance(element, IncludeController)]
