"""Controllers of the language as JMeter's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from silhouette_plan.importers.jmx.lowering import groovy
from silhouette_plan.importers.jmx.lowering.scene import Lowered, Scene, act, same

from silhouette_plan.plan import controllers as c
from silhouette_plan.plan.base import Controller, Element, Sampler
from silhouette_plan.plan.testplan import TestFragment, TestPlan
from silhouette_plan.plan.walk import walk_with_path


def _if(element: c.IfController, scene: Scene) -> Lowered | None:
    if isinstance(element.condition, str):
        return None
    return Lowered(replace(element, condition=groovy.function(groovy.truth(element.condition)), use_expression=True))


def _while(element: c.WhileController, scene: Scene) -> Lowered | None:
    if isinstance(element.condition, str):
        return None
    return Lowered(replace(element, condition=groovy.function(groovy.truth(element.condition))))


def _choice(element: c.Choice, scene: Scene) -> Lowered:
    """A Switch Controller: its value, computed once a pass, is the number of the first arm that holds."""
    value = "'none'"
    arms = [child for child in element.children if child.enabled]
    for index in range(len(arms) - 1, -1, -1):
        arm = arms[index]
        condition = _arm_condition(arm) if isinstance(arm, c.Case) else "true"
        value = f"'{index}'" if condition == "true" else f"{condition} ? '{index}' : ({value})"
    return Lowered(c.SwitchController(**same(element), value=groovy.function(value)))


def _arm_condition(arm: c.Case) -> str:
    match arm.condition, arm.language:
        case None, _:
            return "true"
        case str() as text, "value" | "":
            return f"{groovy.text(text)} == 'true'"
        case str() as text, "jexl3" | "groovy" | "javascript" as language:
            name = {"jexl3": "__jexl3", "groovy": "__groovy", "javascript": "__javaScript"}[language]
            call = f"${{{name}({text.replace(',', chr(92) + ',')})}}"
            return f"{groovy.text(call)} == 'true'"
        case str(), language:
            raise groovy.Unportable(f"a condition in {language}")
        case expression, _:
            return groovy.truth(expression)


def _case(element: c.Case, scene: Scene) -> Lowered:
    return Lowered(c.SimpleController(**same(element)))


def _foreach_value(element: c.ForeachValue, scene: Scene) -> Lowered:
    """A Loop Controller; a made-up first step sets the variable from the loop's index."""
    name = element.name or f"foreach {element.returned}"
    index = f"(vars.getObject({groovy.literal(f'__jm__{name}__idx')}) as int)"
    if element.values:
        loops = str(len(element.values))
        found = f"[{', '.join(groovy.text(value) for value in element.values)}][{index}]"
    else:
        first, last = (f"N({groovy.text(one)})" for one in (element.first, element.last))
        loops = groovy.function(f"[0, ({last} - {first}) as int + 1].max()")
        found = f"S({first} + {index})"
    step = act("", groovy.script([f"vars.put({groovy.literal(element.returned)}, {found})"]))
    return Lowered(c.LoopController(**(same(element) | {"name": name}), loops=loops), (step,))


def _chance(element: c.Chance, scene: Scene) -> Lowered:
    percent = f"N({groovy.text(element.percent.rstrip('%'))})"
    condition = groovy.function(f"Math.random() * 100 < {percent}")
    return Lowered(c.IfController(**same(element), condition=condition, use_expression=True))


def _random(element: c.RandomController, scene: Scene) -> Lowered | None:
    if not element.weights:
        return None
    steps = [child for child in element.children if isinstance(child, (Controller, Sampler))]
    if len(steps) != len(element.weights) or len({step.name for step in steps}) < len(steps):
        raise groovy.Unportable("weights of steps that their names do not tell apart")
    rows = tuple((step.name, weight, "true") for step, weight in zip(steps, element.weights, strict=True))
    return Lowered(c.WeightedSwitchController(**same(element), weights=rows, random_choice=True))


def _module(element: c.ModuleController, scene: Scene) -> Lowered | None:
    """A call by one name gets the whole path; arguments are set by a step before the call."""
    path = _whole_path(scene.plan, element.path)
    if not element.arguments:
        return Lowered(replace(element, path=path)) if path != element.path else None
    lines = [f"vars.put({groovy.literal(name)}, S({groovy.value(given)}))" for name, given in element.arguments]
    call = c.ModuleController(name=element.name, path=path)
    return Lowered(c.SimpleController(**same(element)), (act("", groovy.script(lines)), call))


def _whole_path(plan: TestPlan, path: tuple[str, ...]) -> tuple[str, ...]:
    """``path`` as JMeter writes it, from the tree's root above the plan.

    A path of one name means the fragment, or else the first other element, of that name.
    """
    if len(path) != 1:
        return path
    found = [
        (*(one.name for one in above), element.name)
        for element, above in sorted(walk_with_path(plan), key=lambda pair: not isinstance(pair[0], TestFragment))
        if element.name == path[0] and not isinstance(element, c.ModuleController)
    ]
    return (plan.name, *found[0]) if found else path


def _hold(element: c.HoldConnection, scene: Scene) -> Lowered:
    raise groovy.Unportable("JMeter cannot hold a database connection over several steps")


CONTROLLERS: Mapping[type[Element], Callable[..., Lowered | None]] = {
    c.IfController: _if,
    c.WhileController: _while,
    c.Choice: _choice,
    c.Case: _case,
    c.ForeachValue: _foreach_value,
    c.Chance: _chance,
    c.RandomController: _random,
    c.ModuleController: _module,
    c.HoldConnection: _hold,
}
"""What lowers a kind."""
