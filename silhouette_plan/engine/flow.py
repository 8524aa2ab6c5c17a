"""Next iteration and break: the controllers from the sampler to the root are told (``triggerLoopLogicalAction…``)."""

from __future__ import annotations

from silhouette_plan.engine.controllers import Controller, Iterating, MainLoop, Package, ParentStep, PassLoop, Step
from silhouette_plan.results.sample import NextAction


def redirect(root: MainLoop | PassLoop, step: Step, action: NextAction) -> None:
    """Makes ``root`` go on as ``action`` says, after ``step``."""
    for controller in path_to(root, _sampler(step)):
        if action is NextAction.NEXT_THREAD_LOOP:
            if controller is root:
                root.start_next_loop()
            else:
                controller.end_of_loop()
        elif isinstance(controller, Iterating):
            if action is NextAction.BREAK_LOOP:
                controller.break_loop()
            else:
                controller.start_next_loop()
            return
        else:
            controller.end_of_loop()


def path_to(root: Controller, sampler: Package | None) -> list[Controller]:
    """The controllers above ``sampler``, innermost first; only the root where it is not found."""
    return _search(root, sampler) or [root]


def _search(controller: Controller, sampler: Package | None) -> list[Controller] | None:
    for child in controller.children:
        if child is sampler:
            return [controller]
        if isinstance(child, Controller):
            found = _search(child, sampler)
            if found is not None:
                return [*found, controller]
    return None


def _sampler(step: Step | None) -> Package | None:
    while isinstance(step, ParentStep):
        step = step.inner
    return step
